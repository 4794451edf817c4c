"""Source checks: where a customer says they come from, what was registered before, and what counts."""

from sqlalchemy.orm import Mapped

from ...fields import (
    Attachment,
    Code,
    Day,
    LongText,
    Moment,
    Phone,
    ShortText,
    YesNo,
    choice,
    field,
    link,
    person,
    sign,
)
from ...grants import (
    desk_imports,
    desk_keeps,
    heads_manage,
    information_keeps,
    own_customers,
    signed_above,
    supervision,
)
from ...grants.customers import sources_ruled
from ...models import Register


class SourceCheck(
    Register,
    title="客户来源界定表",
    key="came_on name phone",
    list="came_on name phone claimed_source pre_registered_by on_arrival source week_on verdict",
    level=1,
    scope="store owner",
    grants=desk_keeps
    | desk_imports
    | own_customers
    | heads_manage
    | sources_ruled
    | information_keeps
    | supervision
    | signed_above,
    parties="came_on name estate claimed_source on_arrival source owner_id week_on verdict",
):
    """One customer's source, compared at the visit, confirmed or disputed weekly (R-CUST-06). 000 ch2 三."""

    came_on: Mapped[Day] = field("来店日期", also="日期", filter=True, section="来店", today=True, place="000 ch2 三")
    customer_id: Mapped[int | None] = link(
        "客户", also="客户名称", to="customer", belongs=True, filter=True, place="000 ch2 三"
    )
    visitor_id: Mapped[int | None] = link("来店登记", to="visitor", place="000 ch2 三")
    consultation_id: Mapped[int | None] = link("咨询登记", also="咨询登记表", to="consultation", place="000 ch2 三")
    claimed_source: Mapped[Code] = choice(
        "来店顾客所述来源", also="顾客来源 所述来源", codes="source", filter=True, place="000 ch2 三"
    )
    owner_id: Mapped[int | None] = person("客户经理", filter=True, place="000 ch2 三")
    pre_registered_by: Mapped[Code | None] = choice(
        "预登记方式",
        also="预登记",
        codes="pre_registered_by",
        default="none",
        filter=True,
        section="预登记",
        place="000 ch2 三",
    )
    registrar_id: Mapped[int | None] = person("预登记人", party=True, filter=True, place="000 ch2 三")
    registrar_name: Mapped[ShortText | None] = field(
        "预登记人（写明）", also="家装顾问", search=True, place="000 ch2 三"
    )
    registered_at: Mapped[Moment | None] = field("预登记时间", filter=True, place="+")
    name: Mapped[ShortText] = field("姓名", also="顾客姓名 客户姓名", search=True, place="000 ch2 三")
    sex: Mapped[Code | None] = choice("性别", codes="sex", place="000 ch2 三")
    phone: Mapped[Phone] = field("电话", also="联系电话 手机", mask=True, search=True, place="000 ch2 三")
    estate: Mapped[ShortText | None] = field("小区名称", also="小区", search=True, filter=True, place="000 ch2 三")
    address: Mapped[ShortText | None] = field("小区地址", also="地址", mask=True, place="000 ch2 三")
    on_arrival: Mapped[Code | None] = choice(
        "到店核对",
        also="核对结果 来源核对结果",
        codes="source_verdict",
        filter=True,
        section="核对",
        place="000 ch2 三",
    )
    differences: Mapped[ShortText | None] = field("不一致之处", place="+")
    source: Mapped[Code | None] = choice(
        "界定来源", also="来源", codes="source", filter=True, help="与预登记不一致的按自然客流计", place="000 ch2 三"
    )
    evidence: Mapped[LongText | None] = field("依据", also="界定依据", place="000 ch2 三")
    proof: Mapped[Attachment | None] = field("依据附件", place="+")
    valid: Mapped[YesNo | None] = field("有效客户", computed=True, filter=True, place="R-CUST-06")
    # what the reconciliation says is written by it alone, with the signature, whichever way a check comes in (R-CUST-06)
    week_on: Mapped[Day | None] = field(
        "周对单周次", also="对单周次 周次", computed=True, filter=True, section="周对单", place="000 ch2 三"
    )
    reconciliation_id: Mapped[int | None] = link("周对单记录", to="reconciliation", place="000 ch2 三")
    verdict: Mapped[Code | None] = choice(
        "对单结果", codes="reconcile_verdict", default="open", computed=True, filter=True, place="000 ch2 三"
    )
    dispute: Mapped[LongText | None] = field("争议说明", also="争议", computed=True, place="000 ch2 三")
    confirmed_by_id: Mapped[int | None] = sign(
        "市场部经理确认", signed_with="approve", roles="marketing_manager general_manager", place="000 ch2 三"
    )
    signed_by_id: Mapped[int | None] = sign("客户经理签字", signed_with="edit", by="owner_id", place="+")
    explanation: Mapped[LongText | None] = field("说明", place="000 ch2 三")
    remark: Mapped[LongText | None] = field("备注", section="其他", place="+")
