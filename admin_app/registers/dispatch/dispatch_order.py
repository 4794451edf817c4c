"""Dispatch orders: which designer was proposed for which customer, on what grounds, and who confirmed."""

from sqlalchemy.orm import Mapped

from ...checks import between, in_order
from ...declaration import slip
from ...fields import (
    Code,
    Count,
    Day,
    LongText,
    Moment,
    Money,
    Number,
    ShortText,
    YesNo,
    child_rows,
    choice,
    field,
    link,
    person,
    sign,
)
from ...grants import designers_party
from ...grants.dispatch import orders_proposed, orders_signed, orders_watched, past_orders_imported
from ...models import Lines, Register


class DispatchCandidate(Lines, of="dispatch_order"):
    """One designer of the offer as they stood at that moment."""

    place_then: Mapped[Count | None] = field("名次", place="R-DISP-04")
    designer_id: Mapped[int | None] = person("设计师", place="000 派单制度4")
    why: Mapped[ShortText | None] = field("名次说明", place="R-DISP-04")
    level_code: Mapped[Code | None] = choice("级别", codes="designer_level", place="000 选派规定6")
    charges_fee: Mapped[YesNo | None] = field("收费", place="000 选派规定6")
    material_target_met: Mapped[YesNo | None] = field("主材达标", place="000 选派规定1")
    department_rank: Mapped[Count | None] = field("部门排名", place="000 选派规定2")
    held: Mapped[Count | None] = field("持单数", place="000 选派规定3")
    on_duty: Mapped[YesNo | None] = field("当天在岗", place="000 选派规定4")
    suits: Mapped[YesNo | None] = field("风格适合", place="000 选派规定5")
    last_received_at: Mapped[Moment | None] = field("最近派单时间", place="R-DISP-04")


class DispatchOrder(
    Register,
    title="派单登记表",
    key="proposed_at customer_id designer_id",
    list="proposed_at number customer_id designer_id rank_then state confirmed_by_id dispatched_at owner_id",
    level=1,
    scope="store owner",
    grants=orders_proposed | orders_signed | past_orders_imported | orders_watched | designers_party,
    parties="proposed_at number customer_id designer_id owner_id large_order state dispatched_at "
    "designer_answer answered_at confirmed_by_id confirmed_at lapses_on",
):
    """One proposal with the ranking of that moment and its signatures (R-DISP-01..05, R-DISP-08). 000 派单制度."""

    called = "number customer_id"
    on_paper = slip("派单")
    operations_only = "R-DISP-01"
    ends_with = "state: deposit lapsed refused withdrawn"

    __table_args__ = (
        in_order("dispatched_at", "answered_at"),
        between("amount_expected", 0),
    )

    number: Mapped[Number | None] = field(
        "派单编号", also="编号", series="PD", search=True, unique=True, section="客户", place="+"
    )
    customer_id: Mapped[int] = link(
        "客户", also="客户姓名 顾客姓名", to="customer", belongs=True, filter=True, place="000 派单制度4"
    )
    consultation_id: Mapped[int | None] = link(
        "咨询登记表", also="顾客咨询登记表", to="consultation", place="000 ch2 三"
    )
    facts: Mapped[LongText] = field("客户基本情况", also="基本情况", place="000 派单制度4")
    special_wishes: Mapped[LongText | None] = field("特殊要求", place="000 选派规定5")
    amount_expected: Mapped[Money | None] = field("预计金额（元）", also="预计合同额", filter=True, place="R-DISP-04")
    large_order: Mapped[YesNo | None] = field("大单", also="是否大单", filter=True, place="000 选派规定6")
    off_plan: Mapped[YesNo | None] = field("期房", also="是否期房", filter=True, place="000 选派规定7")
    proposed_at: Mapped[Moment] = field(
        "建议时间", also="派单日期 日期", filter=True, section="建议", place="000 派单制度2"
    )
    owner_id: Mapped[int | None] = person("客户经理", also="派单人", filter=True, place="000 派单制度2")
    designer_id: Mapped[int] = person(
        "建议设计师", also="设计师 设计师姓名", party=True, filter=True, place="000 派单制度2"
    )
    own_dispatch: Mapped[YesNo | None] = field(
        "客户经理自行派单", also="自行派单", filter=True, place="000 ch2 三 ?店经理不在时，须总经理授权并补签"
    )
    not_first_reason: Mapped[LongText | None] = field("选择非首位原因", place="R-DISP-04")
    rank_then: Mapped[Count | None] = field(
        "当时名次", also="名次", computed=True, filter=True, section="当时名次与依据", place="R-DISP-04"
    )
    material_target_met: Mapped[YesNo | None] = field("主材达标", computed=True, place="000 选派规定1")
    department_rank: Mapped[Count | None] = field("部门排名", computed=True, place="000 选派规定2")
    held: Mapped[Count | None] = field("持单数", computed=True, place="000 选派规定3")
    on_duty: Mapped[YesNo | None] = field("当天在岗", computed=True, place="000 选派规定4")
    suits: Mapped[YesNo | None] = field("风格适合", computed=True, place="000 选派规定5")
    candidates: Mapped[list[DispatchCandidate]] = child_rows(
        "当时持单情况", DispatchCandidate, computed=True, place="000 派单制度4"
    )
    confirmed_by_id: Mapped[int | None] = sign("店经理确认", section="确认与授权", place="000 派单制度2")
    absence: Mapped[Code | None] = choice(
        "店经理不在原因", also="授权原因", codes="absence_reason", filter=True, place="000 派单制度2"
    )
    authorised_by_id: Mapped[int | None] = sign("总经理授权", place="000 派单制度2")
    countersigned: Mapped[YesNo | None] = field("补签", computed=True, filter=True, place="000 ch2 三")
    countersigned_by_id: Mapped[int | None] = sign("补签签字", place="000 ch2 三")
    dispatched_at: Mapped[Moment | None] = field(
        "派出时间", also="派单时间", filter=True, section="派出", place="000 ch2 三"
    )
    designer_answer: Mapped[Code | None] = choice(
        "设计师接受/拒绝",
        also="设计师答复",
        codes="designer_answer",
        default="waiting",
        filter=True,
        place="000 选派规定8",
    )
    answered_at: Mapped[Moment | None] = field("答复时间", filter=True, place="+")
    state: Mapped[Code | None] = choice(
        "状态", codes="dispatch_state", default="proposed", computed=True, filter=True, place="+"
    )
    design_agreement_id: Mapped[int | None] = link("设计协议", to="design_agreement", late=True, place="R-DISP-05")
    lapses_on: Mapped[Day | None] = field("失效日期", computed=True, filter=True, place="R-DISP-05")
    remark: Mapped[LongText | None] = field("备注", section="其他", place="+")
