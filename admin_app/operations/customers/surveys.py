"""What survey plans and reports ask for before they are signed (R-DEVE-01)."""

from typing import Any

from ...fields import Face
from ...rules.surveys import plan_is_ready, report_is_ready
from ...verdicts import Verdict
from ..followups import before_signing

#: the outline of 001 ch2 第12条: what it was for, how it was done, what it found, what follows, where the figures are from
_OUTLINE = ("background", "aim", "method", "needs", "answers", "findings", "advice", "sources", "statistics")


@before_signing("survey_plan")
def plan_says_its_budget(plan: Any, signature: Face) -> Verdict:
    return plan_is_ready(bool(plan.yearly), plan.year, plan.budget)


@before_signing("survey_report")
def report_keeps_its_outline(report: Any, signature: Face) -> Verdict:
    return report_is_ready(
        [(report.faces[name].label, getattr(report, name)) for name in _OUTLINE], bool(report.checked)
    )
