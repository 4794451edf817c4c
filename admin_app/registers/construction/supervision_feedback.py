"""What customers think of the people who worked for them."""

from sqlalchemy.orm import Mapped

from ...checks import between
from ...fields import Code, Count, Day, LongText, Percentage, YesNo, choice, field, link, mean, person
from ...grants.construction import repairs_kept, repairs_watched, scores_read, services_read, works_looked_up
from ...models import Register


class SupervisionFeedback(
    Register,
    title="服务监督反馈表",
    key="site_id filled_on",
    list="filled_on site_id designer_score manager_score inspector_score agent_score average satisfied",
    level=1,
    scope="store department owner",
    grants=repairs_kept | repairs_watched | scores_read | works_looked_up | services_read,
    parties="filled_on site_id stage project_manager_id designer_id inspector_id material_agent_id designer_score "
    "manager_score inspector_score agent_score average opinions satisfied",
):
    """One customer's scores of designer, foreman, inspector and agent (R-CONS-04). 002 附录一."""

    __table_args__ = (
        between("designer_score", 0, 100),
        between("manager_score", 0, 100),
        between("inspector_score", 0, 100),
        between("agent_score", 0, 100),
        between("company_score", 0, 100),
    )

    site_id: Mapped[int] = link(
        "工地",
        also="客户 客户姓名 工程 工地名称 工地编号",
        to="project_site",
        belongs=True,
        filter=True,
        section="工程",
        place="002 附录一",
    )
    project_manager_id: Mapped[int | None] = person(
        "项目经理", also="工长 工地主管 项目负责人", inherited=True, party=True, filter=True, place="002 附录一"
    )
    designer_id: Mapped[int | None] = person("设计师", inherited=True, party=True, filter=True, place="002 附录一")
    inspector_id: Mapped[int | None] = person(
        "质检员", also="监理", inherited=True, party=True, filter=True, place="002 附录一"
    )
    material_agent_id: Mapped[int | None] = person(
        "主材代办员", also="代办员", inherited=True, party=True, filter=True, place="002 附录一"
    )
    filled_on: Mapped[Day] = field("填表日期", also="日期", filter=True, today=True, place="002 附录一")
    stage: Mapped[Code | None] = choice("施工阶段", codes="site_stage", filter=True, place="+")
    designer_score: Mapped[Count | None] = field(
        "设计师评分", also="设计师得分", filter=True, section="评分", place="002 附录一"
    )
    designer_words: Mapped[LongText | None] = field("对设计师的意见", place="+")
    manager_score: Mapped[Count | None] = field("工长评分", also="项目经理评分", filter=True, place="002 附录一")
    manager_words: Mapped[LongText | None] = field("对工长的意见", place="+")
    inspector_score: Mapped[Count | None] = field("质检员评分", also="监理评分", filter=True, place="002 附录一")
    inspector_words: Mapped[LongText | None] = field("对质检员的意见", place="+")
    agent_score: Mapped[Count | None] = field("主材代办员评分", also="代办员评分", filter=True, place="002 附录一")
    agent_words: Mapped[LongText | None] = field("对主材代办员的意见", place="+")
    company_score: Mapped[Count | None] = field("公司整体评分", filter=True, place="+")
    average: Mapped[Percentage | None] = field(
        "平均分",
        reckoned=mean("designer_score", "manager_score", "inspector_score", "agent_score", "company_score"),
        filter=True,
        place="+",
    )
    satisfied: Mapped[YesNo | None] = field("总体满意", also="满意", filter=True, place="+")
    opinions: Mapped[LongText | None] = field("意见与建议", also="意见", section="意见", place="002 附录一")
    recommend: Mapped[YesNo | None] = field("愿意介绍朋友", filter=True, place="+")
    customer_signed: Mapped[YesNo | None] = field("客户已签字", also="客户签字", filter=True, place="002 附录一")
    customer_signed_on: Mapped[Day | None] = field("客户签字日期", place="+")
    handler_id: Mapped[int | None] = person("处理人", party=True, filter=True, section="处理", place="+")
    measure: Mapped[LongText | None] = field("处理与整改", place="002 回访 二3")
    handled_on: Mapped[Day | None] = field("处理日期", filter=True, place="+")
    remark: Mapped[LongText | None] = field("备注", section="其他", place="+")
