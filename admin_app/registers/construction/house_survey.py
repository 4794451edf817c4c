"""The state of the home before work, taken at the site briefing."""

from sqlalchemy.orm import Mapped

from ...declaration import slip
from ...fields import (
    Attachment,
    Code,
    Count,
    Day,
    Figure,
    LongText,
    Percentage,
    ShortText,
    YesNo,
    child_rows,
    choice,
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


class HouseSurveyRoom(Lines, of="house_survey"):
    """One room and what was found there."""

    room: Mapped[ShortText] = field("房间", also="部位", place="+")
    part: Mapped[ShortText | None] = field("项目", place="+")
    state: Mapped[Code | None] = choice("状况", codes="site_part_state", place="+")
    note: Mapped[ShortText | None] = field("说明", place="+")
    mend_by: Mapped[ShortText | None] = field("处理意见", place="+")


class HouseSurvey(
    Register,
    title="原房情况调查表",
    key="site_id surveyed_on",
    list="surveyed_on site_id walls floors water power seepage customer_signed project_manager_id",
    level=1,
    scope="store department owner",
    grants=works_run
    | works_inspected
    | works_looked_up
    | works_designed
    | designers_write
    | works_of_store
    | works_headed,
    parties="site_id project_manager_id designer_id inspector_id surveyed_on off_plan built_in walls ceilings floors "
    "doors water drains power gas heating fittings seepage moisture flatness water_meter power_meter keys rooms "
    "problems demolition photo customer_signed customer_signed_on designer_signed_by_id designer_signed_at "
    "manager_signed_by_id manager_signed_at inspector_signed_by_id inspector_signed_at",
):
    """The home as found at the four-party briefing, signed by the customer (R-CONS-01). 002 轻舟 一检."""

    on_paper = slip(also="客户")

    site_id: Mapped[int] = link(
        "工地",
        also="客户 客户姓名 工程 工地名称 工地编号",
        to="project_site",
        belongs=True,
        filter=True,
        section="交底",
        place="002 轻舟 一检",
    )
    project_manager_id: Mapped[int | None] = person(
        "项目经理", also="工长 工地主管 项目负责人", inherited=True, party=True, filter=True, place="002 轻舟 一检"
    )
    designer_id: Mapped[int | None] = person("设计师", inherited=True, party=True, filter=True, place="002 轻舟 一检")
    inspector_id: Mapped[int | None] = person(
        "质检员", also="监理", inherited=True, party=True, filter=True, place="002 轻舟 一检"
    )
    surveyed_on: Mapped[Day] = field("调查日期", also="日期 交底日期", filter=True, today=True, place="002 轻舟 一检")
    off_plan: Mapped[YesNo | None] = field("新房", also="毛坯", filter=True, place="+")
    built_in: Mapped[Count | None] = field("建成年份", place="+")
    walls: Mapped[Code | None] = choice("墙面", codes="site_part_state", filter=True, section="原房情况", place="+")
    ceilings: Mapped[Code | None] = choice("顶面", codes="site_part_state", filter=True, place="+")
    floors: Mapped[Code | None] = choice("地面", codes="site_part_state", filter=True, place="+")
    doors: Mapped[Code | None] = choice("门窗", codes="site_part_state", filter=True, place="+")
    water: Mapped[Code | None] = choice("给水", codes="site_part_state", filter=True, place="+")
    drains: Mapped[Code | None] = choice("排水", codes="site_part_state", filter=True, place="+")
    power: Mapped[Code | None] = choice("电路", codes="site_part_state", filter=True, place="+")
    gas: Mapped[Code | None] = choice("燃气", codes="site_part_state", filter=True, place="+")
    heating: Mapped[Code | None] = choice("暖气", codes="site_part_state", filter=True, place="+")
    fittings: Mapped[Code | None] = choice("原有设施", codes="site_part_state", place="+")
    seepage: Mapped[YesNo | None] = field("有渗漏", filter=True, place="+")
    moisture: Mapped[Percentage | None] = field("墙面含水率（%）", place="002 轻舟 5")
    flatness: Mapped[ShortText | None] = field("平整度", place="+")
    water_meter: Mapped[Figure | None] = field("水表读数", place="+")
    power_meter: Mapped[Figure | None] = field("电表读数", place="+")
    keys: Mapped[Count | None] = field("交接钥匙数", place="+")
    rooms: Mapped[list[HouseSurveyRoom]] = child_rows("分间情况", HouseSurveyRoom, place="002 轻舟 一检")
    problems: Mapped[LongText | None] = field("原房问题", also="问题", place="002 轻舟 一检")
    demolition: Mapped[LongText | None] = field("拆改约定", place="+")
    photo: Mapped[Attachment | None] = field("现场照片", place="+")
    customer_signed: Mapped[YesNo] = field(
        "客户已签字", also="客户签字", default=False, filter=True, section="签字", place="002 轻舟 一检"
    )
    customer_signed_on: Mapped[Day | None] = field("客户签字日期", place="002 轻舟 一检")
    designer_signed_by_id: Mapped[int | None] = sign(
        "设计师签字", signed_with="edit", by="designer_id", place="002 轻舟 一检"
    )
    manager_signed_by_id: Mapped[int | None] = sign(
        "项目经理签字", also="项目负责人签字", signed_with="edit", by="project_manager_id", place="002 轻舟 一检"
    )
    inspector_signed_by_id: Mapped[int | None] = sign(
        "质检员签字", signed_with="edit", by="inspector_id", place="002 轻舟 一检"
    )
    remark: Mapped[LongText | None] = field("备注", section="其他", place="+")
