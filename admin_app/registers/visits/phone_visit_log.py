"""Contacts received: who called, wrote or came, about what, and where it went."""

from sqlalchemy.orm import Mapped

from ...checks import in_order
from ...fields import Attachment, Code, LongText, Moment, Phone, ShortText, YesNo, choice, field, link, person
from ...grants import desk_imports, desk_keeps, heads_manage, information_keeps, own_customers, supervision
from ...grants.visits import service_keeps
from ...models import Register


class PhoneVisitLog(
    Register,
    title="来人来电来访登记表",
    key="received_at name matter",
    list="received_at form name phone unit_or_plate matter received_by_id to_handle complaint_slip_id",
    level=1,
    scope="store department owner",
    grants=desk_keeps | desk_imports | service_keeps | own_customers | heads_manage | information_keeps | supervision,
    parties="received_at form name matter received_by_id to_handle",
):
    """One call, letter or visit; what needs handling becomes a slip (R-COMP-01). 003 篇十三2-3."""

    contacted = "received_at"

    carried = "received_at received_by_id"

    __table_args__ = (in_order("received_at", "answered_at"),)

    received_at: Mapped[Moment] = field(
        "日期时间", also="日期 时间 登记时间", filter=True, section="来人来电", today=True, place="003 篇十三2"
    )
    form: Mapped[Code] = choice(
        "形式", also="来访形式 方式", codes="visitor_form", default="call", filter=True, place="003 篇十三2"
    )
    name: Mapped[ShortText] = field("姓名", also="来访人 来电人 客户姓名", search=True, place="003 篇十三2")
    phone: Mapped[Phone | None] = field("电话", also="联系电话 手机", mask=True, search=True, place="003 篇十三2")
    unit_or_plate: Mapped[ShortText | None] = field(
        "单元/车牌", also="单元 车牌号 房号", mask=True, search=True, place="003 篇十三2"
    )
    customer_id: Mapped[int | None] = link("对应客户", also="客户", to="customer", belongs=True, filter=True, place="+")
    letter_number: Mapped[ShortText | None] = field("来函编号", search=True, place="+", only_if="form: letter")
    matter: Mapped[Code] = choice(
        "事项类别", also="类别", codes="visitor_matter", filter=True, section="内容", place="+"
    )
    content: Mapped[LongText] = field("内容", also="投诉内容 来访内容", place="003 篇十三2")
    wishes: Mapped[LongText | None] = field("客户要求", also="要求", place="+")
    attachment: Mapped[Attachment | None] = field("来函或附件", place="+")
    received_by_id: Mapped[int] = person(
        "接待人", also="接待人员 登记人", party=True, filter=True, section="处理", place="003 篇十三2"
    )
    to_handle: Mapped[YesNo] = field("是否需处理", also="需处理", default=False, filter=True, place="003 篇十三3")
    complaint_id: Mapped[int | None] = link("投诉登记", to="complaint", late=True, place="003 篇十三2")
    complaint_slip_id: Mapped[int | None] = link(
        "转处理单号", also="处理单号", to="complaint_slip", late=True, place="003 篇十三3"
    )
    department_to_id: Mapped[int | None] = link("转交部门", to="department", filter=True, place="003 篇十三3")
    grave: Mapped[YesNo | None] = field(
        "重大", also="重大投诉", filter=True, place="003 篇十三4 ?重大投诉须上报物业中心经理"
    )
    reported_to_id: Mapped[int | None] = person("已上报", party=True, filter=True, place="003 篇十三4")
    answer: Mapped[LongText | None] = field("答复情况", also="处理结果", place="+")
    answered_at: Mapped[Moment | None] = field("答复时间", filter=True, place="+")
    remark: Mapped[LongText | None] = field("备注", section="其他", place="+")
