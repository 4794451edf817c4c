"""Permits to copy or excerpt important material; each copy is numbered."""

from sqlalchemy.orm import Mapped

from ...checks import in_order
from ...declaration import slip
from ...fields import (
    Code,
    Count,
    Day,
    LongText,
    Moment,
    Number,
    ShortText,
    YesNo,
    child_rows,
    choice,
    field,
    link,
    person,
    sign,
)
from ...grants import staff_apply
from ...grants.archives import carriers_write, copies_approved, permits_kept
from ...models import Lines, Register


class CopyPermitCopy(Lines, of="copy_permit"):
    """One numbered copy and where it is."""

    copy_number: Mapped[ShortText] = field("份号", also="编号", place="003 篇十一 23.1")
    holder_id: Mapped[int | None] = person("持有人", place="003 篇十一 23.1")
    holder: Mapped[ShortText | None] = field("持有人姓名或单位", place="003 篇十一 23.1")
    given_on: Mapped[Day | None] = field("发出日期", place="003 篇十一 23.1")
    state: Mapped[Code | None] = choice("状态", codes="archive_copy_state", place="003 篇十一 23.1")
    made_at: Mapped[Moment | None] = field("导出或打印时间", place="R-CONF-12")
    ended_on: Mapped[Day | None] = field("收回或销毁日期", place="003 篇十一 23.1")


class CopyPermit(
    Register,
    title="复制摘抄审批单",
    key="applied_on applicant_id pages",
    list="applied_on number kind applicant_id item_id copies decision approved_by_id handed_out_on",
    level=3,
    scope="store department",
    grants=staff_apply | permits_kept | copies_approved | carriers_write,
    parties="number applied_on kind applicant_id item_id pages copies purpose decision approved_by_id approved_at "
    "issued_by_id handed_out_on return_by copies_given",
):
    """One permit from 客户信息主管 or 总经理 (R-CONF-07). 003 篇十一 23.1."""

    called = "number applicant_id pages"
    on_paper = slip()
    steps_by = "R-CONF-07"
    filled_after_judging = "issued_by_id handed_out_on copies_given made_by_id return_by excerpt_checked remark"
    has_party_table = True

    __table_args__ = (in_order("handed_out_on", "return_by"),)

    number: Mapped[Number] = field(
        "审批单号", also="编号", unique=True, series="FZ", search=True, section="申请", place="003 篇十一 23.1"
    )
    applied_on: Mapped[Day] = field("申请日期", also="日期", filter=True, today=True, place="003 篇十一 23.1")
    applicant_id: Mapped[int] = person("申请人", party=True, filter=True, place="003 篇十一 23.1")
    kind: Mapped[Code] = choice("类别", codes="archive_copy_kind", default="copy", filter=True, place="003 篇十一 23.1")
    file_id: Mapped[int | None] = link("案卷", also="档案编号", to="archive_file", filter=True, place="003 篇十一 23.1")
    item_id: Mapped[int | None] = link(
        "文件", also="案卷内文件", to="archive_item", filter=True, place="003 篇十一 23.1"
    )
    material: Mapped[ShortText | None] = field(
        "资料名称", also="文件名称", search=True, place="+", help="只在没有登记为文件时填写"
    )
    pages: Mapped[ShortText] = field("页码", also="页 页数", place="003 篇十一 23.1")
    copies: Mapped[Count] = field("份数", default=1, filter=True, place="003 篇十一 23.1")
    purpose: Mapped[LongText] = field("用途", also="理由", place="003 篇十一 23.1")
    use_until: Mapped[Day | None] = field("使用期限", place="+")
    decision: Mapped[Code | None] = choice(
        "审批结果", also="结果", codes="archive_request_decision", filter=True, section="审批", place="003 篇十一 23.1"
    )
    opinion: Mapped[LongText | None] = field("审批意见", place="003 篇十一 23.1", required_if="decision: refused")
    approved_by_id: Mapped[int | None] = sign(
        "批准", also="批准人", signed_with="approve", roles="info_supervisor general_manager", place="003 篇十一 23.1"
    )
    made_by_id: Mapped[int | None] = person("复制人", section="发出与收回", place="+")
    issued_by_id: Mapped[int | None] = person(
        "发出经办人", also="经办人", party=True, computed=True, filter=True, place="+"
    )
    handed_out_on: Mapped[Day | None] = field(
        "发出日期", computed=True, after="approved_by_id", filter=True, place="003 篇十一 23.1"
    )
    return_by: Mapped[Day | None] = field("收回期限", filter=True, place="+")
    copies_given: Mapped[list[CopyPermitCopy]] = child_rows(
        "各份去向", CopyPermitCopy, computed=True, place="003 篇十一 23.1"
    )
    excerpt_checked: Mapped[YesNo | None] = field("摘抄内容已核对", filter=True, place="+")
    remark: Mapped[LongText | None] = field("备注", section="其他", place="+")
