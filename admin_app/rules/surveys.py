"""What a survey plan and a survey report say before they are signed (R-DEVE-01)."""

from collections.abc import Sequence
from decimal import Decimal

from ..texts import Text, say, several
from ..verdicts import ALLOWED, Verdict, refuse
from .book import rule


@rule("R-DEVE-01", "年度调查计划写明年度和费用预算，才能签批。")
def plan_is_ready(yearly: bool, year: int | None, budget: Decimal | None) -> Verdict:
    """Whether a plan can be signed; a budget of nought, in yuan, is one. Refused "incomplete"."""
    if yearly and (year is None or budget is None):
        return refuse("R-DEVE-01", "incomplete", say("年度计划须先填写年度和调查费用预算"))
    return ALLOWED


@rule("R-DEVE-01", "调查报告按提纲写全，并注明数字与统计资料已核查，才能签批。")
def report_is_ready(outline: Sequence[tuple[Text, object]], checked: bool) -> Verdict:
    """Whether a report can be signed; *outline*: its parts by label, and what stands there. Refused "incomplete"."""
    lacking = [label for label, value in outline if not value]
    if lacking:
        return refuse("R-DEVE-01", "incomplete", say("调查报告提纲缺：{fields}", fields=several(lacking)))
    if not checked:
        return refuse("R-DEVE-01", "incomplete", say("先核查数字与统计资料，勾选已核查"))
    return ALLOWED
