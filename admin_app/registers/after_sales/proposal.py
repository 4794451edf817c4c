"""Proposals of customers."""

from sqlalchemy.orm import Mapped

from ...checks import between, in_order
from ...fields import Code, Count, Day, LongText, Phone, ShortText, choice, field, link, person, sign
from ...grants.after_sales import proposals_assessed, service_kept, service_led, service_read, service_taken_in
from ...models import Register


class Proposal(
    Register,
    title="客户提案登记表",
    key="proposed_on name title",
    list="proposed_on name title kind owner_id verdict adopted_on replied_on state",
    level=1,
    scope="department owner",
    grants=service_kept | service_taken_in | proposals_assessed | service_led | service_read,
    parties="proposed_on title kind content owner_id assessment verdict adopted_on executor_id replied_on state",
):
    """One proposal: reviewed, assessed, adopted or not, and answered (R-SERV-04). 001 ch5 二 三."""

    ends_with = "state: replied"

    __table_args__ = (
        in_order("proposed_on", "replied_on"),
        between("score", 0, 100),
    )

    proposed_on: Mapped[Day] = field(
        "提案日期", also="日期", filter=True, section="提案", today=True, place="001 ch5 二 三"
    )
    customer_id: Mapped[int | None] = link("客户", to="customer", filter=True, place="001 ch5 二 三")
    name: Mapped[ShortText] = field("客户姓名", also="姓名 提案人 客户名称", search=True, place="001 ch5 二 三")
    phone: Mapped[Phone | None] = field("联系电话", also="电话", mask=True, search=True, place="001 ch5 二 三")
    channel: Mapped[Code | None] = choice("提案方式", codes="register_channel", filter=True, place="+")
    title: Mapped[ShortText] = field("提案题目", also="题目 主题", search=True, place="001 ch5 二 三")
    kind: Mapped[Code | None] = choice("提案类别", also="类别", codes="proposal_kind", filter=True, place="+")
    content: Mapped[LongText] = field("提案内容", also="内容", place="001 ch5 二 三")
    received_by_id: Mapped[int | None] = sign(
        "受理人", signed_with="edit", roles="service_officer service_manager", place="+"
    )
    owner_id: Mapped[int | None] = person("评估责任人", also="责任人", filter=True, section="审核与评估", place="+")
    department_to_id: Mapped[int | None] = link("评估部门", also="承办部门", to="department", filter=True, place="+")
    reviewed_by_id: Mapped[int | None] = sign(
        "审核", signed_with="edit", roles="service_manager", place="001 ch1 表1-1 4"
    )
    review: Mapped[LongText | None] = field("审核意见", place="001 ch5 二 三")
    assessment: Mapped[LongText | None] = field("评估意见", also="评估", place="001 ch1 表1-1 4")
    score: Mapped[Count | None] = field("评估得分", filter=True, place="+")
    verdict: Mapped[Code | None] = choice(
        "采纳结果", also="是否采纳 采纳", codes="proposal_verdict", filter=True, section="结果", place="001 ch5 二 三"
    )
    adopted_on: Mapped[Day | None] = field("采纳日期", filter=True, place="001 ch5 二 三")
    executor_id: Mapped[int | None] = person("落实人", filter=True, party=True, place="+", handed_over=True)
    measures: Mapped[LongText | None] = field("落实措施", place="+")
    done_on: Mapped[Day | None] = field("落实日期", filter=True, place="+")
    benefit: Mapped[LongText | None] = field("效果", place="+")
    reply: Mapped[LongText | None] = field("答复内容", also="答复", section="答复", place="001 ch5 二 三")
    replied_on: Mapped[Day | None] = field("答复日期", filter=True, place="001 ch5 二 三")
    replied_by_id: Mapped[int | None] = sign(
        "答复人", signed_with="edit", roles="service_officer service_manager", place="+"
    )
    thanks: Mapped[ShortText | None] = field("答谢方式", place="+")
    state: Mapped[Code] = choice("状态", codes="proposal_state", filter=True, default="received", place="+")
    remark: Mapped[LongText | None] = field("备注", section="其他", place="+")
