"""What comes up by itself for who looks after a customer: birthdays, holidays, activities that fit them (R-RELA-02)."""

from collections.abc import Mapping, Set
from datetime import date, timedelta

from ..texts import Text, say
from .book import rule
from .working_days import public_holidays

#: the one of a customer's concerns (``concern``) that every activity meets
LIKES_OFFERS = "promotion"
#: public holidays on which customers are greeted; days off that only lengthen one are none
_GREETED = {
    "New Year's Day": say("元旦"), "Chinese New Year's Eve": say("除夕"), "Chinese New Year (Spring Festival)": say("春节"),
    "Tomb-Sweeping Day": say("清明节"), "Labor Day": say("劳动节"), "Dragon Boat Festival": say("端午节"),
    "Mid-Autumn Festival": say("中秋节"), "National Day": say("国庆节"),
    "Mid-Autumn Festival; National Day": say("中秋节、国庆节"),
}  # fmt: skip


@rule("R-RELA-02", "客户、联系人和子女的生日，今后七天内（公司可改）的自动提示；闰日生的，平年在二月二十八日。")
def birthdays_ahead(today: date, days: int) -> Mapping[tuple[int, int], date]:
    """(month, day) of birth -> when it is kept, from *today* to so many *days* on; leap days in common years the day before."""
    found = {(day.month, day.day): day for day in (today + timedelta(n) for n in range(days + 1))}
    leaps = (2, 29)
    if leaps not in found and (2, 28) in found and not _is_leap(found[2, 28].year):
        found[leaps] = found[2, 28]
    return found


def _is_leap(year: int) -> bool:
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)


@rule("R-RELA-02", "今后几天内开始的法定节日自动提示。")
def holidays_ahead(today: date, days: int) -> list[tuple[date, Text]]:
    """Public holidays that begin between *today* and so many *days* on, each on its first day."""
    found, before = [], ""
    for day in (today + timedelta(n) for n in range(-1, days + 1)):
        name = public_holidays(day.year).get(day, "")
        if day >= today and name in _GREETED and name != before:
            found.append((day, _GREETED[name]))
        before = name
    return found


@rule(
    "R-RELA-02",
    "进行中和即将开始的活动、新产品：限定小区的，适合该小区的客户；写明适合关注的，适合关注这些方面的；都没有的，适合关注优惠活动的。",
)
def fits(activity_estate: int | None, suits: Set[str], estate: int | None, concerns: Set[str]) -> bool:
    """Whether an activity or a new product is for a customer of *estate* who asks for *concerns*: for those of its one estate,
    for those who ask for what it *suits*, or both; for who asks for offers where it says neither."""
    if activity_estate is None and not suits:
        return LIKES_OFFERS in concerns
    return activity_estate in (None, estate) and (not suits or bool(suits & concerns))
