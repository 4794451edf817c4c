"""Orders signed: the design centre's monthly list, per designer."""

from sqlalchemy.orm import Mapped

from ...checks import between, in_order
from ...fields import Area, Code, Day, LongText, Money, ShortText, choice, field, link, person, sign
from ...grants.dispatch import signed_orders_kept
from ...models import Register


class SignedOrder(
    Register,
    title="签单明细表",
    key="signed_on contract_number customer_id",
    list="signed_on customer_id designer_id contract_number amount owner_id planned_end_on completed_on state",
    level=2,
    scope="store department owner",
    grants=signed_orders_kept,
    parties="signed_on customer_id designer_id contract_number state planned_end_on completed_on",
):
    """One order signed; after-sales finds in it who is due for a call (R-SERV-01). 002 回访 一2."""

    __table_args__ = (
        in_order("started_on", "completed_on"),
        in_order("started_on", "planned_end_on"),
        between("amount", 0),
    )

    list_month: Mapped[ShortText | None] = field(
        "清单月份", also="月份", search=True, filter=True, section="签单", place="002 回访 一2"
    )
    signed_on: Mapped[Day] = field("签单日期", also="日期 签约日期", filter=True, today=True, place="002 回访 一2")
    customer_id: Mapped[int] = link(
        "客户", also="客户姓名 客户名称", to="customer", belongs=True, filter=True, place="002 回访 一2"
    )
    designer_id: Mapped[int] = person("设计师", also="设计师姓名", party=True, filter=True, place="002 回访 一2")
    owner_id: Mapped[int | None] = person("客户经理", filter=True, place="+")
    dispatch_order_id: Mapped[int | None] = link("派单", to="dispatch_order", place="+")
    design_agreement_id: Mapped[int | None] = link("设计协议", to="design_agreement", late=True, place="000 客户分级")
    decoration_contract_id: Mapped[int | None] = link("装修合同", to="decoration_contract", late=True, place="+")
    contract_number: Mapped[ShortText | None] = field("合同编号", also="合同号", search=True, place="002 回访 一2")
    estate_id: Mapped[int | None] = link("小区", also="小区名称", to="estate", filter=True, section="工程", place="+")
    address: Mapped[ShortText | None] = field("工程地址", also="地址", mask=True, place="+")
    area: Mapped[Area | None] = field("面积（㎡）", also="面积", filter=True, place="+")
    amount: Mapped[Money] = field("合同金额（元）", also="金额 签单金额", filter=True, place="002 回访 一2")
    design_fee: Mapped[Money | None] = field("设计费（元）", also="设计费", filter=True, place="+")
    deposit: Mapped[Money | None] = field("定金（元）", also="定金", place="000 客户分级")
    materials_amount: Mapped[Money | None] = field("主材金额（元）", also="主材", filter=True, place="000 选派规定1")
    project_site_id: Mapped[int | None] = link("工地", to="project_site", late=True, section="工期", place="+")
    foreman: Mapped[ShortText | None] = field("工长", also="项目经理", search=True, place="+")
    started_on: Mapped[Day | None] = field("开工日期", also="开工", filter=True, place="002 回访 二1")
    planned_end_on: Mapped[Day | None] = field("计划竣工日期", filter=True, place="002 回访 二1")
    completed_on: Mapped[Day | None] = field("竣工日期", also="竣工 竣工期", filter=True, place="002 回访 一3")
    state: Mapped[Code | None] = choice("状态", codes="signed_order_state", default="waiting", filter=True, place="+")
    verified_on: Mapped[Day | None] = field("售后核实日期", filter=True, place="002 回访 一3")
    checked_by_id: Mapped[int | None] = sign(
        "负责人核对", signed_with="approve", roles="store_manager marketing_manager", place="+"
    )
    remark: Mapped[LongText | None] = field("备注", section="其他", place="+")
