"""Units: the homes, offices and shops that the property looks after."""

from sqlalchemy.orm import Mapped

from ...checks import in_order
from ...fields import (
    Area,
    Code,
    Count,
    Day,
    IdentityNumber,
    LongText,
    Money,
    Phone,
    ShortText,
    child_rows,
    choice,
    field,
    link,
    person,
)
from ...grants.property import property_headed, residents_served
from ...models import Lines, Register


class PropertyUnitResident(Lines, of="property_unit"):
    """Somebody who lives or works in the unit."""

    name: Mapped[ShortText] = field("姓名", mask=True, place="+")
    relation: Mapped[ShortText | None] = field("与业主关系", place="+")
    phone: Mapped[Phone | None] = field("电话", mask=True, place="+")
    from_on: Mapped[Day | None] = field("入住日期", place="+")
    note: Mapped[ShortText | None] = field("说明", mask=True, place="+")


class PropertyUnit(
    Register,
    title="物业单元档案",
    key="code",
    list="code building use customer_id state area tenant_name moved_in_on arrears",
    level=1,
    scope="department",
    grants=residents_served | property_headed,
    parties="code building unit use state area",
):
    """One unit, its owner and who lives in it (R-PROP-01). 002 客户服务部."""

    __table_args__ = (
        in_order("lease_from", "lease_until"),
        in_order("handed_over_on", "moved_in_on"),
    )

    estate_id: Mapped[int | None] = link(
        "小区", also="小区名称 项目名称", to="estate", filter=True, section="单元", place="+"
    )
    code: Mapped[ShortText] = field("房产编号", also="物业单元 房号", search=True, place="+", help="栋-单元-室")
    building: Mapped[ShortText | None] = field(
        "楼栋", also="栋号 楼号", filter=True, search=True, place="002 客户服务部"
    )
    unit: Mapped[ShortText | None] = field("单元室号", also="单元 室号", search=True, place="002 客户服务部")
    floor: Mapped[Count | None] = field("楼层", filter=True, place="+")
    use: Mapped[Code] = choice("用途", codes="property_use", default="home", filter=True, place="+")
    layout: Mapped[ShortText | None] = field("户型", search=True, place="+")
    area: Mapped[Area | None] = field("建筑面积（㎡）", also="面积 建筑面积", filter=True, place="+")
    charged_area: Mapped[Area | None] = field("计费面积（㎡）", place="+")
    state: Mapped[Code] = choice(
        "状态", also="房屋状态", codes="property_unit_state", default="empty", filter=True, place="+"
    )
    customer_id: Mapped[int | None] = link(
        "业主", also="业主姓名 客户", to="customer", filter=True, section="业主", place="002 客户服务部"
    )
    owner_name: Mapped[ShortText | None] = field(
        "业主名称", also="产权人", mask=True, search=True, place="002 客户服务部"
    )
    owner_phone: Mapped[Phone | None] = field("业主电话", also="联系电话 电话", mask=True, search=True, place="+")
    owner_identity: Mapped[IdentityNumber | None] = field("业主身份证号", also="身份证", mask=True, level=2, place="+")
    deed_number: Mapped[ShortText | None] = field("产权证号", mask=True, search=True, place="+")
    handed_over_on: Mapped[Day | None] = field("交房日期", also="收楼日期", filter=True, place="002 3.1")
    tenant_id: Mapped[int | None] = link("租户档案", to="customer", filter=True, section="租户", place="002 客户服务部")
    tenant_name: Mapped[ShortText | None] = field(
        "租户", also="租户姓名", mask=True, search=True, place="002 客户服务部"
    )
    tenant_phone: Mapped[Phone | None] = field("租户电话", mask=True, search=True, place="+")
    lease_from: Mapped[Day | None] = field("租期起", filter=True, place="+")
    lease_until: Mapped[Day | None] = field("租期止", also="租约到期", filter=True, place="+")
    moved_in_on: Mapped[Day | None] = field("入住日期", filter=True, place="003 篇五 4.1")
    residents: Mapped[list[PropertyUnitResident]] = child_rows(
        "同住人员", PropertyUnitResident, section="居住与联系", place="+"
    )
    emergency_name: Mapped[ShortText | None] = field("紧急联系人", mask=True, place="+")
    emergency_phone: Mapped[Phone | None] = field("紧急联系电话", mask=True, place="+")
    plates: Mapped[ShortText | None] = field("登记车牌", also="车牌号", mask=True, search=True, place="+")
    parking: Mapped[ShortText | None] = field("车位", search=True, place="+")
    pets: Mapped[ShortText | None] = field("饲养宠物", place="+")
    fee_rate: Mapped[Money | None] = field("物业费单价（元/㎡·月）", also="物业费单价", section="费用", place="+")
    fee_until: Mapped[Day | None] = field("物业费缴至", filter=True, place="+")
    arrears: Mapped[Money | None] = field("欠费金额", also="欠费", filter=True, mask=True, place="+")
    water_meter: Mapped[ShortText | None] = field("水表号", search=True, place="+")
    power_meter: Mapped[ShortText | None] = field("电表号", search=True, place="+")
    officer_id: Mapped[int | None] = person(
        "客户管家", also="负责人", party=True, filter=True, place="+", handed_over=True
    )
    remark: Mapped[LongText | None] = field("备注", section="其他", place="+")
