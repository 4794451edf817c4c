"""Calls on residents, those with complaints first."""

from sqlalchemy.orm import Mapped

from ...fields import Code, Day, LongText, Moment, Phone, ShortText, YesNo, choice, field, link, person
from ...grants.property import property_headed, residents_served
from ...models import Register


class ResidentVisit(
    Register,
    title="住户走访记录",
    key="visited_at unit_id",
    list="visited_at unit_id cause visitor_id attitude handler_id answer_by answered_on next_on",
    level=1,
    scope="department",
    grants=residents_served | property_headed,
    parties="unit_id customer_id complaint_id cause visited_at visitor_id companions content opinions needs attitude "
    "handler_id department_responsible_id measure answer_by answered_on resolved next_on",
):
    """One visit; units with open complaints come first, and each gets an answer (R-PROP-01). 003 篇五 4.6; 002 3.6."""

    carried = "visited_at visitor_id"

    due = "answer_by until answered_on by handler_id"

    unit_id: Mapped[int] = link(
        "物业单元", also="单元 房号", to="property_unit", belongs=True, filter=True, section="走访", place="002 3.6"
    )
    customer_id: Mapped[int | None] = link("客户", also="业主 住户", to="customer", filter=True, place="+")
    complaint_id: Mapped[int | None] = link("对应投诉", to="complaint", filter=True, place="003 篇五 4.6")
    cause: Mapped[Code] = choice(
        "走访原因", also="原因", codes="property_visit_cause", default="routine", filter=True, place="003 篇五 4.6"
    )
    visited_at: Mapped[Moment] = field("走访时间", also="日期 走访日期", filter=True, today=True, place="002 3.6")
    visitor_id: Mapped[int] = person("走访人", party=True, filter=True, place="002 3.6")
    companions: Mapped[ShortText | None] = field("陪同人员", search=True, place="+")
    met: Mapped[ShortText | None] = field("受访人", also="受访人姓名", mask=True, search=True, place="+")
    phone: Mapped[Phone | None] = field("联系电话", mask=True, place="+")
    content: Mapped[LongText] = field("走访内容", also="内容", section="情况", place="002 3.6")
    opinions: Mapped[LongText | None] = field("意见与建议", also="意见", place="003 篇五 4.6")
    needs: Mapped[LongText | None] = field("需求", place="+")
    attitude: Mapped[Code | None] = choice("满意程度", also="满意", codes="property_attitude", filter=True, place="+")
    handler_id: Mapped[int | None] = person("处理人", also="责任人", party=True, filter=True, section="处理", place="+")
    department_responsible_id: Mapped[int | None] = link("责任部门", to="department", filter=True, place="+")
    measure: Mapped[LongText | None] = field("处理措施", also="处理情况", place="003 篇五 4.6")
    answer_by: Mapped[Day | None] = field("答复期限", filter=True, place="+")
    answered_on: Mapped[Day | None] = field("答复日期", filter=True, place="003 篇五 4.3")
    resolved: Mapped[YesNo | None] = field("已解决", filter=True, place="003 篇五 4.6")
    next_on: Mapped[Day | None] = field("下次走访日期", also="下次走访", filter=True, place="+")
    remark: Mapped[LongText | None] = field("备注", section="其他", place="+")
