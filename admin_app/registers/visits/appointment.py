"""Appointments: what was promised to a customer for when, and whether it was kept."""

from sqlalchemy.orm import Mapped

from ...checks import between, in_order
from ...fields import Code, Count, Day, LongText, Moment, Phone, ShortText, YesNo, choice, field, link, person
from ...grants import (
    designers_party,
    desk_imports,
    desk_keeps,
    heads_manage,
    information_keeps,
    own_customers,
    own_sales,
    sales_managed,
    supervision,
)
from ...grants.visits import service_visits
from ...models import Register


class Appointment(
    Register,
    title="客户预约登记表",
    key="promised_at customer_id matter",
    list="promised_at customer_id matter place with_id kept moved_to_at booked_on",
    level=1,
    scope="store department owner",
    grants=desk_keeps
    | desk_imports
    | own_customers
    | own_sales
    | sales_managed
    | designers_party
    | heads_manage
    | service_visits
    | information_keeps
    | supervision,
    parties="promised_at customer_id matter place with_id kept",
):
    """One appointment, booked on the spot; kept, late or missed (R-RELA-02, R-SERV-02). 003 篇一12, 002 客户守则3."""

    ends_with = "kept: on_time late customer missed moved"
    due = "promised_at for customer_id"

    __table_args__ = (
        in_order("promised_at", "ends_at"),
        between("late_minutes", 0, 1440),
    )

    customer_id: Mapped[int] = link(
        "客户",
        also="客户姓名 客户名称",
        to="customer",
        belongs=True,
        filter=True,
        section="预约",
        place="002 客户守则3",
    )
    matter: Mapped[Code] = choice("预约事项", also="事项", codes="appointment_matter", filter=True, place="003 篇一12")
    promised_at: Mapped[Moment] = field("约定时间", also="预约时间 日期", filter=True, place="002 客户守则3")
    ends_at: Mapped[Moment | None] = field("预计结束", place="+")
    place: Mapped[ShortText | None] = field("地点", also="约定地点", place="+")
    address: Mapped[ShortText | None] = field("上门地址", also="地址", mask=True, place="+")
    with_id: Mapped[int | None] = person(
        "赴约人", also="我方人员 设计师", party=True, filter=True, place="002 客户守则3", handed_over=True
    )
    booked_on: Mapped[Day | None] = field("预约日期", also="登记日期", filter=True, place="003 篇一12")
    booked_by_id: Mapped[int | None] = person("登记人", party=True, filter=True, place="+")
    contact: Mapped[ShortText | None] = field("客户方联系人", also="联系人", place="+")
    phone: Mapped[Phone | None] = field("联系电话", also="电话", mask=True, place="+")
    prepare: Mapped[LongText | None] = field("需准备事项", place="+")
    reminded_at: Mapped[Moment | None] = field("提醒时间", place="+")
    kept: Mapped[Code | None] = choice(
        "履约情况",
        also="是否按时",
        codes="appointment_kept",
        default="waiting",
        filter=True,
        section="履约",
        place="002 客户守则3",
    )
    arrived_at: Mapped[Moment | None] = field("实际到达时间", also="到达时间", place="+")
    late_minutes: Mapped[Count | None] = field("迟到分钟", filter=True, place="002 客户守则3")
    reason: Mapped[LongText | None] = field(
        "迟到或改期原因",
        also="原因",
        place="+",
        only_if="kept: late missed moved customer",
        required_if="kept: late moved",
    )
    moved_to_at: Mapped[Moment | None] = field("改期至", filter=True, place="+")
    told_customer: Mapped[YesNo | None] = field("已提前告知客户", place="+")
    result: Mapped[LongText | None] = field("结果", place="+")
    next_id: Mapped[int | None] = link("下次预约", to="appointment", place="003 篇一12")
    remark: Mapped[LongText | None] = field("备注", section="其他", place="+")
