"""What customers say of a service."""

from sqlalchemy.orm import Mapped

from ...checks import between, in_order
from ...fields import Code, Count, Day, LongText, Phone, ShortText, choice, field, link, person, sign
from ...grants.after_sales import service_carried_out, service_kept, service_led, service_read, service_taken_in
from ...models import Register


class ServiceFeedback(
    Register,
    title="售后服务信息反馈表",
    key="given_on request_id name",
    list="given_on name request_id attitude punctuality quality score passed_to_id answered_on",
    level=1,
    scope="department owner",
    grants=service_kept | service_taken_in | service_carried_out | service_led | service_read,
    parties="given_on request_id servant_id attitude punctuality quality score opinion passed_to_id answered_on answer",
):
    """One feedback: attitude, punctuality, quality, and the department it was passed to. 001 ch5 三 六, 002 欧普 操作流程3."""

    __table_args__ = (
        between("score", 0, 100),
        in_order("passed_on", "answered_on"),
    )

    given_on: Mapped[Day] = field(
        "反馈日期", also="日期", filter=True, section="反馈", today=True, place="001 ch5 三 六"
    )
    request_id: Mapped[int | None] = link(
        "服务登记", also="服务单号", to="service_request", filter=True, belongs=True, place="001 ch5 三 六"
    )
    customer_id: Mapped[int | None] = link("客户", to="customer", filter=True, place="001 ch5 三 六")
    name: Mapped[ShortText] = field("客户姓名", also="姓名 客户名称", search=True, place="001 ch5 三 六")
    phone: Mapped[Phone | None] = field("联系电话", also="电话", mask=True, search=True, place="001 ch5 三 六")
    method: Mapped[Code | None] = choice("反馈方式", codes="survey_method", filter=True, place="+")
    servant_id: Mapped[int | None] = person("服务人员", filter=True, party=True, place="001 ch5 三 六")
    served_on: Mapped[Day | None] = field("服务日期", place="+")
    attitude: Mapped[Code | None] = choice(
        "服务态度", also="态度", codes="satisfaction", filter=True, section="评价", place="001 ch5 三 六"
    )
    punctuality: Mapped[Code | None] = choice(
        "准时性", also="是否准时", codes="satisfaction", filter=True, place="001 ch5 三 六"
    )
    quality: Mapped[Code | None] = choice(
        "服务质量", also="质量", codes="satisfaction", filter=True, place="001 ch5 三 六"
    )
    charge_fair: Mapped[Code | None] = choice("收费合理性", also="收费", codes="satisfaction", filter=True, place="+")
    score: Mapped[Count | None] = field("评分", also="得分", filter=True, place="+", help="0 至 100 分")
    opinion: Mapped[LongText | None] = field("意见与建议", also="意见 建议", place="001 ch5 三 六")
    product_opinion: Mapped[LongText | None] = field("对产品的意见", place="002 欧普 一3")
    passed_to_id: Mapped[int | None] = link(
        "转送部门", to="department", filter=True, section="转送", place="002 欧普 一3"
    )
    passed_on: Mapped[Day | None] = field("转送日期", filter=True, place="002 欧普 操作流程3")
    passed_by_id: Mapped[int | None] = sign(
        "转送人", signed_with="edit", roles="service_officer service_manager", place="+"
    )
    answer: Mapped[LongText | None] = field("部门答复", also="答复", place="001 ch5 三 六")
    answered_on: Mapped[Day | None] = field("答复日期", filter=True, place="+")
    told_on: Mapped[Day | None] = field("回告客户日期", filter=True, place="+")
    complaint_id: Mapped[int | None] = link("转为投诉", to="complaint", late=True, place="+")
    remark: Mapped[LongText | None] = field("备注", section="其他", place="+")
