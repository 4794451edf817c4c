"""Retail outlets and the people in them who matter."""

from sqlalchemy.orm import Mapped

from ...checks import between, in_order
from ...fields import Area, Code, Count, Day, LongText, Money, Phone, ShortText, child_rows, choice, field, link, person
from ...grants import supervision
from ...grants.key_accounts import outlets_led, own_outlets
from ...models import Lines, Register


class OutletPerson(Lines, of="outlet"):
    """Who does one of the key tasks there."""

    task: Mapped[Code] = choice("任务", codes="key_person_task", place="002 雪恩 关键人物")
    name: Mapped[ShortText] = field("姓名", place="002 雪恩 关键人物")
    post: Mapped[ShortText | None] = field("职务", place="+")
    phone: Mapped[Phone | None] = field("电话", mask=True, place="+")
    note: Mapped[ShortText | None] = field("说明", place="+")


class Outlet(
    Register,
    title="零售网点档案",
    key="opened_on name",
    list="opened_on name kind ownership region grade visitor_id last_checked_on state",
    level=1,
    scope="department owner",
    grants=own_outlets | outlets_led | supervision,
    parties="opened_on name kind ownership region grade visitor_id visit_days state",
):
    """One outlet that sells our goods; shelf checks follow it. 002 雪恩 客户类型."""

    ends_with = "state: closed"

    __table_args__ = (
        in_order("opened_on", "closed_on"),
        between("counters", 0),
        between("visit_days", 0),
    )

    opened_on: Mapped[Day] = field("建档日期", also="日期", filter=True, section="网点", today=True, place="+")
    name: Mapped[ShortText] = field("网点名称", also="店名 商店名称", search=True, place="002 雪恩 客户类型")
    kind: Mapped[Code] = choice(
        "网点类型", also="客户类型 类型", codes="outlet_type", filter=True, place="002 雪恩 客户类型"
    )
    ownership: Mapped[Code | None] = choice(
        "所有制", also="性质", codes="ownership", filter=True, place="002 雪恩 客户类型"
    )
    customer_id: Mapped[int | None] = link("对应客户", to="customer", filter=True, belongs=True, place="+")
    region: Mapped[ShortText | None] = field("区域", also="片区", filter=True, search=True, place="+")
    address: Mapped[ShortText | None] = field("地址", mask=True, place="+")
    phone: Mapped[Phone | None] = field("电话", also="联系电话", mask=True, search=True, place="+")
    grade: Mapped[Code | None] = choice("网点级别", also="级别", codes="outlet_grade", filter=True, place="+")
    area: Mapped[Area | None] = field("营业面积（㎡）", also="面积", place="+")
    counters: Mapped[Count | None] = field("柜台或货架数", place="+")
    people: Mapped[list[OutletPerson]] = child_rows(
        "关键人物", OutletPerson, section="关键人物", place="002 雪恩 关键人物"
    )
    brands: Mapped[ShortText | None] = field("经营品牌", section="经营", place="002 雪恩 工作职责")
    supplier: Mapped[ShortText | None] = field("供货商", also="分销商", search=True, place="002 雪恩 工作职责")
    month_sales: Mapped[Money | None] = field("月均销量额", also="月均销售额", filter=True, place="+")
    visitor_id: Mapped[int | None] = person(
        "负责人员", also="业务员", filter=True, party=True, place="+", handed_over=True
    )
    visit_days: Mapped[Count | None] = field("拜访周期（天）", also="拜访周期", place="+")
    last_checked_on: Mapped[Day | None] = field("最近检查日期", filter=True, place="+")
    state: Mapped[Code] = choice("状态", codes="outlet_state", filter=True, default="open", place="+")
    closed_on: Mapped[Day | None] = field("停业日期", place="+", only_if="state: closed")
    remark: Mapped[LongText | None] = field("备注", section="其他", place="+")
