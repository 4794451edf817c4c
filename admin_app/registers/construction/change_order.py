"""Change orders: what is added to and taken off a site's quotation."""

from sqlalchemy.orm import Mapped

from ...declaration import slip
from ...fields import (
    Code,
    Count,
    Day,
    Figure,
    LongText,
    Money,
    Number,
    ShortText,
    YesNo,
    child_rows,
    choice,
    difference,
    field,
    link,
    person,
    sign,
)
from ...grants.construction import (
    designers_write,
    works_approved,
    works_designed,
    works_headed,
    works_of_own_customers,
    works_of_store,
    works_run,
)
from ...models import Lines, Register


class ChangeOrderLine(Lines, of="change_order"):
    """One item added or taken off."""

    name: Mapped[ShortText] = field("项目名称", also="项目", place="002 轻舟 设计师7")
    unit: Mapped[ShortText | None] = field("单位", place="002 轻舟 设计师7")
    added: Mapped[Figure | None] = field("增加数量", also="增", place="002 轻舟 设计师7")
    reduced: Mapped[Figure | None] = field("减少数量", also="减", place="002 轻舟 设计师7")
    price: Mapped[Money | None] = field("单价", place="+")
    amount: Mapped[Money | None] = field("金额", place="002 轻舟 设计师7")
    cause: Mapped[ShortText | None] = field("说明", place="+")


class ChangeOrder(
    Register,
    title="施工增减项单",
    key="site_id ordered_on kind",
    list="ordered_on number site_id kind total days customer_signed approved_by_id",
    level=2,
    scope="store department owner",
    grants=works_run
    | works_of_own_customers
    | works_designed
    | designers_write
    | works_of_store
    | works_headed
    | works_approved,
    parties="number site_id project_manager_id designer_id kind ordered_on stage reason lines added_amount "
    "reduced_amount total days delay_loss delay_shared_by_id designer_signed_by_id designer_signed_at "
    "customer_signed customer_signed_on approved_by_id approved_at",
):
    """One change order; designer and customer sign, the site's leader checks (R-CONS-01, R-CONS-03). 002 轻舟 设计师7-9."""

    called = "number kind site_id"
    on_paper = slip(also="客户")
    closes_with = "approved_by_id"

    number: Mapped[Number] = field(
        "增减项单号", also="编号", unique=True, series="ZJ", search=True, section="单据", place="+"
    )
    site_id: Mapped[int] = link(
        "工地", also="工程 工地名称 工地编号", to="project_site", belongs=True, filter=True, place="002 轻舟 设计师7"
    )
    project_manager_id: Mapped[int | None] = person(
        "项目经理", also="工长 工地主管 项目负责人", inherited=True, party=True, filter=True, place="002 轻舟 设计师7"
    )
    designer_id: Mapped[int | None] = person(
        "设计师", inherited=True, party=True, filter=True, place="002 轻舟 设计师7"
    )
    kind: Mapped[Code] = choice(
        "单据类别", also="类别", codes="site_change_kind", default="interim", filter=True, place="002 轻舟 设计师7"
    )
    ordered_on: Mapped[Day] = field("日期", also="办理日期", filter=True, today=True, place="002 轻舟 设计师7")
    stage: Mapped[Code | None] = choice("施工阶段", codes="site_stage", filter=True, place="+")
    reason: Mapped[LongText | None] = field("变更原因", also="原因", place="+")
    lines: Mapped[list[ChangeOrderLine]] = child_rows("增减项目", ChangeOrderLine, place="002 轻舟 设计师7")
    added_amount: Mapped[Money | None] = field("增项金额", also="增项合计", filter=True, section="金额", place="+")
    reduced_amount: Mapped[Money | None] = field("减项金额", also="减项合计", filter=True, place="+")
    total: Mapped[Money | None] = field(
        "增减合计",
        also="合计金额 金额",
        reckoned=difference("added_amount", "reduced_amount"),
        filter=True,
        place="002 轻舟 设计师7",
        help="增项减去减项",
    )
    days: Mapped[Count | None] = field("增加工期（天）", place="+")
    delay_loss: Mapped[Money | None] = field("延误损失", place="+")
    delay_shared_by_id: Mapped[int | None] = person(
        "连带责任人", party=True, place="002 轻舟 设计师9", help="设计师拖延办理的，承担连带责任"
    )
    designer_signed_by_id: Mapped[int | None] = sign(
        "设计师签字", signed_with="edit", by="designer_id", section="签字", place="002 轻舟 设计师7"
    )
    customer_signed: Mapped[YesNo] = field(
        "客户已签字", also="客户签字", default=False, filter=True, place="002 轻舟 设计师7"
    )
    customer_signed_on: Mapped[Day | None] = field("客户签字日期", filter=True, place="002 轻舟 设计师7")
    approved_by_id: Mapped[int | None] = sign(
        "工地主管审核",
        also="审核",
        signed_with="approve",
        roles="store_manager director general_manager",
        by="project_manager_id",
        place="002 轻舟 设计师8",
    )
    remark: Mapped[LongText | None] = field("备注", section="其他", place="+")
