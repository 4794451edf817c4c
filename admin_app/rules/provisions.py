"""What a provision of customers' data names before anybody approves it (R-PRIV-02)."""

from collections.abc import Collection

from ..texts import say
from ..verdicts import ALLOWED, Verdict, refuse
from .book import rule


@rule("R-PRIV-02", "对外提供须写明目的、资料种类和接收对象，三者齐全才能签批。")
def names_all(recipient: str | None, purpose: str | None, kinds: Collection[str] | None) -> Verdict:
    """Refused "incomplete" while one of the three is blank."""
    if (recipient or "").strip() and (purpose or "").strip() and kinds:
        return ALLOWED
    return refuse("R-PRIV-02", "incomplete", say("请先写明目的、资料种类和接收对象"))
