"""What a row repeats of the customer it is about: name, telephone number, home, car."""

from collections.abc import Callable
from typing import Any

from admin_app.fields import Face
from admin_app.registers.customers.customer import Customer

from .known import Facts

_NAME = (
    "客户姓名 顾客姓名 投诉人 会员姓名 入住人 迁出人 缴费人 来电人 被叫人 业主名称 报修人 客户名称 企业名称 开户人 缴款人 "
    "姓名 申请人 客户承诺人 受访人 客户方联系人"
)
_PHONE = "联系电话 电话 号码 对方号码 联系方式 移动电话 业主电话"
_ADDRESS = "地址 通讯地址 住址 联系地址 服务地址 上门地址 工程地址 工地地址"
_ESTATE = "小区 小区名称 小区或区域"
_UNIT = "单元 房号或车牌 车辆或房号 单元/车牌 小区地址 详细地址 单元房号 单元室号"
_PLATE = "车牌号 登记车牌"
#: registers whose own people and places have such fields too
_OF_THEIR_OWN = frozenset(("outlet", "contact_person", "visit_report", "credit_line"))

Says = Callable[[Customer, Facts], Any]


def _estate(customer: Customer, facts: Facts) -> str | None:
    return facts["estate"].name if customer.estate_id and "estate" in facts else None


def _home(customer: Customer, facts: Facts) -> str | None:
    if customer.unit is None:
        return customer.address
    return (_estate(customer, facts) or "") + customer.unit


_SAID: dict[str, Says] = {
    **dict.fromkeys(_NAME.split(), lambda customer, facts: customer.name),
    **dict.fromkeys(_PHONE.split(), lambda customer, facts: customer.phone),
    **dict.fromkeys(_ADDRESS.split(), _home),
    **dict.fromkeys(_ESTATE.split(), _estate),
    **dict.fromkeys(_UNIT.split(), lambda customer, facts: customer.unit or customer.plate),
    **dict.fromkeys(_PLATE.split(), lambda customer, facts: customer.plate),
    "车架号（VIN）": lambda customer, facts: customer.vin,
    "性别": lambda customer, facts: customer.sex,
    "职业": lambda customer, facts: customer.occupation,
    "客户来源": lambda customer, facts: customer.source,
    "来源": lambda customer, facts: customer.source,
    "来店顾客所述来源": lambda customer, facts: customer.source,
    "界定来源": lambda customer, facts: customer.source,
    "客户级别": lambda customer, facts: customer.grade,
}
_KINDS = frozenset(("text", "phone", "choice"))


def repeats(table: str, face: Face, facts: Facts) -> bool:
    """Whether *face* says of the row's customer what the customer's own record says."""
    return face.label in _SAID and face.kind.name in _KINDS and "customer" in facts and table not in _OF_THEIR_OWN


def said(face: Face, facts: Facts) -> Any:
    """What the customer's record says where *face* asks for it."""
    customer = facts["customer"]
    assert isinstance(customer, Customer)
    value = _SAID[face.label](customer, facts)
    return value[: face.kind.max_length or 200] if isinstance(value, str) else value
