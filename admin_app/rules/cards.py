"""Relationship cards that nobody has confirmed for long (R-RELA-01)."""

from datetime import date, timedelta

from .book import rule

#: codes of ``card_state``: good as it stands, to be brought up to date
VALID, STALE = "valid", "changed"


@rule("R-RELA-01", "客户关系卡满九十天（公司可改）没有核实的，为待更新；核实后恢复有效，停用的不变。")
def standing(state: str | None, confirmed: date, anew: bool, today: date, days: int) -> str | None:
    """The state of a card last *confirmed*, or made, on that day: stale *days* after it, valid again once confirmed *anew*.

    A card that is ended stays so, and so does one that somebody marked as to be brought up to date until it is confirmed.
    """
    if state not in (VALID, STALE):
        return state
    if confirmed + timedelta(days=days) <= today:
        return STALE
    return VALID if anew else state
