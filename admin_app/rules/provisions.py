"""What a provision of customers' data names before anybody approves it (R-PRIV-02), and when it may have left (R-CONF-09)."""

from collections.abc import Collection, Iterable
from datetime import date

from ..texts import say
from ..verdicts import ALLOWED, Verdict, refuse
from .book import rule


@rule("R-PRIV-02", "对外提供须写明目的、资料种类和接收对象，三者齐全才能签批。")
def names_all(recipient: str | None, purpose: str | None, kinds: Collection[str] | None) -> Verdict:
    """Refused "incomplete" while one of the three is blank."""
    if (recipient or "").strip() and (purpose or "").strip() and kinds:
        return ALLOWED
    return refuse("R-PRIV-02", "incomplete", say("请先写明目的、资料种类和接收对象"))


@rule("R-CONF-09", "客户资料在两处签字之后才能对外提供；提供日期不早于签字，不晚于今天。")
def was_approved_beforehand(provided: date, signed: Iterable[date], today: date) -> Verdict:
    """*signed*: the days of both signatures, in the company's zone; refused "time_order"."""
    if all(day <= provided for day in signed) and provided <= today:
        return ALLOWED
    return refuse("R-CONF-09", "time_order", say("提供日期须在两处签字之后、今天以前"))


@rule("R-PRIV-02", "提供日期是保存期的起算日，填写后不能更改或清空。")
def keeps_its_day(written: date | None) -> Verdict:
    """*written*: the day of provision that a change would replace, None for none; refused "locked"."""
    if written is None:
        return ALLOWED
    return refuse("R-PRIV-02", "locked", say("提供日期填写后不能更改：记录从这一天起保存"))
