"""Acknowledgements: who has read and signed which policy."""

from sqlalchemy.orm import Mapped

from ...checks import in_order
from ...fields import Code, Count, Day, LongText, ShortText, choice, field, link, person, sign
from ...grants.organisation import leadership_reads, own_written, personnel_keeps, policies_kept
from ...models import Register


class PolicyAcknowledgement(
    Register,
    title="制度文件签阅记录",
    key="issued_on policy_id owner_id",
    list="issued_on policy_id owner_id verdict due_on signed_by_id signed_at",
    level=1,
    scope="store department owner",
    grants=own_written | policies_kept | personnel_keeps | leadership_reads,
    parties="issued_on policy_id verdict opinion due_on owner_id signed_by_id signed_at",
):
    """One manager's signature under one policy before it is filed or issued (R-POLI-01). 003 篇十三."""

    due = "due_on until signed_at by owner_id"

    __table_args__ = (in_order("issued_on", "due_on"),)

    policy_id: Mapped[int] = link(
        "制度文件", also="制度名称 文件名称 文件", to="policy_document", filter=True, section="签阅", place="003 篇十三"
    )
    issued_on: Mapped[Day] = field("下发日期", also="日期 发文日期", filter=True, today=True, place="003 篇十三")
    owner_id: Mapped[int | None] = person(
        "签阅人", also="姓名 管理人员", party=True, filter=True, place="003 篇十三", handed_over=False
    )
    post: Mapped[ShortText | None] = field("职务", also="岗位", search=True, place="+")
    due_on: Mapped[Day | None] = field("签阅期限", also="期限", filter=True, place="+")
    meeting_id: Mapped[int | None] = link("讨论会议", also="会议", to="meeting", place="003 篇十三")
    verdict: Mapped[Code | None] = choice(
        "签阅意见", also="意见类别", codes="acknowledgement_verdict", filter=True, place="003 篇十三"
    )
    opinion: Mapped[LongText | None] = field(
        "意见说明", also="意见 修改建议", place="003 篇十三", required_if="verdict: remarks"
    )
    copies: Mapped[Count | None] = field("领取份数", also="份数", place="+")
    signed_by_id: Mapped[int | None] = sign("签字", also="签阅", signed_with="edit", by="owner_id", place="003 篇十三")
    filed_on: Mapped[Day | None] = field("存档日期", also="归档日期", filter=True, place="003 篇十三")
    remark: Mapped[LongText | None] = field("备注", section="其他", place="+")
