"""Office supplies: what came in, what went out, to whom."""

from sqlalchemy.orm import Mapped

from ...checks import between
from ...fields import Code, Count, Day, LongText, Money, ShortText, YesNo, choice, field, person
from ...grants.organisation import leadership_reads, personnel_keeps, staff_named, store_keeps
from ...models import Register


class SupplyIssue(
    Register,
    title="办公用品收发登记表",
    key="moved_on item person_id",
    list="moved_on item move quantity unit person_id amount registered_by_id",
    level=1,
    scope="store department",
    grants=store_keeps | personnel_keeps | staff_named | leadership_reads,
    parties="moved_on item move quantity unit person_id",
):
    """One movement of one kind of supplies. 000 职责7, 002 轻舟 前台12."""

    carried = "moved_on move registered_by_id"

    __table_args__ = (
        between("unit_price", 0),
        between("amount", 0),
    )

    moved_on: Mapped[Day] = field(
        "日期", also="收发日期 领用日期", filter=True, section="收发", today=True, place="000 职责7"
    )
    item: Mapped[ShortText] = field("物品名称", also="品名 名称 物品", search=True, place="000 职责7")
    specification: Mapped[ShortText | None] = field("规格型号", also="规格", place="+")
    move: Mapped[Code] = choice("收发", also="收发类别 类别", codes="supply_move", filter=True, place="000 职责7")
    quantity: Mapped[Count] = field("数量", filter=True, place="000 职责7")
    unit: Mapped[ShortText | None] = field("单位", place="+")
    unit_price: Mapped[Money | None] = field("单价（元）", also="单价", place="+")
    amount: Mapped[Money | None] = field("金额（元）", also="金额", filter=True, place="+")
    stock_after: Mapped[Count | None] = field("结存数量", also="结存", place="+")
    person_id: Mapped[int | None] = person(
        "领用人", also="领取人 交货人", party=True, filter=True, section="经手", place="000 职责7"
    )
    purpose: Mapped[ShortText | None] = field("用途", place="+")
    supplier: Mapped[ShortText | None] = field("供货单位", also="供应商", search=True, place="+")
    received: Mapped[YesNo | None] = field("已签收", also="签收", filter=True, place="+")
    registered_by_id: Mapped[int | None] = person("登记人", filter=True, place="000 职责7")
    remark: Mapped[LongText | None] = field("备注", section="其他", place="+")
