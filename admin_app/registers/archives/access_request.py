"""Requests to read an item on the premises, by the staff or by an outsider."""

from sqlalchemy import CheckConstraint, Index, text
from sqlalchemy.orm import Mapped

from ...declaration import slip
from ...fields import (
    Attachment,
    Code,
    Count,
    Day,
    LongText,
    Moment,
    Number,
    ShortText,
    Signed,
    choice,
    field,
    link,
    person,
    sign,
)
from ...grants import archives_asked_for, letters_read, requests_handled
from ...models import Register

OUT = text("issued_at IS NOT NULL AND returned_at IS NULL")


class AccessRequest(
    Register,
    title="档案查阅申请表",
    key="number",
    list="number item_id applicant_id purpose state submitted_at read_on",
    level=2,
    scope="store department",
    grants=archives_asked_for | requests_handled | letters_read,
    parties="number item_id applicant_id purpose granted_level state submitted_at",
):
    """One item to be read in the reading room; its signatures are steps, kept apart (R-LOAN-01..04). 003 篇十一 18."""

    on_paper = slip("档案查阅单")
    operations_only = "R-LOAN-02"
    concerned = (
        "reader_name reader_organisation reason facts read_on granted_at lapses_at outcome issued_at issued_by_id "
        "returned_at returned_to_id"
    )
    has_party_table = True
    __table_args__ = (
        CheckConstraint("issued_at <= returned_at", name="returned_after_issue"),
        CheckConstraint("returned_at IS NULL OR issued_at IS NOT NULL", name="issued_before_return"),
        CheckConstraint("granted_at <= lapses_at", name="lapses_after_grant"),
        CheckConstraint("(letter_number IS NULL) = (reader_name IS NULL)", name="outsider_with_letter"),
        Index("uq_access_request_reading", "item_id", unique=True, sqlite_where=OUT, postgresql_where=OUT),
    )

    number: Mapped[Number] = field(
        "申请单号", unique=True, series="CY", search=True, section="申请", place="003 篇十一 18"
    )
    item_id: Mapped[int] = link(
        "查阅文件", also="查阅对象", to="archive_item", object=True, filter=True, place="003 篇十一 18.1"
    )
    applicant_id: Mapped[int] = person("申请人", party=True, filter=True, place="003 篇十一 18.1")
    purpose: Mapped[ShortText] = field("查阅目的", also="目的", search=True, place="003 篇十一 18.1")
    reason: Mapped[LongText] = field("查阅理由", also="理由", place="003 篇十一 18.1")
    facts: Mapped[LongText | None] = field("查阅人概况", place="003 篇十一 18.1")
    read_on: Mapped[Day | None] = field("查阅日期", filter=True, place="003 篇十一 18")
    reader_name: Mapped[ShortText | None] = field(
        "外单位查阅人", search=True, section="外单位人员", place="003 篇十一 18.4"
    )
    reader_organisation: Mapped[ShortText | None] = field("查阅人单位", search=True, place="003 篇十一 18.4")
    letter_kind: Mapped[Code | None] = choice("证件", codes="filing_condition", place="003 篇十一 18.4")
    letter_number: Mapped[ShortText | None] = field("介绍信或工作证号", mask=True, place="003 篇十一 18.4")
    letter_scan: Mapped[Attachment | None] = field("证件扫描件", mask=True, place="003 篇十一 18.4")
    state: Mapped[Code] = choice(
        "状态",
        codes="request_state",
        computed=True,
        default="draft",
        filter=True,
        section="审批",
        place="003 篇十一 18",
    )
    granted_level: Mapped[Code | None] = choice(
        "签批密级", codes="level", computed=True, place="003 篇十一 22", help="签批时文件的密级"
    )
    submitted_at: Mapped[Moment | None] = field("提交时间", computed=True, filter=True, place="003 篇十一 18.2")
    granted_at: Mapped[Moment | None] = field("批准时间", computed=True, filter=True, place="003 篇十一 18.3")
    lapses_at: Mapped[Moment | None] = field("批准失效时间", computed=True, filter=True, place="R-LOAN-04")
    outcome: Mapped[ShortText | None] = field("退回或撤回原因", computed=True, place="003 篇十一 18.3")
    issued_at: Mapped[Signed | None] = field(
        "调出时间", computed=True, fixed="R-LOAN-05", filter=True, section="查阅", place="003 篇十一 19.5"
    )
    issued_by_id: Mapped[int | None] = person("调出经办人", computed=True, filter=True, place="003 篇十一 19.5")
    signed_by_id: Mapped[int | None] = sign("查阅人签字", place="003 篇十一 19.5")
    returned_at: Mapped[Moment | None] = field("交还时间", computed=True, filter=True, place="003 篇十一 20")
    returned_to_id: Mapped[int | None] = person("交还经办人", computed=True, place="003 篇十一 20")
    returned_copies: Mapped[Count | None] = field("交还份数", computed=True, place="003 篇十一 20")
    missing_copies: Mapped[Count | None] = field("遗失份数", computed=True, place="003 篇十一 20")
    condition: Mapped[Code | None] = choice("完好情况", codes="item_condition", computed=True, place="003 篇十一 20")
    remark: Mapped[LongText | None] = field("备注", section="其他", place="+")
