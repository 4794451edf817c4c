"""Designers: what the choice of a designer goes by."""

from sqlalchemy.orm import Mapped

from ...fields import (
    Code,
    Codes,
    Count,
    Day,
    LongText,
    Moment,
    ShortText,
    YesNo,
    child_rows,
    choice,
    choices,
    field,
    person,
)
from ...grants import designers_kept
from ...models import Lines, Register


class DesignerJob(Lines, of="designer"):
    """One line of the employment history: city, firm, from and until."""

    city: Mapped[ShortText | None] = field("城市", place="000 派单制度5")
    company: Mapped[ShortText] = field("公司", place="000 派单制度5")
    post: Mapped[ShortText | None] = field("职务", place="+")
    from_on: Mapped[Day | None] = field("起", place="000 派单制度5")
    until_on: Mapped[Day | None] = field("止", place="000 派单制度5")


class DesignerAward(Lines, of="designer"):
    """One award."""

    name: Mapped[ShortText] = field("奖项", place="000 派单制度5")
    issuer: Mapped[ShortText | None] = field("颁发单位", place="+")
    awarded_on: Mapped[Day | None] = field("获奖日期", place="+")


class DesignerWork(Lines, of="designer"):
    """One published work."""

    name: Mapped[ShortText] = field("作品名称", place="000 派单制度5")
    published_in: Mapped[ShortText | None] = field("发表刊物", place="000 派单制度5")
    published_on: Mapped[Day | None] = field("发表日期", place="+")


class Designer(
    Register,
    title="设计师档案",
    key="employee_id",
    list="employee_id level_code charges_fee styles material_target_met department_rank held state",
    level=1,
    scope="store",
    grants=designers_kept,
    parties="employee_id level_code charges_fee school styles customer_types material_target_met department_rank "
    "received held signed last_received_at state",
):
    """A designer as the proposer sees them: level, styles, standing, orders held (R-DISP-03/04). 000 派单制度5."""

    employee_id: Mapped[int] = person(
        "设计师", also="姓名 设计师姓名", unique=True, party=True, section="基本情况", place="000 派单制度5"
    )
    level_code: Mapped[Code] = choice(
        "级别", also="设计师级别", codes="designer_level", filter=True, place="000 派单制度5"
    )
    charges_fee: Mapped[YesNo | None] = field("是否收费", also="收费", filter=True, place="000 派单制度5")
    school: Mapped[ShortText | None] = field("毕业院校", search=True, place="000 派单制度5")
    jobs: Mapped[list[DesignerJob]] = child_rows("工作简历", DesignerJob, place="000 派单制度5")
    styles: Mapped[Codes | None] = choices(
        "作品风格", codes="style", filter=True, section="作品", place="000 派单制度5"
    )
    awards: Mapped[list[DesignerAward]] = child_rows("获奖", DesignerAward, place="000 派单制度5")
    works: Mapped[list[DesignerWork]] = child_rows("发表作品", DesignerWork, place="000 派单制度5")
    customer_types: Mapped[Codes | None] = choices(
        "适应的客户类型", codes="customer_type", filter=True, section="与客户", place="000 派单制度5"
    )
    manner: Mapped[LongText | None] = field("沟通方式与服务态度", also="沟通方式 服务态度", place="000 派单制度5")
    material_target_met: Mapped[YesNo | None] = field(
        "主材销售是否达标", also="主材达标", filter=True, section="业绩", place="000 选派规定1"
    )
    department_rank: Mapped[Count | None] = field("部门排名", filter=True, place="000 选派规定2")
    received: Mapped[Count | None] = field("最近接待数", computed=True, place="000 派单制度5")
    held: Mapped[Count | None] = field("持单数", computed=True, filter=True, place="000 选派规定3")
    signed: Mapped[Count | None] = field("最近签单数", computed=True, place="000 派单制度5")
    last_received_at: Mapped[Moment | None] = field("最近派单时间", computed=True, place="000 选派规定6")
    state: Mapped[Code | None] = choice(
        "当时工作状态", codes="designer_state", computed=True, filter=True, place="000 选派规定7"
    )
    remark: Mapped[LongText | None] = field("备注", section="其他", place="+")
