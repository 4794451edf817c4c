"""Competitors: what others offer, at what price, how strong they are."""

from sqlalchemy.orm import Mapped

from ...checks import between
from ...fields import Attachment, Code, Day, LongText, Money, ShortText, choice, field, link, person
from ...grants.customers import market_known
from ...models import Register


class Competitor(
    Register,
    title="竞争对手信息",
    key="seen_on name product",
    list="seen_on name product price threat source seen_at owner_id",
    level=2,
    scope="store department owner",
    grants=market_known,
    parties="seen_on name product threat owner_id",
):
    """One observation of one competitor, its products and its service. 001 第11条, 004 了解竞争对手."""

    __table_args__ = (between("price", 0),)

    seen_on: Mapped[Day] = field(
        "了解日期", also="日期 发现日期", filter=True, section="对手", today=True, place="004 工作流程1"
    )
    name: Mapped[ShortText] = field("竞争对手", also="对手名称 公司名称 名称", search=True, place="004 工作流程1")
    product: Mapped[ShortText | None] = field("产品或服务", also="产品 项目", search=True, place="004 工作流程1")
    price: Mapped[Money | None] = field("价格（元）", also="价格 报价", filter=True, place="004 工作流程1")
    price_note: Mapped[ShortText | None] = field("价格说明", place="+")
    promotion: Mapped[LongText | None] = field("促销活动", also="促销", place="+")
    difference: Mapped[LongText | None] = field("与我方差异", also="差异化", section="比较", place="004 工作流程1")
    strength: Mapped[LongText | None] = field("竞争优势", also="优势 实力", place="004 工作流程1")
    weakness: Mapped[LongText | None] = field("不足", also="弱点", place="+")
    market_share: Mapped[ShortText | None] = field("市场份额估计", place="+")
    threat: Mapped[Code | None] = choice(
        "竞争程度", also="威胁程度", codes="competitor_threat", filter=True, place="004 工作流程1"
    )
    service_way: Mapped[LongText | None] = field("服务方式", section="客户服务", place="001 第11条2")
    service_flow: Mapped[LongText | None] = field("服务流程", place="001 第11条2")
    service_staff: Mapped[LongText | None] = field("服务人员素质", place="001 第11条2")
    source: Mapped[Code | None] = choice(
        "信息来源", also="来源", codes="competitor_source", filter=True, section="来源", place="004 工作流程1"
    )
    seen_at: Mapped[ShortText | None] = field("见于何处", also="地点", search=True, place="004 工作流程1")
    customer_id: Mapped[int | None] = link("相关客户", to="customer", filter=True, place="+")
    visit_report_id: Mapped[int | None] = link("拜访记录", to="visit_report", place="001 第11条")
    owner_id: Mapped[int | None] = person(
        "收集人", also="记录人", filter=True, place="004 工作流程1", handed_over=False
    )
    advice: Mapped[LongText | None] = field("应对建议", also="建议", place="+")
    attachment: Mapped[Attachment | None] = field("资料附件", place="+")
    remark: Mapped[LongText | None] = field("备注", section="其他", place="+")
