"""The check of water and power before they are covered."""

from sqlalchemy.orm import Mapped

from ...checks import in_order
from ...declaration import slip
from ...fields import (
    Attachment,
    Code,
    Codes,
    Count,
    Day,
    Figure,
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
)
from ...models import Lines, Register


class HiddenWorksLine(Lines, of="hidden_works"):
    """One quantity, quoted and measured."""

    kind: Mapped[Code | None] = choice("类别", codes="site_work_kind", place="002 轻舟 三检")
    name: Mapped[ShortText] = field("项目", place="002 轻舟 三检")
    unit: Mapped[ShortText | None] = field("单位", place="002 轻舟 三检")
    quoted: Mapped[Figure | None] = field("预算量", also="报价量", place="002 轻舟 三检")
    measured: Mapped[Figure] = field("实测量", also="核实量", place="002 轻舟 三检")
    difference: Mapped[Figure | None] = field("差量", computed=True, place="002 轻舟 三检")


class HiddenWorks(
    Register,
    title="隐蔽工程验收单",
    key="site_id accepted_on",
    list="accepted_on site_id result pressure_held power_tested quantities_checked inspector_id customer_signed",
    level=1,
    scope="store department owner",
    grants=works_run
    | works_inspected
    | works_looked_up
    | works_designed
    | designers_write
    | works_of_store
    | works_headed,
    parties="site_id project_manager_id designer_id inspector_id accepted_on instruments pressure pressure_minutes "
    "pressure_held flow_tested waterproof_tested power_tested insulation grounded sockets as_drawn drawing lines "
    "quantities_checked result problems rectify_by rectified_on customer_signed customer_signed_on "
    "designer_signed_by_id designer_signed_at manager_signed_by_id manager_signed_at inspector_signed_by_id "
    "inspector_signed_at",
):
    """Water and power tested and measured before the walls close (R-CONS-01). 002 轻舟 三检."""

    on_paper = slip(also="客户")
    due = "rectify_by until rectified_on by project_manager_id"

    __table_args__ = (
        in_order("accepted_on", "rectify_by"),
        in_order("accepted_on", "rectified_on"),
    )

    site_id: Mapped[int] = link(
        "工地",
        also="客户 客户姓名 工程 工地名称 工地编号",
        to="project_site",
        belongs=True,
        filter=True,
        section="验收",
        place="002 轻舟 三检",
    )
    project_manager_id: Mapped[int | None] = person(
        "项目经理", also="工长 工地主管 项目负责人", inherited=True, party=True, filter=True, place="002 轻舟 三检"
    )
    designer_id: Mapped[int | None] = person("设计师", inherited=True, party=True, filter=True, place="002 轻舟 三检")
    inspector_id: Mapped[int | None] = person(
        "质检员", also="监理", inherited=True, party=True, filter=True, place="002 轻舟 三检"
    )
    accepted_on: Mapped[Day] = field("验收日期", also="日期", filter=True, today=True, place="002 轻舟 三检")
    instruments: Mapped[Codes | None] = choices(
        "使用仪器", also="仪器", codes="instrument", filter=True, place="002 轻舟 5"
    )
    pressure: Mapped[Figure | None] = field("试压压力（MPa）", section="水路", place="002 轻舟 三检")
    pressure_minutes: Mapped[Count | None] = field("稳压时间（分钟）", place="+")
    pressure_held: Mapped[YesNo | None] = field("试压无渗漏", also="试漏合格", filter=True, place="002 轻舟 三检")
    flow_tested: Mapped[YesNo | None] = field("通水合格", also="试通合格", filter=True, place="002 轻舟 三检")
    waterproof_tested: Mapped[YesNo | None] = field("闭水试验合格", filter=True, place="+")
    power_tested: Mapped[YesNo | None] = field(
        "通电合格", also="试通电", filter=True, section="电路", place="002 轻舟 三检"
    )
    insulation: Mapped[Figure | None] = field("绝缘电阻（MΩ）", place="002 轻舟 5")
    grounded: Mapped[YesNo | None] = field("接地可靠", filter=True, place="+")
    sockets: Mapped[Count | None] = field("插座数", place="+")
    as_drawn: Mapped[YesNo | None] = field("走向与图纸一致", filter=True, place="+")
    drawing: Mapped[Attachment | None] = field("管线图或照片", place="+")
    lines: Mapped[list[HiddenWorksLine]] = child_rows(
        "水电工程量", HiddenWorksLine, section="工程量与结果", place="002 轻舟 三检"
    )
    quantities_checked: Mapped[YesNo | None] = field(
        "工程量已核实", also="核实工程量", filter=True, place="002 轻舟 三检"
    )
    result: Mapped[Code | None] = choice(
        "验收结果", also="结果", codes="site_check_result", filter=True, place="002 轻舟 三检"
    )
    problems: Mapped[LongText | None] = field("问题", also="存在问题", place="002 轻舟 三检")
    rectify_by: Mapped[Day | None] = field("整改期限", filter=True, place="+")
    rectified_on: Mapped[Day | None] = field("整改完成日期", filter=True, place="+")
    customer_signed: Mapped[YesNo] = field(
        "客户已签字", also="客户签字", default=False, filter=True, section="签字", place="002 轻舟 三检"
    )
    customer_signed_on: Mapped[Day | None] = field("客户签字日期", place="002 轻舟 三检")
    designer_signed_by_id: Mapped[int | None] = sign(
        "设计师签字", signed_with="edit", by="designer_id", place="002 轻舟 三检"
    )
    manager_signed_by_id: Mapped[int | None] = sign(
        "项目经理签字", also="项目负责人签字", signed_with="edit", by="project_manager_id", place="002 轻舟 三检"
    )
    inspector_signed_by_id: Mapped[int | None] = sign(
        "质检员签字", signed_with="edit", by="inspector_id", place="002 轻舟 三检"
    )
    remark: Mapped[LongText | None] = field("备注", section="其他", place="+")
