"""Staff suggestions."""

from sqlalchemy.orm import Mapped

from ...checks import between, in_order
from ...fields import Attachment, Code, Day, LongText, Money, ShortText, choice, field, link, person, sign
from ...grants import HEADS_AND_ABOVE
from ...grants.scoring import staff_suggests, suggestions_judged
from ...models import Register


class Suggestion(
    Register,
    title="合理化建议登记表",
    key="suggested_on proposer_id title",
    list="suggested_on title proposer_id kind to_department_id verdict adopted_on reward_amount",
    level=1,
    scope="store department owner",
    grants=staff_suggests | suggestions_judged,
    parties="suggested_on title proposer_id kind content to_department_id opinion verdict adopted_on "
    "executor_id reward_amount",
):
    """One suggestion; adopted by a department or the company it is rewarded with 20 or 50 (R-SCOR-06). 000 奖励1."""

    ends_with = "done_at"
    due = "due_on"

    __table_args__ = (
        in_order("suggested_on", "adopted_on"),
        between("reward_amount", 0),
    )

    suggested_on: Mapped[Day] = field(
        "提出日期", also="日期", filter=True, section="建议", today=True, place="000 奖励1"
    )
    proposer_id: Mapped[int] = person("建议人", also="姓名 提议人", filter=True, party=True, place="000 奖励1")
    title: Mapped[ShortText] = field("建议题目", also="题目 主题", search=True, place="000 奖励1")
    kind: Mapped[Code | None] = choice("建议类别", also="类别", codes="suggestion_kind", filter=True, place="+")
    present: Mapped[LongText | None] = field("现状与问题", also="问题", place="+")
    content: Mapped[LongText] = field("建议内容", also="内容", place="000 奖励1")
    benefit: Mapped[LongText | None] = field("预期效果", also="效果", place="+")
    joint: Mapped[ShortText | None] = field("共同建议人", search=True, place="+")
    attachment: Mapped[Attachment | None] = field("附件", place="+")
    to_department_id: Mapped[int | None] = link(
        "评审部门", also="相关部门", to="department", filter=True, section="评审", place="+"
    )
    opinion: Mapped[LongText | None] = field("评审意见", also="意见", place="+")
    verdict: Mapped[Code | None] = choice(
        "采纳结果", also="是否采纳 采纳", codes="suggestion_verdict", filter=True, place="000 奖励1"
    )
    judged_by_id: Mapped[int | None] = sign(
        "评审人",
        signed_with="approve",
        roles=HEADS_AND_ABOVE,
        place="000 奖励1",
    )
    adopted_on: Mapped[Day | None] = field(
        "采纳日期", filter=True, place="000 奖励1", only_if="verdict: department company"
    )
    reward_amount: Mapped[Money | None] = field(
        "奖励金额",
        filter=True,
        place="000 奖励1",
        help="部门采纳 20 元，公司采纳 50 元",
        only_if="verdict: department company",
    )
    executor_id: Mapped[int | None] = person(
        "落实人", filter=True, party=True, section="落实", place="+", handed_over=True
    )
    due_on: Mapped[Day | None] = field("落实期限", filter=True, place="+")
    done_by_id: Mapped[int | None] = sign(
        "落实确认",
        signed_with="edit",
        roles=HEADS_AND_ABOVE,
        place="+",
    )
    remark: Mapped[LongText | None] = field("备注", section="其他", place="+")
