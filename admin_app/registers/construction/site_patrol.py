"""Patrols: the look at a site every five days."""

from sqlalchemy.orm import Mapped

from ...checks import in_order
from ...fields import Attachment, Code, Count, Day, LongText, Percentage, YesNo, after, choice, field, link, person
from ...grants.construction import (
    works_designed,
    works_headed,
    works_inspected,
    works_looked_up,
    works_of_store,
    works_run,
)
from ...models import Register


class SitePatrol(
    Register,
    title="工地巡视记录",
    key="site_id patrolled_on",
    list="patrolled_on site_id patroller_id stage tidy safe rectify_by rectified_on next_on",
    level=1,
    scope="store department owner",
    grants=works_run | works_inspected | works_looked_up | works_designed | works_of_store | works_headed,
    parties="site_id project_manager_id designer_id inspector_id patrolled_on patroller_id stage progress workers tidy "
    "safe protected genuine on_schedule station_signed problems rectification rectify_by rectified_on "
    "customer_words photo next_on",
):
    """One patrol of a site at work, due every five days (R-CONS-01). 002 轻舟 4."""

    carried = "patrolled_on patroller_id"

    due = "rectify_by until rectified_on by project_manager_id"

    __table_args__ = (
        in_order("patrolled_on", "rectify_by"),
        in_order("patrolled_on", "rectified_on"),
    )

    site_id: Mapped[int] = link(
        "工地",
        also="客户 客户姓名 工程 工地名称 工地编号",
        to="project_site",
        belongs=True,
        filter=True,
        section="巡视",
        place="002 轻舟 4",
    )
    project_manager_id: Mapped[int | None] = person(
        "项目经理", also="工长 工地主管 项目负责人", inherited=True, party=True, filter=True, place="002 轻舟 4"
    )
    designer_id: Mapped[int | None] = person("设计师", inherited=True, party=True, filter=True, place="002 轻舟 4")
    inspector_id: Mapped[int | None] = person(
        "质检员", also="监理", inherited=True, party=True, filter=True, place="002 轻舟 4"
    )
    patrolled_on: Mapped[Day] = field("巡视日期", also="日期", filter=True, today=True, place="002 轻舟 4")
    patroller_id: Mapped[int] = person("巡视人", also="检查人", party=True, filter=True, place="002 轻舟 4")
    stage: Mapped[Code | None] = choice("施工阶段", codes="site_stage", filter=True, place="+")
    progress: Mapped[Percentage | None] = field("完成进度（%）", also="进度", place="+")
    workers: Mapped[Count | None] = field("在场工人数", place="+")
    tidy: Mapped[YesNo | None] = field("现场整洁", filter=True, section="现场", place="002 轻舟 项目经理2")
    safe: Mapped[YesNo | None] = field("用电用火安全", filter=True, place="+")
    protected: Mapped[YesNo | None] = field("成品保护到位", filter=True, place="+")
    genuine: Mapped[YesNo | None] = field("材料无以次充好", also="材料合格", filter=True, place="002 轻舟 项目经理3")
    on_schedule: Mapped[YesNo | None] = field("进度正常", filter=True, place="002 轻舟 项目经理3")
    station_signed: Mapped[YesNo | None] = field("工作站已留言", place="002 轻舟 项目经理4")
    problems: Mapped[LongText | None] = field(
        "问题", also="发现问题 存在问题", section="问题与整改", place="002 轻舟 4"
    )
    rectification: Mapped[LongText | None] = field("整改要求", also="整改", place="002 轻舟 4")
    rectify_by: Mapped[Day | None] = field("整改期限", filter=True, place="+")
    rectified_on: Mapped[Day | None] = field("整改完成日期", filter=True, place="+")
    customer_words: Mapped[LongText | None] = field("客户意见", place="+")
    photo: Mapped[Attachment | None] = field("现场照片", place="+")
    next_on: Mapped[Day | None] = field(
        "下次巡视日期", reckoned=after("patrolled_on", days=5), filter=True, place="002 轻舟 4"
    )
    remark: Mapped[LongText | None] = field("备注", section="其他", place="+")
