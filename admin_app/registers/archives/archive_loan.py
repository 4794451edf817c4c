"""The register of loans: requests to take an item out, their issue and return, and closed history."""

from sqlalchemy import CheckConstraint, Index, text
from sqlalchemy.orm import Mapped

from ...declaration import slip
from ...fields import (
    Code,
    Count,
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
from ...grants import archives_asked_for, past_loans_imported, requests_handled
from ...models import Register

OUT = text("issued_at IS NOT NULL AND returned_at IS NULL")
#: SQLite keeps moments as text to the microsecond; its date functions round to the millisecond, so the fraction is kept
#: out of them
DUE_ON_SQLITE = "due_at <= datetime(substr(issued_at, 1, 19), '+72 hours') || substr(issued_at, 20)"
DUE_ON_POSTGRESQL = "due_at <= issued_at + interval '72 hours'"
FROM_LEDGER = "source = 'ledger'"


class ArchiveLoan(
    Register,
    title="客户资料外借登记册",
    key="issued_at ledger_item_name ledger_borrower",
    list="number item_id borrower_id copies state issued_at due_at returned_at",
    level=2,
    scope="store department",
    grants=archives_asked_for | requests_handled | past_loans_imported,
    parties="number item_id applicant_id borrower_id purpose granted_level state submitted_at",
):
    """One item lent, all its copies; the database itself holds the three days and the one holder (R-LOAN-02..08)."""

    called = "number item_id ledger_item_name ledger_borrower"
    on_paper = slip("档案借阅单", without="source")
    operations_only = "R-LOAN-02"
    concerned = (
        "copies reason facts asked_until granted_at lapses_at outcome issued_at due_at issued_by_id signed_by_id "
        "signed_at returned_at returned_copies missing_copies condition returned_to_id"
    )
    has_party_table = True
    __table_args__ = (
        CheckConstraint("source IN ('system', 'ledger')", name="known_source"),
        CheckConstraint(f"{FROM_LEDGER} OR {DUE_ON_SQLITE}", name="due_in_72_hours_sqlite").ddl_if(dialect="sqlite"),
        CheckConstraint(f"{FROM_LEDGER} OR {DUE_ON_POSTGRESQL}", name="due_in_72_hours").ddl_if(dialect="postgresql"),
        CheckConstraint("issued_at < due_at", name="due_after_issue"),
        CheckConstraint(f"{FROM_LEDGER} OR (issued_at IS NULL) = (due_at IS NULL)", name="due_when_issued"),
        CheckConstraint("issued_at <= returned_at", name="returned_after_issue"),
        CheckConstraint("returned_at IS NULL OR issued_at IS NOT NULL", name="issued_before_return"),
        CheckConstraint("granted_at <= lapses_at", name="lapses_after_grant"),
        CheckConstraint(
            f"NOT ({FROM_LEDGER}) OR (returned_at IS NOT NULL AND state = 'returned' AND ledger_item_name IS NOT NULL "
            "AND item_id IS NULL)",
            name="history_is_closed",
        ),
        CheckConstraint(
            f"{FROM_LEDGER} OR (item_id IS NOT NULL AND ledger_item_name IS NULL AND applicant_id IS NOT NULL)",
            name="item_named_by_link",
        ),
        CheckConstraint("copies > 0 AND returned_copies >= 0", name="copies_counted"),
        Index("uq_archive_loan_open", "item_id", unique=True, sqlite_where=OUT, postgresql_where=OUT),
    )

    number: Mapped[Number] = field(
        "借阅单号", also="申请单", unique=True, series="JY", search=True, section="申请", place="003 篇十一 19"
    )
    item_id: Mapped[int | None] = link("借阅文件", to="archive_item", object=True, filter=True, place="003 篇十一 19.5")
    copies: Mapped[Count] = field("份数", default=1, place="003 篇十一 19.5")
    applicant_id: Mapped[int | None] = person("申请人", party=True, filter=True, place="003 篇十一 18.1")
    borrower_id: Mapped[int | None] = person("借阅人", party=True, filter=True, place="003 篇十一 19.5")
    purpose: Mapped[ShortText | None] = field("用途", also="目的", search=True, place="003 篇十一 18.1")
    reason: Mapped[LongText] = field("理由", also="借阅理由 事由", place="003 篇十一 19.5")
    facts: Mapped[LongText | None] = field("借阅人概况", place="003 篇十一 18.1")
    asked_until: Mapped[Moment | None] = field("希望借至", place="003 篇十一 19.5", help="最多三天，可以更短")
    state: Mapped[Code] = choice(
        "状态",
        codes="request_state",
        computed=True,
        default="draft",
        filter=True,
        section="审批",
        place="003 篇十一 19",
    )
    granted_level: Mapped[Code | None] = choice(
        "签批密级", codes="level", computed=True, place="003 篇十一 22", help="签批时文件的密级"
    )
    submitted_at: Mapped[Moment | None] = field("提交时间", computed=True, filter=True, place="003 篇十一 18.2")
    granted_at: Mapped[Moment | None] = field("批准时间", computed=True, filter=True, place="003 篇十一 19.5")
    lapses_at: Mapped[Moment | None] = field("批准失效时间", computed=True, filter=True, place="R-LOAN-04")
    outcome: Mapped[ShortText | None] = field("退回或撤回原因", computed=True, place="003 篇十一 18.3")
    issued_at: Mapped[Signed | None] = field(
        "借阅时间",
        also="借出时间 借出日期 日期",
        computed=True,
        fixed="R-LOAN-05",
        filter=True,
        section="借出",
        place="003 篇十一 19.5",
    )
    due_at: Mapped[Moment | None] = field(
        "应还时间", also="应还 应还日期", computed=True, fixed="R-LOAN-05", filter=True, place="003 篇十一 19.5"
    )
    issued_by_id: Mapped[int | None] = person("借出经办人", computed=True, filter=True, place="003 篇十一 19.5")
    signed_by_id: Mapped[int | None] = sign("借阅人签字", place="003 篇十一 19.5")
    returned_at: Mapped[Moment | None] = field(
        "归还时间", also="归还日期 注销", computed=True, filter=True, section="归还", place="003 篇十一 20"
    )
    returned_to_id: Mapped[int | None] = person("归还经办人", computed=True, filter=True, place="003 篇十一 20")
    returned_copies: Mapped[Count | None] = field("归还份数", computed=True, place="003 篇十一 20")
    missing_copies: Mapped[Count | None] = field("遗失份数", computed=True, place="003 篇十一 20")
    condition: Mapped[Code | None] = choice("完好情况", codes="item_condition", computed=True, place="003 篇十一 20")
    source: Mapped[Code] = choice(
        "记录来源",
        codes="loan_source",
        computed=True,
        default="system",
        filter=True,
        section="旧台账",
        place="R-LOAN-02",
    )
    ledger_item_name: Mapped[ShortText | None] = field(
        "台账文件名称", also="名称 文件名称 资料名称", computed=True, search=True, place="003 篇十一 19.5"
    )
    ledger_borrower: Mapped[ShortText | None] = field(
        "台账借阅人", also="借阅人姓名", computed=True, search=True, place="003 篇十一 19.5"
    )
    remark: Mapped[LongText | None] = field("备注", section="其他", place="+")
