"""Claims: two registrations of one customer, and who ruled on them."""

from sqlalchemy import Index
from sqlalchemy.orm import Mapped

from ...checks import in_order
from ...fields import Attachment, Code, LongText, Moment, Phone, ShortText, choice, field, link, person, sign
from ...grants import information_keeps
from ...grants.customers import claims_followed, own_registrations
from ...models import Register


class CustomerClaim(
    Register,
    title="客户归属登记",
    key="claimed_at name phone",
    list="claimed_at name phone first_registered_at first_owner_id owner_id verdict ruled_by_id",
    level=1,
    scope="store department owner",
    grants=own_registrations | claims_followed | information_keeps,
    parties="claimed_at first_registered_at first_owner_id owner_id match "
    "head_id verdict ruling owner_after_id ruled_by_id ruled_at",
):
    """A later registration as a claim; the head above both rules whether it is one customer (R-CUST-03). 003 篇十二 3.1.3."""

    closes_with = "ruled_by_id"
    __table_args__ = (
        in_order("first_registered_at", "claimed_at"),
        Index("ix_customer_claim_claiming_id", "claiming_id"),
        Index("ix_customer_claim_registration_id", "registration_id"),
    )

    claimed_at: Mapped[Moment] = field(
        "登记时间", also="日期 时间 后登记时间", filter=True, section="客户", place="003 篇十二 3.1.3"
    )
    customer_id: Mapped[int | None] = link(
        "客户", to="customer", filter=True, help="裁定前可不填", place="003 篇十二 3.1.3"
    )
    name: Mapped[ShortText] = field("客户姓名", also="姓名 顾客姓名", search=True, place="003 篇十二 3.1.3")
    phone: Mapped[Phone | None] = field("联系电话", also="电话 手机", mask=True, search=True, place="003 篇十二 3.1.3")
    estate: Mapped[ShortText | None] = field("小区", also="小区名称", search=True, place="+")
    vehicle_or_unit: Mapped[ShortText | None] = field("车辆或房号", also="房号 车牌号", mask=True, place="+")
    registration_id: Mapped[int | None] = link(
        "先登记的登记表", to="customer_registration", section="先登记", place="003 篇十二 3.1.3"
    )
    first_registered_at: Mapped[Moment | None] = field("先登记时间", filter=True, place="003 篇十二 3.1.3")
    first_owner_id: Mapped[int | None] = person(
        "先登记人", also="先登记客户经理", party=True, filter=True, place="003 篇十二 3.1.3"
    )
    claiming_id: Mapped[int | None] = link(
        "后登记的登记表", to="customer_registration", section="后登记", place="003 篇十二 3.1.3"
    )
    owner_id: Mapped[int | None] = person("后登记人", also="后登记客户经理", filter=True, place="003 篇十二 3.1.3")
    match: Mapped[Code | None] = choice("重复依据", codes="claim_match", filter=True, place="003 篇十二 3.1.3")
    customer_names: Mapped[ShortText | None] = field("客户能说出的经理", place="003 篇十二 3.1.4")
    grounds: Mapped[LongText | None] = field("主张理由", also="理由", place="003 篇十二 3.1.3")
    evidence: Mapped[Attachment | None] = field("证明材料", place="+")
    head_id: Mapped[int | None] = person(
        "双方共同的上级",
        party=True,
        handed_over=True,
        computed=True,
        filter=True,
        section="裁定",
        place="003 篇十二 3.1.3",
    )
    verdict: Mapped[Code | None] = choice(
        "裁定",
        also="裁定结果",
        codes="claim_verdict",
        default="open",
        computed=True,
        filter=True,
        place="003 篇十二 3.1.3",
    )
    owner_after_id: Mapped[int | None] = person(
        "归属人", also="最终归属", party=True, computed=True, filter=True, place="003 篇十二 3.1.3"
    )
    ruling: Mapped[LongText | None] = field("裁定说明", computed=True, place="003 篇十二 3.1.3")
    ruled_by_id: Mapped[int | None] = sign("裁定人", signed_with="approve", by="head_id", place="003 篇十二 3.1.3")
    remark: Mapped[LongText | None] = field("备注", section="其他", place="+")
