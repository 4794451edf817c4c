"""Messages at the desk: important calls noted and passed on, faxes and letters in and out."""

from sqlalchemy.orm import Mapped

from ...checks import in_order
from ...fields import Code, Count, LongText, Moment, Phone, ShortText, YesNo, choice, field, link, person
from ...grants import information_keeps, supervision
from ...grants.visits import desk_messages, messages_reach
from ...models import Register


class PhoneMessage(
    Register,
    title="前台电话与文件收发登记",
    key="received_at kind subject",
    list="received_at kind sender subject addressee_id urgency passed_at registered_by_id",
    level=1,
    scope="store department owner",
    grants=desk_messages | messages_reach | information_keeps | supervision,
    parties="received_at kind sender subject addressee_id urgency passed_at",
):
    """One call, fax or letter and whether it reached whom it was for. 002 轻舟 前台1, 10."""

    carried = "received_at registered_by_id"

    __table_args__ = (in_order("received_at", "passed_at"),)

    received_at: Mapped[Moment] = field(
        "时间", also="日期 收发时间 来电时间", filter=True, section="收发", today=True, place="002 轻舟 前台1"
    )
    kind: Mapped[Code] = choice(
        "类别", also="收发类别", codes="message_kind", default="call", filter=True, place="002 轻舟 前台10"
    )
    sender: Mapped[ShortText] = field(
        "来电人或发件方", also="来电人 寄件人 发件人", search=True, place="002 轻舟 前台1"
    )
    phone: Mapped[Phone | None] = field(
        "电话", also="回电号码 来电号码", mask=True, search=True, place="002 轻舟 前台1"
    )
    subject: Mapped[ShortText] = field("事由或文件名称", also="事由 文件名称", search=True, place="002 轻舟 前台1")
    content: Mapped[LongText | None] = field("留言内容", also="内容", place="002 轻舟 前台1")
    pages: Mapped[Count | None] = field("页数或件数", also="页数 件数", place="002 轻舟 前台10")
    tracking: Mapped[ShortText | None] = field("快递单号", search=True, place="+", only_if="kind: letter_in letter_out")
    addressee_id: Mapped[int | None] = person(
        "收件人", also="转告人 当事人", party=True, filter=True, section="转交", place="002 轻舟 前台1"
    )
    department_to_id: Mapped[int | None] = link(
        "收件部门", also="相关部门", to="department", filter=True, place="002 轻舟 前台10"
    )
    person_absent: Mapped[YesNo | None] = field("当事人不在", filter=True, place="002 轻舟 前台1")
    urgency: Mapped[Code | None] = choice(
        "重要程度", codes="message_urgency", default="ordinary", filter=True, place="002 轻舟 前台1"
    )
    passed_at: Mapped[Moment | None] = field("转达时间", also="转交时间", filter=True, place="002 轻舟 前台1")
    passed_to_id: Mapped[int | None] = person("转达给", also="签收人", party=True, filter=True, place="002 轻舟 前台1")
    answered: Mapped[YesNo | None] = field("已回复", filter=True, place="+")
    registered_by_id: Mapped[int | None] = person("登记人", filter=True, place="+")
    remark: Mapped[LongText | None] = field("备注", section="其他", place="+")
