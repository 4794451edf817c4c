"""Praise from customers."""

from sqlalchemy.orm import Mapped

from ...checks import between
from ...fields import Attachment, Code, Day, LongText, Money, Phone, ShortText, YesNo, choice, field, link, person, sign
from ...grants.complaints import (
    complaints_decided,
    complaints_kept,
    complaints_led,
    opinions_gathered,
    praise_followed,
    praise_verified,
)
from ...models import Register


class Praise(
    Register,
    title="客户表扬登记表",
    key="praised_on person_id name",
    list="praised_on person_id name form public content verified_by_id amount_proposed",
    level=1,
    scope="store department",
    grants=complaints_kept
    | opinions_gathered
    | praise_verified
    | praise_followed
    | complaints_led
    | complaints_decided,
    parties="praised_on person_id form public content verified_by_id verified_at amount_proposed",
):
    """One praise; public praise is ground for a reward of 100 to 500 (R-SCOR-06). 000 奖励2."""

    __table_args__ = (between("amount_proposed", 0),)

    praised_on: Mapped[Day] = field("表扬日期", also="日期", filter=True, section="表扬", today=True, place="000 奖励2")
    customer_id: Mapped[int | None] = link("客户", to="customer", filter=True, belongs=True, place="+")
    name: Mapped[ShortText] = field("顾客姓名", also="客户姓名 姓名", search=True, place="000 奖励2")
    phone: Mapped[Phone | None] = field("联系电话", also="电话", mask=True, search=True, place="+")
    form: Mapped[Code] = choice("表扬方式", also="方式 形式", codes="praise_form", filter=True, place="+")
    public: Mapped[YesNo | None] = field("公开表扬", also="是否公开", filter=True, place="000 奖励2")
    person_id: Mapped[int] = person("被表扬人", also="受表扬人", filter=True, party=True, place="000 奖励2")
    person_department_id: Mapped[int | None] = link("所在部门", to="department", filter=True, place="+")
    content: Mapped[LongText] = field("表扬内容", also="内容 事迹", place="000 奖励2")
    proof: Mapped[Attachment | None] = field("凭证", also="锦旗照片 附件", place="+")
    received_by_id: Mapped[int | None] = sign(
        "登记人", signed_with="edit", roles="service_officer clerk customer_manager service_manager", place="+"
    )
    verdict: Mapped[LongText | None] = field("核实意见", section="核实与奖励", place="+")
    amount_proposed: Mapped[Money | None] = field(
        "建议奖励金额", also="奖励金额", filter=True, place="000 奖励2", help="公开表扬 100 至 500 元"
    )
    thanked_on: Mapped[Day | None] = field("答谢客户日期", filter=True, place="+")
    announced_on: Mapped[Day | None] = field("通报日期", filter=True, place="+", only_if="public")
    verified_by_id: Mapped[int | None] = sign(
        "核实", signed_with="approve", roles="store_manager service_manager director general_manager", place="+"
    )
    remark: Mapped[LongText | None] = field("备注", section="其他", place="+")
