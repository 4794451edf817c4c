"""Consultations: what a customer wants, who takes them on, and whether they count as valid."""

from sqlalchemy import CheckConstraint
from sqlalchemy.orm import Mapped

from ...fields import (
    Code,
    Codes,
    LongText,
    Moment,
    Phone,
    ShortText,
    YesNo,
    choice,
    choices,
    field,
    link,
    person,
    sign,
)
from ...grants import (
    designers_party,
    desk_imports,
    desk_keeps,
    heads_approve,
    heads_manage,
    information_keeps,
    own_customers,
    supervision,
)
from ...models import Register


class Consultation(
    Register,
    title="顾客咨询登记表",
    key="consulted_at name phone",
    list="consulted_at name phone estate grade designer_id owner_id valid",
    level=1,
    scope="store owner",
    grants=desk_keeps
    | desk_imports
    | own_customers
    | designers_party
    | heads_manage
    | heads_approve
    | information_keeps
    | supervision,
    parties="consulted_at name sex phone estate concerns grade home off_plan wishes preferences designer_id owner_id "
    "confirmed_by_id confirmed_at handed_at taken_back_at",
):
    """The form that makes a valid customer, with its signatures in order (R-CUST-06, R-DISP-01). 000 ch2 三."""

    contacted = "consulted_at"

    carried = "consulted_at estate owner_id"
    scored = "consulted_at of owner_id in entered_at expects sex estate concerns home wishes grade"

    __table_args__ = (
        CheckConstraint("handed_at <= taken_back_at", name="taken_back_after_handing"),
        CheckConstraint("countersigned_at IS NULL OR coalesce(countersigned, false)", name="countersigned_when_marked"),
    )

    consulted_at: Mapped[Moment] = field(
        "日期", also="咨询日期 咨询时间", filter=True, section="顾客", today=True, place="000 ch2"
    )
    customer_id: Mapped[int | None] = link("对应客户", to="customer", belongs=True, filter=True, place="+")
    visitor_id: Mapped[int | None] = link("来店登记", to="visitor", place="+")
    name: Mapped[ShortText] = field("姓名", also="顾客姓名 客户姓名", search=True, place="000 ch2")
    sex: Mapped[Code | None] = choice("性别", codes="sex", filter=True, place="000 ch2")
    phone: Mapped[Phone] = field("电话", also="联系电话 手机号 手机", mask=True, search=True, place="000 ch2")
    estate: Mapped[ShortText | None] = field("小区名称", also="小区", search=True, filter=True, place="000 ch2")
    address: Mapped[ShortText | None] = field("小区地址", also="详细地址 地址", mask=True, place="000 ch2")
    occupation: Mapped[Code | None] = choice("职业", codes="occupation", filter=True, place="000 ch2")
    source: Mapped[Code] = choice(
        "来源", also="顾客来源 来源渠道 客户来源", codes="source", filter=True, section="来源", place="000 ch2 三"
    )
    source_verdict: Mapped[Code | None] = choice(
        "来源核对结果",
        codes="source_verdict",
        filter=True,
        place="000 ch2 三",
        help="与预登记不一致的按自然客流计",
    )
    concerns: Mapped[Codes | None] = choices("关注重点", codes="concern", filter=True, section="需求", place="000 ch2")
    family: Mapped[LongText | None] = field("家庭情况", mask=True, place="000 ch2")
    income: Mapped[ShortText | None] = field("收入情况", also="收入", mask=True, place="000 ch2")
    preferences: Mapped[LongText | None] = field("喜好情况", place="000 ch2")
    home: Mapped[LongText | None] = field("房屋情况", place="000 ch2")
    off_plan: Mapped[YesNo | None] = field("是否期房", also="期房", filter=True, place="000 ch2")
    wishes: Mapped[LongText | None] = field("需求意向", place="000 ch2")
    grade: Mapped[Code | None] = choice(
        "分级", also="客户级别 等级 级别", codes="grade", filter=True, place="000 客户分级"
    )
    designer_id: Mapped[int | None] = person(
        "设计师姓名", also="设计师", party=True, filter=True, section="派单与签字", place="000 ch2 三"
    )
    confirmed_by_id: Mapped[int | None] = sign("店经理签字", place="000 ch2 三")
    countersigned: Mapped[YesNo | None] = field("补签", computed=True, filter=True, place="000 ch2 三")
    countersigned_at: Mapped[Moment | None] = field("补签时间", computed=True, place="000 ch2 三")
    handed_at: Mapped[Moment | None] = field("交设计师时间", filter=True, place="000 ch2 三")
    taken_back_at: Mapped[Moment | None] = field("收回时间", filter=True, place="000 ch2 三")
    owner_id: Mapped[int | None] = person("客户经理", also="接待人", filter=True, place="000 ch2 三")
    completed_by_id: Mapped[int | None] = sign("客户经理签字", signed_with="edit", by="owner_id", place="000 ch2 三")
    entered_at: Mapped[Moment | None] = field("录入时间", section="有效性", place="000 ch2 三")
    valid: Mapped[YesNo | None] = field(
        "有效客户", computed=True, filter=True, place="000 ch2 三", help="各步骤签字齐全、来源核对无误"
    )
    reported_at: Mapped[Moment | None] = field("报备时间", place="000 信息整理", help="报总经办或专项总监的时间")
    remark: Mapped[LongText | None] = field("备注", section="其他", place="+")
