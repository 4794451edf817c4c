"""Sites: a customer's home under work, the people who answer for it, and its dates."""

from sqlalchemy.orm import Mapped

from ...checks import in_order
from ...fields import (
    Area,
    Code,
    Count,
    Day,
    LongText,
    Money,
    Number,
    Percentage,
    ShortText,
    YesNo,
    choice,
    field,
    link,
    person,
)
from ...grants.construction import (
    sites_kept,
    sites_named_at_the_desk,
    works_headed,
    works_looked_up,
    works_of_store,
    works_served,
)
from ...models import Register


class ProjectSite(
    Register,
    title="施工工地档案",
    key="name started_on",
    list="started_on number name customer_id project_manager_id designer_id planned_on stage state",
    level=1,
    scope="store department owner",
    grants=sites_kept | sites_named_at_the_desk | works_looked_up | works_of_store | works_headed | works_served,
    parties="number name customer_id estate_id address layout area package contract_id designer_id project_manager_id "
    "foreman_id inspector_id material_agent_id drawings_agreed quotation_signed permit_held keys neighbours_told "
    "started_on planned_on duration progress paused_on resumed_on delay_days delay_cause finished_on stage state "
    "checks_passed next_patrol_on designer_visits manager_visits",
):
    """One site from opening to settlement; checks, patrols, changes and payments belong to it (R-CONS-01, R-CONS-03). 002 轻舟."""

    ends_with = "state: settled"

    __table_args__ = (
        in_order("started_on", "planned_on"),
        in_order("started_on", "finished_on"),
        in_order("paused_on", "resumed_on"),
    )

    number: Mapped[Number] = field("工地编号", also="编号", unique=True, series="GD", search=True, place="+")
    name: Mapped[ShortText] = field("工地名称", also="工地 工程名称 工程", search=True, place="+")
    customer_id: Mapped[int] = link(
        "客户",
        also="客户姓名 业主姓名 客户名称",
        to="customer",
        belongs=True,
        filter=True,
        section="工地",
        place="002 轻舟",
    )
    estate_id: Mapped[int | None] = link("小区", also="小区名称", to="estate", filter=True, place="+")
    address: Mapped[ShortText] = field(
        "工地地址", also="详细地址 地址 工程地址 房号", mask=True, search=True, place="002 轻舟"
    )
    layout: Mapped[ShortText | None] = field("户型", filter=True, search=True, place="+")
    area: Mapped[Area | None] = field("施工面积（㎡）", also="面积 建筑面积", filter=True, place="+")
    package: Mapped[Code | None] = choice("承包方式", codes="site_package", filter=True, place="+")
    contract_id: Mapped[int | None] = link(
        "装修合同", also="合同编号", to="decoration_contract", filter=True, place="002 轻舟 主材2"
    )
    amount: Mapped[Money | None] = field("合同金额", also="工程造价", filter=True, level=2, place="+")
    designer_id: Mapped[int | None] = person(
        "设计师", party=True, filter=True, section="责任人", place="002 轻舟 设计师8", handed_over=True
    )
    project_manager_id: Mapped[int | None] = person(
        "项目经理",
        also="工长 工地主管 项目负责人",
        party=True,
        filter=True,
        place="002 轻舟 项目经理",
        handed_over=True,
    )
    foreman_id: Mapped[int | None] = link("工长档案", to="foreman", filter=True, place="+")
    inspector_id: Mapped[int | None] = person(
        "质检员", also="监理", party=True, filter=True, place="002 轻舟 质检员", handed_over=True
    )
    material_agent_id: Mapped[int | None] = person(
        "主材代办员", party=True, filter=True, place="002 轻舟 三", handed_over=True
    )
    drawings_agreed: Mapped[YesNo | None] = field(
        "图纸已注明同意施工", also="同意施工", filter=True, section="开工准备", place="002 轻舟 设计师3"
    )
    quotation_signed: Mapped[YesNo | None] = field("报价已签字", also="报价签字", filter=True, place="002 轻舟 设计师3")
    permit_held: Mapped[YesNo | None] = field("物业装修手续已办", filter=True, place="+")
    keys: Mapped[Count | None] = field("交接钥匙数", place="+")
    neighbours_told: Mapped[YesNo | None] = field("已告知邻居", place="+")
    started_on: Mapped[Day] = field("开工日期", also="开工时间", filter=True, section="工期", place="002 回访 一1")
    planned_on: Mapped[Day | None] = field(
        "计划竣工日期", also="计划完工日期 预计竣工", filter=True, place="002 回访 二1"
    )
    duration: Mapped[Count | None] = field("合同工期（天）", also="工期", place="+")
    progress: Mapped[Percentage | None] = field("完成进度（%）", also="进度", filter=True, place="+")
    paused_on: Mapped[Day | None] = field("停工日期", filter=True, place="+", required_if="state: paused")
    resumed_on: Mapped[Day | None] = field("复工日期", place="+")
    delay_days: Mapped[Count | None] = field("延误天数", place="+")
    delay_cause: Mapped[LongText | None] = field(
        "停工或延误原因", also="延误原因", place="002 轻舟 设计师9", required_if="state: paused"
    )
    finished_on: Mapped[Day | None] = field("竣工日期", also="完工日期 实际竣工", filter=True, place="002 回访 一2")
    stage: Mapped[Code | None] = choice("施工阶段", also="阶段", codes="site_stage", filter=True, place="002 轻舟 4")
    state: Mapped[Code] = choice("状态", codes="site_state", default="working", filter=True, place="+")
    checks_passed: Mapped[Count | None] = field("已通过检查数", filter=True, section="检查", place="002 轻舟 4")
    next_patrol_on: Mapped[Day | None] = field("下次巡视日期", filter=True, place="002 轻舟 4")
    designer_visits: Mapped[Count | None] = field(
        "设计师下场次数", computed=True, filter=True, place="002 轻舟 设计师8"
    )
    manager_visits: Mapped[Count | None] = field("项目经理检查次数", filter=True, place="002 轻舟 项目经理4")
    remark: Mapped[LongText | None] = field("备注", section="其他", place="+")
