"""Employees: the people of the company, with the rights that sign-in gives them."""

from sqlalchemy import CheckConstraint
from sqlalchemy.orm import Mapped

from ...fields import (
    Code,
    Codes,
    Day,
    Email,
    IdentityNumber,
    LongText,
    Phone,
    ShortText,
    YesNo,
    choice,
    choices,
    field,
    link,
)
from ...grants import admin_keeps, reference_data, staff_kept
from ...models import Register


class Employee(
    Register,
    title="员工",
    key="name number",
    list="name number post department_id store_id roles phone",
    level=1,
    scope="store department",
    grants=reference_data | admin_keeps | staff_kept,
    parties="number name post department_id store_id",
):
    """Who works here. Roles and clearance change by request and approval only (R-ROLE-02); accounts lie elsewhere."""

    sought = True
    is_somebody = True
    told_by = "number phone"

    __table_args__ = (
        CheckConstraint("joined_on <= left_on", name="left_after_joining"),
        CheckConstraint("absent_from <= absent_until", name="absence_in_order"),
    )

    name: Mapped[ShortText] = field("姓名", also="员工姓名", search=True, section="基本情况", place="001 ch1")
    number: Mapped[ShortText | None] = field("工号", also="员工编号", unique=True, search=True, place="+")
    sex: Mapped[Code | None] = choice("性别", codes="sex", place="+")
    post: Mapped[ShortText | None] = field("岗位", also="职务 职位", search=True, filter=True, place="001 ch1")
    department_id: Mapped[int | None] = link("部门", also="所属部门", to="department", filter=True, place="001 ch1")
    store_id: Mapped[int | None] = link("店面", also="所属店面", to="store", filter=True, place="000")
    phone: Mapped[Phone | None] = field("手机", also="联系电话 手机号 电话", mask=True, search=True, place="+")
    email: Mapped[Email | None] = field("电子邮箱", also="邮箱 Email", place="+", help="到期提醒发到这里，须是工作邮箱")
    joined_on: Mapped[Day | None] = field("入职日期", filter=True, place="+")
    left_on: Mapped[Day | None] = field("离职日期", filter=True, place="+")
    roles: Mapped[Codes | None] = choices(
        "系统岗位", codes="role", computed=True, filter=True, section="权限", place="R-ROLE-01"
    )
    clearance: Mapped[Code | None] = choice(
        "密级权限", codes="level", computed=True, filter=True, place="003 篇十一 22"
    )
    carrier: Mapped[YesNo | None] = field(
        "密级文件指定人员", filter=True, place="003 篇十一 23.2", help="收发、传递和外出携带重要资料只由指定人员办理"
    )
    identity_number: Mapped[IdentityNumber | None] = field(
        "身份证号", also="身份证", mask=True, level=3, section="个人信息", place="+"
    )
    born_on: Mapped[Day | None] = field("出生日期", mask=True, place="+")
    home_address: Mapped[ShortText | None] = field("家庭住址", also="住址", mask=True, place="+")
    emergency_contact: Mapped[ShortText | None] = field("紧急联系人及电话", mask=True, place="+")
    absent_from: Mapped[Day | None] = field("缺勤起", section="请假与外出", place="000 派单制度2")
    absent_until: Mapped[Day | None] = field("缺勤止", filter=True, place="000 派单制度2")
    absence_reason: Mapped[Code | None] = choice("缺勤原因", codes="absence_reason", place="000 派单制度2")
    remark: Mapped[LongText | None] = field("备注", section="其他", place="+")
