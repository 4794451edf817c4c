"""Statistics given to other departments: reviewed, approved, numbered."""

from sqlalchemy.orm import Mapped

from ...checks import in_order
from ...declaration import slip
from ...fields import (
    Attachment,
    Code,
    Count,
    Day,
    LongText,
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
from ...grants.archives import releases_judged
from ...models import Lines, Register


class ReportReleaseCopy(Lines, of="report_release"):
    """One numbered copy."""

    copy_number: Mapped[ShortText] = field("份号", also="编号", place="003 篇十一 12")
    department_id: Mapped[int | None] = link("领取部门", to="department", place="003 篇十一 10")
    holder_id: Mapped[int | None] = person("领取人", place="003 篇十一 10")
    given_on: Mapped[Day | None] = field("发放日期", place="003 篇十一 10")
    returned_on: Mapped[Day | None] = field("收回日期", place="003 篇十一 10")


class ReportReleaseChange(Lines, of="report_release"):
    """One later change of a single item."""

    changed_on: Mapped[Day] = field("修改日期", place="003 篇十一 11")
    item: Mapped[ShortText] = field("修改项目", place="003 篇十一 11")
    before: Mapped[ShortText | None] = field("原数", place="003 篇十一 11")
    after: Mapped[ShortText | None] = field("改后", place="003 篇十一 11")
    reason: Mapped[ShortText | None] = field("修改原因", place="003 篇十一 11")
    approved_on: Mapped[Day | None] = field("总经理批准日期", place="003 篇十一 11")
    filed_on: Mapped[Day | None] = field("备案日期", place="003 篇十一 11")


class ReportRelease(
    Register,
    title="统计报表提供审批单",
    key="asked_on applicant_id report_name",
    list="asked_on number report_name department_asking_id applicant_id state reviewed_by_id approved_by_id issued_on",
    level=2,
    scope="store department",
    grants=staff_apply | releases_judged,
    parties="number asked_on report_name department_asking_id applicant_id period purpose needed_by state reviewed_by_id "
    "reviewed_at approved_by_id approved_at supervisor_checked_by_id manager_checked_by_id issued_on",
):
    """One release: reviewed, approved, checked by two, its copies numbered (R-ARCH-08). 003 篇十一 10-13."""

    on_paper = slip()
    steps_by = "R-ARCH-08"
    filled_after_judging = "issued_on copies_given changes remark"

    __table_args__ = (
        in_order("period_from", "period_until"),
        in_order("asked_on", "needed_by"),
    )

    number: Mapped[Number] = field(
        "审批单号", also="编号", unique=True, series="TJ", search=True, section="申请", place="+"
    )
    asked_on: Mapped[Day] = field("申请日期", also="日期", filter=True, today=True, place="003 篇十一 10")
    department_asking_id: Mapped[int | None] = link("申请部门", to="department", filter=True, place="003 篇十一 10")
    applicant_id: Mapped[int] = person("申请人", party=True, filter=True, place="003 篇十一 10")
    report_name: Mapped[ShortText] = field("报表名称", also="报表", search=True, filter=True, place="003 篇十一 10")
    period: Mapped[Code | None] = choice(
        "报表周期", also="周期", codes="archive_report_period", filter=True, place="003 篇十一 10"
    )
    period_from: Mapped[Day | None] = field("统计期起", filter=True, place="+")
    period_until: Mapped[Day | None] = field("统计期止", filter=True, place="+")
    purpose: Mapped[LongText] = field("用途", place="003 篇十一 10")
    needed_by: Mapped[Day | None] = field("需用日期", filter=True, place="+")
    copies: Mapped[Count | None] = field("份数", default=1, place="003 篇十一 12")
    with_personal: Mapped[YesNo | None] = field("含客户个人信息", filter=True, place="+")
    state: Mapped[Code | None] = choice(
        "审批结果", also="结果", codes="archive_request_decision", filter=True, place="003 篇十一 10"
    )
    reviewed_by_id: Mapped[int | None] = sign(
        "客户服务部经理审查", signed_with="approve", roles="service_manager", section="审批", place="003 篇十一 10"
    )
    review_opinion: Mapped[LongText | None] = field("审查意见", place="003 篇十一 10", required_if="state: refused")
    approved_by_id: Mapped[int | None] = sign(
        "总经理批准", signed_with="approve", roles="general_manager", after="reviewed_by_id", place="003 篇十一 10"
    )
    data_checked: Mapped[YesNo | None] = field("数据已核实", filter=True, section="审核", place="003 篇十一 13")
    supervisor_checked_by_id: Mapped[int | None] = sign(
        "客户信息主管审核",
        signed_with="approve",
        roles="info_supervisor",
        after="approved_by_id",
        place="003 篇十一 13",
    )
    manager_checked_by_id: Mapped[int | None] = sign(
        "客户服务部经理审核",
        signed_with="approve",
        roles="service_manager",
        even_by="reviewed_by_id",
        after="approved_by_id",
        place="003 篇十一 13",
    )
    issued_on: Mapped[Day | None] = field(
        "发放日期",
        also="提供日期",
        computed=True,
        after="supervisor_checked_by_id manager_checked_by_id",
        filter=True,
        section="发放与修改",
        place="003 篇十一 12",
    )
    copies_given: Mapped[list[ReportReleaseCopy]] = child_rows(
        "各份去向", ReportReleaseCopy, computed=True, place="003 篇十一 12"
    )
    report: Mapped[Attachment | None] = field("报表文件", place="003 篇十一 12")
    changes: Mapped[list[ReportReleaseChange]] = child_rows(
        "个别项修改", ReportReleaseChange, computed=True, place="003 篇十一 11"
    )
    change_approved_by_id: Mapped[int | None] = sign(
        "总经理批准修改",
        signed_with="approve",
        roles="general_manager",
        even_by="approved_by_id author",
        after="issued_on",
        place="003 篇十一 11",
    )
    remark: Mapped[LongText | None] = field("备注", section="其他", place="+")
