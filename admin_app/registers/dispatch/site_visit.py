"""Site visits of designers, five at least to a project."""

from sqlalchemy.orm import Mapped

from ...checks import between, in_order
from ...declaration import slip
from ...fields import (
    Attachment,
    Code,
    Count,
    Day,
    LongText,
    Moment,
    ShortText,
    YesNo,
    choice,
    field,
    link,
    person,
    sign,
)
from ...grants import signed_above
from ...grants.dispatch import site_visits_written
from ...models import Register


class SiteVisit(
    Register,
    title="设计师下场记录单",
    key="visited_on project_site_id owner_id",
    list="visited_on project_site_id owner_id stage problems station_logged next_on confirmed_by_id",
    level=1,
    scope="store owner",
    grants=site_visits_written | signed_above,
    parties="visited_on project_site_id owner_id stage problems advice next_on",
):
    """One visit of the designer to one site; each of five not recorded costs commission (R-DISP-09). 002 二 设计师8."""

    on_paper = slip(also="客户")

    __table_args__ = (
        in_order("visited_on", "due_on"),
        between("nth", 1, 99),
    )

    project_site_id: Mapped[int] = link(
        "工地", also="工程 项目", to="project_site", filter=True, section="下场", place="002 设计师8"
    )
    visited_on: Mapped[Day] = field("日期", also="下场日期", filter=True, today=True, place="002 设计师8")
    owner_id: Mapped[int | None] = person("设计师", also="姓名", filter=True, place="002 设计师8", handed_over=False)
    stage: Mapped[Code] = choice("阶段", also="施工阶段", codes="site_visit_stage", filter=True, place="002 设计师8")
    nth: Mapped[Count | None] = field("第几次下场", also="次数", filter=True, place="+")
    arrived_at: Mapped[Moment | None] = field("到场时间", place="+")
    left_at: Mapped[Moment | None] = field("离场时间", place="+")
    project_manager_id: Mapped[int | None] = person(
        "项目经理", also="工长 工地主管", party=True, filter=True, place="002 设计师8"
    )
    customer_present: Mapped[YesNo | None] = field("客户到场", filter=True, place="+")
    problems: Mapped[LongText | None] = field("发现的问题", also="问题", section="记录", place="002 设计师8")
    advice: Mapped[LongText | None] = field("处理意见", also="意见", place="+")
    materials: Mapped[LongText | None] = field("选材与效果确认", place="002 设计师8")
    changes_checked: Mapped[YesNo | None] = field("已审核增减项与变更单", filter=True, place="002 设计师8")
    change_order_id: Mapped[int | None] = link("增减项单", to="change_order", place="002 设计师9")
    responsible: Mapped[ShortText | None] = field("整改人", place="+")
    due_on: Mapped[Day | None] = field("整改期限", filter=True, place="+")
    solved: Mapped[YesNo | None] = field("已解决", filter=True, place="+")
    station_logged: Mapped[YesNo | None] = field("已在工作站登记", also="工作站登记", filter=True, place="002 设计师8")
    photo: Mapped[Attachment | None] = field("现场照片", place="+")
    next_on: Mapped[Day | None] = field("下次下场日期", filter=True, place="+")
    signed_by_id: Mapped[int | None] = sign("设计师签字", signed_with="edit", by="owner_id", section="签字", place="+")
    confirmed_by_id: Mapped[int | None] = sign(
        "审核", signed_with="approve", roles="store_manager general_manager", place="002 设计师8 ?核定与业绩挂钩"
    )
    remark: Mapped[LongText | None] = field("备注", section="其他", place="+")
