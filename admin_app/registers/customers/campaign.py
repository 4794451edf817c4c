"""Campaigns: what was planned and expected, what it cost and brought."""

from sqlalchemy.orm import Mapped

from ...checks import between, in_order
from ...fields import (
    Attachment,
    Code,
    Codes,
    Count,
    Day,
    LongText,
    Money,
    ShortText,
    child_rows,
    choice,
    choices,
    field,
    link,
    person,
    sign,
)
from ...grants import LEADERSHIP
from ...grants.customers import campaigns_kept
from ...models import Lines, Register


class CampaignCost(Lines, of="campaign"):
    """One item of the cost."""

    item: Mapped[ShortText] = field("项目", place="+")
    amount: Mapped[Money] = field("金额（元）", place="+")
    payee: Mapped[ShortText | None] = field("收款单位", place="+")


class Campaign(
    Register,
    title="市场活动登记表",
    key="from_on name",
    list="from_on name kind place budget cost leads signed state",
    level=1,
    scope="store department owner",
    grants=campaigns_kept,
    parties="from_on until_on name kind place state owner_id",
):
    """One marketing activity with forecast, cost, customers won and evaluation. 004 市场营销活动, 000 职责12."""

    ends_with = "state: ended evaluated cancelled"

    __table_args__ = (
        in_order("from_on", "until_on"),
        between("budget", 0),
        between("cost", 0),
    )

    name: Mapped[ShortText] = field(
        "活动名称", also="名称 活动主题", search=True, section="活动", place="004 客户关系管理"
    )
    kind: Mapped[Code] = choice("活动类别", also="类别 类型", codes="campaign_kind", filter=True, place="000 ch2")
    from_on: Mapped[Day] = field("开始日期", also="日期 活动日期", filter=True, place="004 客户关系管理")
    until_on: Mapped[Day | None] = field("结束日期", filter=True, place="004 客户关系管理")
    place: Mapped[ShortText | None] = field("地点", also="活动地点", search=True, place="004 客户关系管理")
    estate_id: Mapped[int | None] = link("小区", also="小区名称", to="estate", filter=True, place="000 小区推广")
    suits: Mapped[Codes | None] = choices(
        "适合关注",
        codes="concern",
        place="003 篇一25",
        help="活动或新产品适合关注这些方面的客户；不填的，适合关注优惠活动的",
    )
    owner_id: Mapped[int | None] = person("负责人", filter=True, place="004 客户关系管理")
    participants: Mapped[ShortText | None] = field("参与部门或人员", place="000 职责12")
    partner_id: Mapped[int | None] = link("合作单位", to="partner", place="004 工作方向7")
    aim: Mapped[LongText | None] = field("活动目的", also="目的", section="计划与预测", place="004 客户关系管理")
    plan: Mapped[LongText | None] = field("活动方案", also="方案", place="004 客户关系管理")
    offer: Mapped[LongText | None] = field("优惠内容", also="优惠", place="000 职责12")
    forecast_visitors: Mapped[Count | None] = field(
        "预计到场人数", also="预计人数", filter=True, place="004 客户关系管理"
    )
    forecast_leads: Mapped[Count | None] = field("预计意向客户", place="+")
    forecast_amount: Mapped[Money | None] = field("预计成交（元）", also="预计成交额", place="004 客户关系管理")
    budget: Mapped[Money | None] = field("预算（元）", also="预算", filter=True, place="004 客户关系管理")
    approved_by_id: Mapped[int | None] = sign("批准人", signed_with="approve", roles=LEADERSHIP, place="+")
    visitors: Mapped[Count | None] = field(
        "到场人数", also="实到人数", filter=True, section="执行", place="004 客户关系管理"
    )
    leads: Mapped[Count | None] = field("意向客户数", also="意向客户", filter=True, place="004 客户关系管理")
    signed: Mapped[Count | None] = field("签单数", also="成交数", filter=True, place="004 客户关系管理")
    amount: Mapped[Money | None] = field("成交金额（元）", also="成交额", filter=True, place="004 客户关系管理")
    cost: Mapped[Money | None] = field("实际费用（元）", also="费用 实际费用", filter=True, place="004 客户关系管理")
    costs: Mapped[list[CampaignCost]] = child_rows("费用明细", CampaignCost, place="+")
    state: Mapped[Code | None] = choice(
        "状态", codes="campaign_state", default="planned", filter=True, section="评估", place="004 客户关系管理"
    )
    evaluation: Mapped[LongText | None] = field("效果评估", also="评估 总结", place="004 客户关系管理")
    improvements: Mapped[LongText | None] = field("改进意见", place="+")
    evaluated_by_id: Mapped[int | None] = sign(
        "评估人", signed_with="approve", roles=LEADERSHIP, place="004 客户关系管理"
    )
    attachment: Mapped[Attachment | None] = field("活动资料", place="+")
    remark: Mapped[LongText | None] = field("备注", section="其他", place="+")
