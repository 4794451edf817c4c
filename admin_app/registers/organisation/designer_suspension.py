"""Suspensions: when a designer gets no orders, why, and who lifted it."""

from sqlalchemy.orm import Mapped

from ...checks import in_order, needs
from ...fields import Code, Count, Day, LongText, Moment, YesNo, choice, field, link, person, sign
from ...grants.organisation import suspensions_kept
from ...models import Register


class DesignerSuspension(
    Register,
    title="停单记录",
    key="from_on designer_id",
    list="from_on designer_id kind severe until_on lifted_at",
    level=1,
    scope="store",
    grants=suspensions_kept,
    parties="from_on until_on designer_id kind severe reason lifted_at",
):
    """One stop of dispatch; a refusal stops for a month, a severe one strikes off (R-DISP-03/06/07). 000 选派规定7-8."""

    closes_with = "struck_off_by_id"

    __table_args__ = (
        in_order("from_on", "until_on"),
        needs("lifted_at", "lift_reason"),
    )

    designer_id: Mapped[int] = person(
        "设计师", also="姓名 设计师姓名", party=True, filter=True, section="停单", place="000 选派规定8"
    )
    from_on: Mapped[Day] = field("停单起", also="起始日期 停单日期 日期", filter=True, place="000 选派规定8")
    until_on: Mapped[Day | None] = field(
        "停单止", also="截止日期 恢复日期", filter=True, help="拒单停单一个月，除名不写止期", place="000 选派规定8"
    )
    kind: Mapped[Code] = choice("停单类型", also="类型", codes="suspension_kind", filter=True, place="000 选派规定7-8")
    severe: Mapped[YesNo | None] = field(
        "严重", also="是否严重", filter=True, help="严重者除名，由总经理决定", place="000 选派规定8"
    )
    reason: Mapped[LongText] = field("停单原因", also="原因 事由", place="000 选派规定7-8")
    refusal_id: Mapped[int | None] = link("拒单记录", to="dispatch_refusal", place="000 选派规定8")
    plans_unsigned: Mapped[Count | None] = field("连续未签方案数", filter=True, place="000 选派规定7 ?期房客户不计")
    incidents: Mapped[Count | None] = field("三十日内违纪次数", place="000 派单制度6")
    told_on: Mapped[Day | None] = field("告知本人日期", filter=True, place="+")
    decided_by_id: Mapped[int | None] = sign(
        "决定人", signed_with="approve", roles="store_manager general_manager", section="决定", place="000 选派规定8"
    )
    struck_off_by_id: Mapped[int | None] = sign("总经理除名签批", place="R-DISP-06")
    lifted_at: Mapped[Moment | None] = field("解除时间", filter=True, section="解除", place="R-DISP-06")
    lift_reason: Mapped[LongText | None] = field("解除理由", also="解除原因", place="R-DISP-06")
    lifted_by_id: Mapped[int | None] = sign(
        "解除签字",
        signed_with="approve",
        roles="store_manager general_manager",
        even_by="author decided_by_id",
        place="R-DISP-06",
    )
    remark: Mapped[LongText | None] = field("备注", section="其他", place="+")
