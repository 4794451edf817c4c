"""Refusals: which designer refused which order, and what follows."""

from sqlalchemy.orm import Mapped

from ...fields import Code, Day, LongText, Moment, YesNo, choice, field, link, person, sign
from ...grants import designers_party
from ...grants.dispatch import orders_watched, refusals_judged, refusals_noted
from ...models import Register


class DispatchRefusal(
    Register,
    title="拒单记录",
    key="refused_at designer_id",
    list="refused_at designer_id customer_id ground severity suspended_until_on decided_by_id",
    level=1,
    scope="store",
    grants=refusals_judged | orders_watched | refusals_noted | designers_party,
    parties="refused_at designer_id customer_id ground reason severity suspended_until_on",
):
    """One refusal; it suspends for a month, a severe one strikes off (R-DISP-06). 000 选派规定8."""

    refused_at: Mapped[Moment] = field(
        "拒单时间", also="日期 时间", filter=True, section="拒单", today=True, place="000 选派规定8"
    )
    designer_id: Mapped[int] = person("设计师", also="姓名 设计师姓名", party=True, filter=True, place="000 选派规定8")
    dispatch_order_id: Mapped[int | None] = link(
        "派单", also="派单编号", to="dispatch_order", filter=True, place="000 选派规定8"
    )
    customer_id: Mapped[int | None] = link("客户", also="客户姓名", to="customer", filter=True, place="000 选派规定8")
    ground: Mapped[Code] = choice("拒单原因类别", also="原因类别", codes="refusal_ground", filter=True, place="+")
    reason: Mapped[LongText] = field("拒单理由", also="理由 原因", place="000 选派规定8")
    told_by_id: Mapped[int | None] = person("记录人", also="登记人", party=True, filter=True, place="+")
    designer_view: Mapped[LongText | None] = field("设计师陈述", place="+")
    severity: Mapped[Code | None] = choice(
        "程度", also="严重程度", codes="refusal_severity", filter=True, section="处理", place="000 选派规定8"
    )
    decided_by_id: Mapped[int | None] = sign(
        "决定人", signed_with="approve", roles="store_manager general_manager", place="000 选派规定8"
    )
    struck_off_by_id: Mapped[int | None] = sign("总经理除名签批", place="R-DISP-06")
    suspended_from_on: Mapped[Day | None] = field("停单起", computed=True, filter=True, place="R-DISP-06")
    suspended_until_on: Mapped[Day | None] = field(
        "停单止", computed=True, filter=True, place="R-DISP-06 ?自拒单日起一个月"
    )
    redispatched_to_id: Mapped[int | None] = person("改派设计师", party=True, filter=True, place="+")
    customer_told: Mapped[YesNo | None] = field("已告知客户", filter=True, place="+")
    remark: Mapped[LongText | None] = field("备注", section="其他", place="+")
