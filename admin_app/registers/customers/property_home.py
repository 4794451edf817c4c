"""Homes: what is to be decorated, and how the customer wants it."""

from sqlalchemy import CheckConstraint
from sqlalchemy.orm import Mapped

from ...fields import (
    Area,
    Codes,
    Count,
    Day,
    LongText,
    Money,
    ShortText,
    YesNo,
    choices,
    field,
    link,
    person,
)
from ...grants import designers_party, heads_manage, information_keeps, own_customers, service_reads, supervision
from ...models import Register


class PropertyHome(
    Register,
    title="客户房屋情况",
    key="customer_id address",
    list="customer_id estate_id layout area off_plan handover_on",
    level=2,
    scope="store department owner",
    grants=own_customers | designers_party | heads_manage | service_reads | information_keeps | supervision,
    parties="customer_id estate_id layout area rooms off_plan handover_on styles customer_types wishes",
):
    """A customer's home. Off-plan ones don't count as plans without signing (R-DISP-03). 000 ch2 房屋情况."""

    __table_args__ = (CheckConstraint("area > 0", name="some_area"),)

    customer_id: Mapped[int] = link(
        "客户", also="客户姓名 客户名称", to="customer", belongs=True, filter=True, section="房屋", place="000 ch2"
    )
    designer_id: Mapped[int | None] = person("设计师", party=True, filter=True, place="000 ch2")
    estate_id: Mapped[int | None] = link("小区", also="小区名称", to="estate", filter=True, place="000 ch2")
    address: Mapped[ShortText] = field("详细地址", also="小区地址 房号 地址", mask=True, place="000 ch2")
    layout: Mapped[ShortText | None] = field("户型", filter=True, search=True, place="000 ch2")
    area: Mapped[Area | None] = field("建筑面积（㎡）", also="面积 建筑面积", filter=True, place="000 ch2")
    rooms: Mapped[Count | None] = field("居室数", filter=True, place="+")
    off_plan: Mapped[YesNo | None] = field("是否期房", also="期房", filter=True, place="000 ch2")
    handover_on: Mapped[Day | None] = field("交房日期", filter=True, place="000 ch2")
    bought_on: Mapped[Day | None] = field("购房日期", place="+")
    styles: Mapped[Codes | None] = choices(
        "喜好风格", codes="style", filter=True, section="需求", place="000 ch2 喜好情况"
    )
    customer_types: Mapped[Codes | None] = choices(
        "客户类型", codes="customer_type", filter=True, place="000 派单制度5"
    )
    budget: Mapped[Money | None] = field("装修预算", also="预算", mask=True, place="000 ch2 需求意向")
    family: Mapped[ShortText | None] = field("家庭成员", also="家庭情况", mask=True, place="000 ch2 家庭情况")
    wishes: Mapped[LongText | None] = field("需求意向", place="000 ch2 需求意向")
    remark: Mapped[LongText | None] = field("备注", section="其他", place="+")
