"""Invented names, telephone numbers, addresses and moments, the same for the same seed; none is anybody's."""

from datetime import UTC, date, datetime, time, timedelta
from random import Random
from zoneinfo import ZoneInfo

ZONE = ZoneInfo("Asia/Shanghai")

_SURNAMES = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕"
_FIRST = "子雨思梓若嘉文晓书静俊佳宇欣心明志春秋海安建国玉立云"
_SECOND = "涵桐远辰宁琪轩萱然怡豪航婷颖峰洁宏楠岚川平华成林兰"
_STREETS = ("梧桐", "银杏", "听雨", "青石", "望湖", "长堤", "书院", "南塘")


class Invention:
    """A source of believable particulars; every telephone number and vehicle is given out once."""

    def __init__(self, seed: int, now: datetime):
        self.random = Random(seed)
        self.now = now
        self._phones = self._vehicles = 0
        self._names: set[str] = set()

    def name(self, once: bool = False) -> str:
        """A personal name of two or three characters; with *once* one that was not given before."""
        while True:
            given = self.random.choice(_FIRST) + (self.random.choice(_SECOND) if self.random.random() < 0.8 else "")
            name = self.random.choice(_SURNAMES) + given
            if not once or name not in self._names:
                self._names.add(name)
                return name

    def phone(self) -> str:
        """A mobile number in blocks that no operator gives out: 1380000xxxx, 1390000xxxx …"""
        self._phones += 1
        block, place = divmod(self._phones, 10_000)
        return f"1{38 + block % 60}0000{place * 7919 % 10_000:04}"

    def vehicle(self) -> tuple[str, str]:
        """Chassis number and plate of a car that was never built, of a region that doesn't exist."""
        self._vehicles += 1
        return f"ZZZDEM0{self._vehicles:010}", f"测A{self._vehicles:05}"

    def street(self) -> str:
        return f"{self.random.choice(_STREETS)}路{self.random.randint(1, 300)}号"

    def unit(self) -> str:
        pick = self.random.randint
        return f"{pick(1, 38)}栋{pick(1, 3)}单元{pick(1, 28)}{pick(1, 4):02}室"

    def working_moment(self, days_ago: int) -> datetime:
        """A quarter of an hour in shop hours, at least a day before now."""
        day = (self.now.astimezone(ZONE) - timedelta(days=max(days_ago, 1))).date()
        return self.in_shop_hours(day)

    def in_shop_hours(self, day: date) -> datetime:
        opening = time(self.random.randint(9, 17), self.random.choice((0, 15, 30, 45)))
        return datetime.combine(day, opening, ZONE).astimezone(UTC)

    def chance(self, share: float) -> bool:
        return self.random.random() < share


def local_day(moment: datetime) -> date:
    """The calendar day of *moment* in the company's zone."""
    return moment.astimezone(ZONE).date()
