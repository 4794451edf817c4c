"""How long what the law wants kept is kept (R-PRIV-02)."""

from datetime import date

from ..texts import say
from ..verdicts import ALLOWED, Verdict, refuse
from .book import rule


def years_later(day: date, years: int) -> date:
    """The same day *years* later; of a 29 February the 1 March where that year hasn't one."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return date(day.year + years, 3, 1)


@rule("R-PRIV-02", "对外提供和泄密事件的记录至少保存三年，期满前任何人不能作废。")
def may_drop(kept_from: date | None, years: int, today: date) -> Verdict:
    """Whether a record may be voided that is kept *years* from a day on, None while that day hasn't come; refused "locked"."""
    if kept_from is None or years_later(kept_from, years) <= today:
        return ALLOWED
    return refuse("R-PRIV-02", "locked", say("须保存到 {day}，在此之前不能作废", day=years_later(kept_from, years)))
