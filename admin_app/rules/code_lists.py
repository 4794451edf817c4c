"""What a company may change of its code lists (R-CUST-01)."""

from collections.abc import Iterable

from ..texts import say
from ..verdicts import ALLOWED, Verdict, refuse
from .book import rule

#: lists whose codes rules and operations go by
CLOSED = frozenset(
    {
        "archive_condition",
        "archive_destruction_way",
        "archive_fine",
        "grade",
        "inspection",
        "level",
        "loan_source",
        "penalty",
        "reward",
        "role",
    }
    | {"designer_state", "file_state", "item_condition", "item_state", "request_state"}
)
MOST = 200
LONGEST = 60


@rule("R-CUST-01", "驱动规则的选项表（密级、客户分级、五巡八检等）不能自行更改。")
def may_change_list(codes: str) -> Verdict:
    """Whether a company may add to, rename in and retire from the list *codes*; refused "locked"."""
    if codes not in CLOSED:
        return ALLOWED
    return refuse("R-CUST-01", "locked", say("这张选项表由制度规定，不能自行更改"))


@rule("R-CUST-01", "选项在同一张表中不得重名。")
def may_be_called(label: str, others: Iterable[str]) -> Verdict:
    """Whether an option may be called *label* beside those called *others*; refused "incomplete" or "taken"."""
    label = label.strip()
    if not label or len(label) > LONGEST:
        return refuse("R-CUST-01", "incomplete", say("请填写选项名称，最多 {limit} 个字", limit=LONGEST))
    if label in others:
        return refuse("R-CUST-01", "taken", say("已有“{label}”，请换一个名称", label=label))
    return ALLOWED


@rule("R-CUST-01", "一张选项表最多二百项；停用的选项仍留在旧记录里。")
def may_grow(number: int) -> Verdict:
    """Whether a list of *number* options may have one more; refused "wrong_state"."""
    if number < MOST:
        return ALLOWED
    return refuse("R-CUST-01", "wrong_state", say("一张选项表最多 {limit} 项", limit=MOST))
