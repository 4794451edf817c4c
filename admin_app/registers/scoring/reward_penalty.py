"""Rewards and fines, by clause."""

from sqlalchemy import CheckConstraint
from sqlalchemy.orm import Mapped

from ...checks import between, in_order
from ...fields import Attachment, Code, Day, LongText, Money, ShortText, YesNo, choice, field, link, person, sign
from ...grants.scoring import rewards_proposed, scores_kept, scores_of_store
from ...models import Register
from ...permissions import Level
from ...texts import say


class RewardPenalty(
    Register,
    title="奖惩登记表",
    key="decided_on clause_text person_id",
    list="decided_on person_id kind reward_clause penalty_clause amount proposed_by_id approved_by_id",
    level=2,
    scope="store department",
    grants=scores_kept | scores_of_store | rewards_proposed,
    parties="decided_on month_on person_id kind reward_clause penalty_clause clause_text amount reason loss "
    "recovered dismissed proposed_by_id proposed_at approved_by_id approved_at settled_at",
):
    """One reward or fine within its clause's range; informant and whoever wrote of them are 绝密 (R-SCOR-06). 000 四 奖惩条款."""

    actors_level = 4
    __table_args__ = (
        between("amount", 0),
        between("loss", 0),
        between("recovered", 0),
        in_order("happened_on", "decided_on"),
        CheckConstraint("reward_clause IS NULL OR penalty_clause IS NULL", name="one_clause"),
        CheckConstraint(
            "person_id IS NOT NULL OR coalesce(reward_clause, '') = 'private_deal_report'", name="somebody_named"
        ),
    )

    decided_on: Mapped[Day] = field(
        "奖惩日期", also="日期", filter=True, section="奖惩", today=True, place="000 奖惩条款"
    )
    month_on: Mapped[Day | None] = field("所属月份", also="月份", filter=True, place="000 奖惩条款", help="填该月1日")
    person_id: Mapped[int | None] = person(
        "当事人",
        also="姓名 人员",
        filter=True,
        party=True,
        place="000 奖惩条款",
        help="检举私单的奖励不写姓名，检举人另填",
    )
    person_department_id: Mapped[int | None] = link("所在部门", to="department", filter=True, place="+")
    kind: Mapped[Code] = choice(
        "奖或惩", also="奖惩 类别", codes="reward_or_penalty", filter=True, place="000 奖惩条款"
    )
    reward_clause: Mapped[Code | None] = choice(
        "奖励条款", codes="reward", filter=True, place="000 奖惩条款", only_if="kind: reward"
    )
    penalty_clause: Mapped[Code | None] = choice(
        "惩罚条款", codes="penalty", filter=True, place="000 奖惩条款", only_if="kind: penalty"
    )
    clause_text: Mapped[ShortText] = field("条款", also="奖惩条款", search=True, place="000 奖惩条款")
    amount: Mapped[Money] = field("金额", also="奖惩金额", filter=True, place="000 奖惩条款")
    cash: Mapped[YesNo | None] = field("现金", also="是否现金", filter=True, place="000 奖励3")
    happened_on: Mapped[Day | None] = field("发生日期", filter=True, section="事由", place="+")
    reason: Mapped[LongText] = field("事由", also="原因 详细情况", place="000 奖惩条款")
    evidence: Mapped[Attachment | None] = field("凭证", place="+")
    praise_id: Mapped[int | None] = link("客户表扬", to="praise", place="000 奖励2")
    suggestion_id: Mapped[int | None] = link("合理化建议", to="suggestion", place="000 奖励1")
    patrol_id: Mapped[int | None] = link("巡访记录", to="weekly_patrol", place="+")
    complaint_id: Mapped[int | None] = link("客户投诉", to="complaint", place="+")
    informant: Mapped[ShortText | None] = field(
        "检举人", level=4, place="000 奖励3", help=say("只有{level}权限可见", level=Level.TOP_SECRET.label)
    )
    loss: Mapped[Money | None] = field("损失额", also="公司损失", filter=True, section="损失", place="000 惩罚7")
    recovered: Mapped[Money | None] = field("已追回损失", also="追回金额", filter=True, place="000 惩罚7")
    recovered_on: Mapped[Day | None] = field("追回日期", place="+")
    dismissed: Mapped[YesNo | None] = field("开除", also="是否开除", filter=True, place="000 惩罚7")
    proposed_by_id: Mapped[int | None] = sign(
        "提议人",
        signed_with="edit",
        roles="store_manager marketing_manager sales_manager info_supervisor service_manager director general_manager",
        section="审批",
        place="000 奖惩办法1",
    )
    approved_by_id: Mapped[int | None] = sign(
        "批准", signed_with="approve", roles="director general_manager", place="000 奖惩办法1"
    )
    settled_by_id: Mapped[int | None] = sign(
        "兑现经办", signed_with="edit", roles="director general_manager", place="+"
    )
    remark: Mapped[LongText | None] = field("备注", section="其他", place="+")
