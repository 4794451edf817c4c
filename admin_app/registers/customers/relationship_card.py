"""Relationship cards: who a customer is and what has changed; key customers have one of their own."""

from sqlalchemy.orm import Mapped

from ...checks import in_order
from ...fields import Code, Count, Day, LongText, Phone, ShortText, YesNo, child_rows, choice, field, link, person
from ...grants import (
    heads_manage,
    information_keeps,
    own_customers,
    own_sales,
    sales_managed,
    service_reads,
    supervision,
)
from ...models import Lines, Register


class RelationshipCardChange(Lines, of="relationship_card"):
    """One change of the customer's facts."""

    changed_on: Mapped[Day] = field("日期", place="001 第19条3")
    what: Mapped[ShortText] = field("变化内容", mask=True, place="001 第19条3")
    noted_by: Mapped[ShortText | None] = field("记录人", place="+")


class RelationshipCard(
    Register,
    title="客户关系卡",
    key="customer_id name",
    list="made_on name customer_id workplace post phone key_customer checked_on next_visit_on",
    level=2,
    scope="store department owner",
    grants=own_customers | own_sales | sales_managed | heads_manage | service_reads | information_keeps | supervision,
    parties="customer_id name workplace post key_customer next_visit_on made_on",
):
    """One card of one customer; not confirmed for ninety days it shows as stale (R-RELA-01). 001 第19条, 003 篇一19-23."""

    ends_with = "state: ended"
    born = "birthday of name"

    __table_args__ = (in_order("made_on", "checked_on"),)

    customer_id: Mapped[int] = link(
        "客户", also="客户名称", to="customer", belongs=True, filter=True, section="客户", place="001 第19条"
    )
    name: Mapped[ShortText] = field("客户姓名", also="姓名", search=True, place="001 第19条")
    key_customer: Mapped[YesNo | None] = field("重点客户", filter=True, place="001 第19条1 ?重点客户单独建卡、单独保管")
    workplace: Mapped[ShortText | None] = field("工作单位", also="单位", search=True, place="001 第19条")
    post: Mapped[ShortText | None] = field("职位", also="职务", search=True, place="001 第19条")
    made_on: Mapped[Day] = field("建卡日期", also="日期", filter=True, today=True, place="+")
    state: Mapped[Code | None] = choice(
        "卡片状态", also="状态", codes="card_state", default="valid", filter=True, place="001 第19条2"
    )
    address: Mapped[ShortText | None] = field("住址", also="地址", mask=True, section="联系方式", place="001 第19条")
    phone: Mapped[Phone | None] = field(
        "联系方式", also="联系电话 电话 手机", mask=True, search=True, place="001 第19条"
    )
    other_phone: Mapped[Phone | None] = field("备用电话", mask=True, place="+")
    email: Mapped[ShortText | None] = field("电子邮箱", also="Email", mask=True, place="+")
    wechat: Mapped[ShortText | None] = field("微信", mask=True, place="+")
    birthday: Mapped[Day | None] = field("生日", mask=True, place="003 篇十四 战术4")
    likes: Mapped[ShortText | None] = field("爱好与忌讳", mask=True, section="往来", place="003 篇十四 战术3")
    needs: Mapped[LongText | None] = field("需求与意见", place="001 第21条3")
    benefits: Mapped[ShortText | None] = field("享受的优惠", place="001 第12条")
    contact_every_days: Mapped[Count | None] = field("联络周期（天）", place="+")
    changes: Mapped[list[RelationshipCardChange]] = child_rows("变化记录", RelationshipCardChange, place="001 第19条3")
    checked_on: Mapped[Day | None] = field(
        "最近核实日期", also="核实日期", filter=True, section="核实", place="001 第19条2"
    )
    checked_by_id: Mapped[int | None] = person("核实人", filter=True, place="001 第19条2")
    next_visit_on: Mapped[Day | None] = field("下次拜访预约", also="下次拜访", filter=True, place="003 篇一12")
    remark: Mapped[LongText | None] = field("备注", section="其他", place="+")
