"""Defective goods taken back or exchanged."""

from sqlalchemy.orm import Mapped

from ...checks import between
from ...fields import Attachment, Code, Count, Day, LongText, Money, Number, ShortText, YesNo, choice, field, link, sign
from ...grants.after_sales import service_kept, service_led, service_read, service_taken_in
from ...models import Register


class GoodsReturn(
    Register,
    title="不良品退换货登记表",
    key="returned_on sender product batch",
    list="returned_on sender product batch quantity kind verdict approved_by_id exchanged_at",
    level=1,
    scope="department",
    grants=service_kept | service_taken_in | service_led | service_read,
    parties="returned_on sender product batch quantity kind defect verdict approved_by_id approved_at",
):
    """One batch of defective goods, with verdict and approval (R-SERV-04). 002 欧普 四2."""

    __table_args__ = (
        between("amount", 0),
        between("quantity", 0),
        between("exchange_quantity", 0),
    )

    returned_on: Mapped[Day] = field(
        "退回日期", also="日期 登记日期", filter=True, section="退回", today=True, place="002 欧普 四2"
    )
    number: Mapped[Number] = field("登记编号", also="编号", unique=True, series="TH", search=True, place="+")
    sender: Mapped[ShortText] = field("退货单位", also="退货人 客户名称", search=True, place="002 欧普 四2")
    customer_id: Mapped[int | None] = link("客户", to="customer", filter=True, belongs=True, place="+")
    office: Mapped[ShortText | None] = field("办事处", also="区域", filter=True, search=True, place="002 欧普 一2")
    request_id: Mapped[int | None] = link("服务登记", to="service_request", place="+")
    sale_id: Mapped[int | None] = link("原订单", to="sale", late=True, place="+")
    product: Mapped[ShortText] = field("产品名称", also="产品 品名", search=True, section="产品", place="002 欧普 四2")
    model: Mapped[ShortText | None] = field("型号规格", also="型号", search=True, place="002 欧普 四2")
    batch: Mapped[ShortText | None] = field("批号", also="批次", search=True, place="002 欧普 四2")
    made_on: Mapped[Day | None] = field("生产日期", place="+")
    quantity: Mapped[Count] = field("数量", filter=True, place="002 欧普 四2")
    amount: Mapped[Money | None] = field("金额", also="货值", filter=True, place="+")
    defect: Mapped[LongText] = field("不良现象", also="不良情况 故障", section="不良情况", place="002 欧普 四2")
    defect_kind: Mapped[Code | None] = choice("不良类别", also="不良原因", codes="fault_kind", filter=True, place="+")
    in_warranty: Mapped[YesNo | None] = field("保修期内", filter=True, place="+")
    photo: Mapped[Attachment | None] = field("照片", place="+")
    judged_by_id: Mapped[int | None] = sign(
        "检验判定人", signed_with="edit", roles="service_officer service_manager", section="判定与处理", place="+"
    )
    verdict: Mapped[Code | None] = choice(
        "判定结果", also="判定", codes="return_verdict", filter=True, place="002 欧普 四2"
    )
    verdict_note: Mapped[LongText | None] = field("判定说明", place="002 欧普 四2")
    kind: Mapped[Code | None] = choice(
        "处理方式", also="退换方式", codes="return_handling", filter=True, place="002 欧普 四2"
    )
    exchange_product: Mapped[ShortText | None] = field("换货产品", place="+")
    exchange_quantity: Mapped[Count | None] = field("换货数量", place="002 欧普 四2")
    sent_back_on: Mapped[Day | None] = field("返厂日期", filter=True, place="002 欧普 五2")
    approved_by_id: Mapped[int | None] = sign(
        "客户服务部批准", signed_with="approve", roles="service_manager general_manager", place="002 欧普 三1 B"
    )
    cost_bearer: Mapped[Code | None] = choice("费用承担", codes="fault_party", filter=True, place="+")
    exchanged_by_id: Mapped[int | None] = sign(
        "退换经办", signed_with="edit", roles="service_officer service_manager", place="002 欧普 四2"
    )
    remark: Mapped[LongText | None] = field("备注", section="其他", place="+")
