"""Following complaints up until the improvement has landed."""

from sqlalchemy.orm import Mapped

from ...checks import in_order
from ...fields import Attachment, Code, Day, LongText, YesNo, choice, field, link, person, sign
from ...grants.complaints import (
    complaints_answered,
    complaints_decided,
    complaints_kept,
    complaints_led,
    complaints_named,
)
from ...models import Register


class ComplaintFollowup(
    Register,
    title="投诉处理追踪表",
    key="happened_on complaint_id stage",
    list="happened_on complaint_id stage follower_id satisfied landed checked_by_id next_on",
    level=2,
    scope="department owner",
    grants=complaints_kept | complaints_answered | complaints_named | complaints_led | complaints_decided,
    parties="happened_on complaint_id stage follower_id situation satisfied landed executor_id next_on",
):
    """One step of following a complaint up (R-COMP-02, R-COMP-03). 001 ch6 三 十, 003 篇八."""

    __table_args__ = (in_order("happened_on", "next_on"),)

    happened_on: Mapped[Day] = field(
        "追踪日期", also="日期", filter=True, section="追踪", today=True, place="001 ch6 三 十"
    )
    complaint_id: Mapped[int] = link(
        "投诉", also="投诉编号", to="complaint", filter=True, belongs=True, place="001 ch6 三 十"
    )
    stage: Mapped[Code] = choice("阶段", codes="complaint_stage", filter=True, place="001 ch6 三 十")
    follower_id: Mapped[int] = person("追踪人", filter=True, party=True, place="+")
    method: Mapped[Code | None] = choice("追踪方式", codes="follow_up_method", place="+")
    situation: Mapped[LongText] = field("追踪情况", also="处理进展 内容", place="001 ch6 三 十")
    satisfied: Mapped[Code | None] = choice(
        "客户满意程度", also="满意 满意程度", codes="satisfaction", filter=True, place="001 ch6 三 十"
    )
    opinion: Mapped[LongText | None] = field("客户意见", place="+")
    measures: Mapped[LongText | None] = field("改善措施", section="改善", place="003 篇八")
    executor_id: Mapped[int | None] = person("落实人", filter=True, party=True, place="003 篇八")
    landed: Mapped[YesNo | None] = field("改善已落实", also="是否落实", filter=True, place="001 ch6 三 十")
    landed_on: Mapped[Day | None] = field("落实日期", filter=True, place="+", only_if="landed")
    proof: Mapped[Attachment | None] = field("落实凭证", place="+")
    checked_by_id: Mapped[int | None] = sign(
        "总经理检查", signed_with="approve", roles="general_manager", place="003 篇八"
    )
    check_opinion: Mapped[LongText | None] = field("检查意见", place="003 篇八")
    next_on: Mapped[Day | None] = field("下次追踪日期", filter=True, place="+")
    remark: Mapped[LongText | None] = field("备注", section="其他", place="+")
