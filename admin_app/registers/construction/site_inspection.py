"""The eight checks of a site, one row each, with their signatures."""

from sqlalchemy.orm import Mapped

from ...checks import in_order
from ...fields import (
    Attachment,
    Code,
    Codes,
    Count,
    Day,
    LongText,
    ShortText,
    YesNo,
    child_rows,
    choice,
    choices,
    field,
    link,
    person,
    sign,
)
from ...grants.construction import (
    designers_write,
    works_designed,
    works_headed,
    works_inspected,
    works_looked_up,
    works_of_store,
    works_run,
    works_served,
)
from ...models import Lines, Register


class SiteInspectionFinding(Lines, of="site_inspection"):
    """One problem found, where, and until when it is mended."""

    place: Mapped[ShortText | None] = field("部位", place="002 轻舟 4")
    problem: Mapped[ShortText] = field("问题", place="002 轻舟 4")
    measured: Mapped[ShortText | None] = field("实测值", place="+")
    rectify_by: Mapped[Day | None] = field("整改期限", place="002 轻舟 4")
    rectified_on: Mapped[Day | None] = field("整改完成日期", place="002 轻舟 4")


class SiteInspectionSigner(Lines, of="site_inspection"):
    """One signature on the paper form, the customer's among them."""

    signer: Mapped[Code] = choice("身份", codes="site_signer", place="002 轻舟 4")
    name: Mapped[ShortText] = field("签字人", mask=True, place="002 轻舟 4")
    signed_on: Mapped[Day | None] = field("签字日期", place="002 轻舟 4")


class SiteInspection(
    Register,
    title="五巡八检记录",
    key="site_id item checked_on",
    list="checked_on site_id item round result rectify_by rectified_on inspector_id customer_signed",
    level=1,
    scope="store department owner",
    grants=works_run
    | works_inspected
    | works_looked_up
    | works_designed
    | designers_write
    | works_of_store
    | works_headed
    | works_served,
    parties="site_id project_manager_id designer_id inspector_id item checked_on round instruments quantities_checked "
    "changes_settled interim_paid tested result problems findings rectify_by rectified_on next_on photo "
    "customer_present customer_signed customer_signed_on designer_signed_by_id designer_signed_at "
    "manager_signed_by_id manager_signed_at inspector_signed_by_id inspector_signed_at signers",
):
    """One of the eight checks; not passed without the signatures due (R-CONS-01). 002 轻舟 4."""

    due = "rectify_by until rectified_on by project_manager_id"

    __table_args__ = (
        in_order("checked_on", "rectify_by"),
        in_order("checked_on", "rectified_on"),
        in_order("checked_on", "next_on"),
    )

    site_id: Mapped[int] = link(
        "工地",
        also="客户 客户姓名 工程 工地名称 工地编号",
        to="project_site",
        belongs=True,
        filter=True,
        section="检查",
        place="002 轻舟 4",
    )
    project_manager_id: Mapped[int | None] = person(
        "项目经理", also="工长 工地主管 项目负责人", inherited=True, party=True, filter=True, place="002 轻舟 4"
    )
    designer_id: Mapped[int | None] = person("设计师", inherited=True, party=True, filter=True, place="002 轻舟 4")
    inspector_id: Mapped[int | None] = person(
        "质检员", also="监理", inherited=True, party=True, filter=True, place="002 轻舟 4"
    )
    item: Mapped[Code] = choice("检查项目", also="检查 项目", codes="inspection", filter=True, place="002 轻舟 4")
    checked_on: Mapped[Day] = field("检查日期", also="日期 验收日期", filter=True, today=True, place="002 轻舟 4")
    round: Mapped[Count | None] = field("第几次检查", also="次数", default=1, filter=True, place="+")
    instruments: Mapped[Codes | None] = choices(
        "使用仪器", also="仪器", codes="instrument", filter=True, place="002 轻舟 5"
    )
    quantities_checked: Mapped[YesNo | None] = field("工程量已核实", also="核实工程量", filter=True, place="002 轻舟 4")
    changes_settled: Mapped[YesNo | None] = field("增减项已办理", filter=True, place="002 轻舟 4")
    interim_paid: Mapped[YesNo | None] = field("中期款已收", filter=True, place="002 轻舟 4")
    tested: Mapped[YesNo | None] = field("试通试漏合格", filter=True, place="002 轻舟 4")
    result: Mapped[Code | None] = choice(
        "结果", also="检查结果 验收结果", codes="site_check_result", filter=True, section="结果", place="002 轻舟 4"
    )
    problems: Mapped[LongText | None] = field("问题", also="存在问题", place="002 轻舟 4")
    findings: Mapped[list[SiteInspectionFinding]] = child_rows("问题明细", SiteInspectionFinding, place="002 轻舟 4")
    rectify_by: Mapped[Day | None] = field("整改期限", filter=True, place="002 轻舟 4")
    rectified_on: Mapped[Day | None] = field("整改完成日期", also="整改日期", filter=True, place="+")
    next_on: Mapped[Day | None] = field("下一项检查日期", filter=True, place="+")
    photo: Mapped[Attachment | None] = field("现场照片", place="+")
    customer_present: Mapped[YesNo | None] = field("客户到场", filter=True, section="签字", place="002 轻舟 4")
    customer_signed: Mapped[YesNo | None] = field("客户已签字", also="客户签字", filter=True, place="002 轻舟 4")
    customer_signed_on: Mapped[Day | None] = field("客户签字日期", place="002 轻舟 4")
    designer_signed_by_id: Mapped[int | None] = sign(
        "设计师签字", signed_with="edit", by="designer_id", place="002 轻舟 4"
    )
    manager_signed_by_id: Mapped[int | None] = sign(
        "项目经理签字", also="项目负责人签字", signed_with="edit", by="project_manager_id", place="002 轻舟 4"
    )
    inspector_signed_by_id: Mapped[int | None] = sign(
        "质检员签字", signed_with="edit", by="inspector_id", place="002 轻舟 4"
    )
    signers: Mapped[list[SiteInspectionSigner]] = child_rows("纸质签字", SiteInspectionSigner, place="002 轻舟 4")
    remark: Mapped[LongText | None] = field("备注", section="其他", place="+")
