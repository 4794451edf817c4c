"""Service requests after the sale."""

from sqlalchemy.orm import Mapped

from ...checks import between, in_order
from ...fields import Code, Day, LongText, Moment, Money, Number, Phone, ShortText, YesNo, choice, field, link, person
from ...grants.after_sales import (
    service_by_whom_it_names,
    service_carried_out,
    service_kept,
    service_led,
    service_read,
    service_taken_in,
)
from ...models import Register


class ServiceRequest(
    Register,
    title="售后服务登记表",
    key="requested_at name content",
    list="requested_at number name kind urgency promised_at owner_id done_at state satisfied",
    level=1,
    scope="department owner",
    grants=service_kept
    | service_taken_in
    | service_carried_out
    | service_by_whom_it_names
    | service_led
    | service_read,
    parties="requested_at number customer_id kind content urgency promised_at owner_id executor_id done_at "
    "result state satisfied",
):
    """One wish of a customer, what was promised and when it was done (R-SERV-02). 001 ch5 三 一."""

    ends_with = "state: closed cancelled"
    parties_write = "done_at result state"
    due = "appointed_at"

    __table_args__ = (
        in_order("requested_at", "done_at"),
        between("charge", 0),
    )

    requested_at: Mapped[Moment] = field(
        "登记时间", also="日期 登记日期 受理时间", filter=True, section="受理", today=True, place="001 ch5 三 一"
    )
    number: Mapped[Number] = field("登记编号", also="编号 服务单号", unique=True, series="SF", search=True, place="+")
    channel: Mapped[Code | None] = choice("受理方式", also="方式", codes="register_channel", filter=True, place="+")
    customer_id: Mapped[int | None] = link("客户", to="customer", filter=True, place="001 ch5 三 一")
    name: Mapped[ShortText] = field("客户姓名", also="姓名 客户名称", search=True, place="001 ch5 三 一")
    phone: Mapped[Phone | None] = field("联系电话", also="电话", mask=True, search=True, place="001 ch5 三 一")
    address: Mapped[ShortText | None] = field("服务地址", also="地址", mask=True, place="001 ch5 三 一")
    manager_id: Mapped[int | None] = person("客户经理", filter=True, party=True, place="+", handed_over=True)
    kind: Mapped[Code] = choice(
        "服务类别", also="类别", codes="service_kind", filter=True, section="服务内容", place="001 ch5 三 一"
    )
    product: Mapped[ShortText | None] = field("产品或工程", also="产品名称 产品", search=True, place="001 ch5 三 一")
    model: Mapped[ShortText | None] = field("型号规格", also="型号", place="+")
    bought_on: Mapped[Day | None] = field("购买或竣工日期", also="购买日期", filter=True, place="+")
    in_warranty: Mapped[YesNo | None] = field("保修期内", also="是否保修", filter=True, place="+")
    content: Mapped[LongText] = field("服务要求", also="内容 服务内容", place="001 ch5 三 一")
    urgency: Mapped[Code | None] = choice("紧急程度", codes="repair_urgency", filter=True, place="+")
    owner_id: Mapped[int | None] = person("承办人", also="责任人 受理人", filter=True, section="承诺与安排", place="+")
    promised_at: Mapped[Moment | None] = field("承诺时间", also="承诺完成时间", filter=True, place="001 ch5 三 一")
    replied_at: Mapped[Moment | None] = field("答复时间", filter=True, place="+")
    appointed_at: Mapped[Moment | None] = field("约定上门时间", also="预约时间", filter=True, place="+")
    executor_id: Mapped[int | None] = person(
        "服务人员", also="维修人员", filter=True, party=True, place="001 ch5 三 一", handed_over=True
    )
    outlet_id: Mapped[int | None] = link("特约维修点", to="repair_outlet", filter=True, place="002 欧普")
    arrived_at: Mapped[Moment | None] = field("到达时间", section="完成", place="+")
    done_at: Mapped[Moment | None] = field("完成时间", also="完成日期", filter=True, place="001 ch5 三 一")
    result: Mapped[LongText | None] = field("处理结果", also="结果", place="001 ch5 三 一")
    charge: Mapped[Money | None] = field("收费金额", also="收费", place="+")
    state: Mapped[Code] = choice("状态", codes="service_state", filter=True, default="open", place="+")
    customer_signed: Mapped[YesNo | None] = field("客户已签字", place="+")
    satisfied: Mapped[Code | None] = choice("满意程度", also="客户满意度", codes="satisfaction", filter=True, place="+")
    complaint_id: Mapped[int | None] = link("转为投诉", to="complaint", late=True, place="+")
    remark: Mapped[LongText | None] = field("备注", section="其他", place="+")
