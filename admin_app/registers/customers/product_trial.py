"""Product trials: who tries what new product, and what they say of it."""

from sqlalchemy.orm import Mapped

from ...checks import between, in_order
from ...fields import Code, Count, Day, LongText, Money, ShortText, YesNo, choice, field, link, person
from ...grants import heads_manage, information_keeps, own_customers, own_sales, sales_managed, supervision
from ...models import Register


class ProductTrial(
    Register,
    title="新产品试用登记表",
    key="from_on customer_id product",
    list="from_on customer_id product until_on state verdict owner_id",
    level=1,
    scope="store department owner",
    grants=own_customers | own_sales | sales_managed | heads_manage | information_keeps | supervision,
    parties="from_on until_on customer_id product state verdict owner_id",
):
    """One new product given to one customer to try, with the feedback. 001 第20条2, 003 篇一29."""

    __table_args__ = (
        in_order("from_on", "until_on"),
        between("quantity", 1),
    )

    customer_id: Mapped[int] = link(
        "客户", also="客户名称 客户姓名", to="customer", belongs=True, filter=True, section="试用", place="001 第20条2"
    )
    product: Mapped[ShortText] = field("产品", also="产品名称 新产品", search=True, place="001 第20条2")
    model: Mapped[ShortText | None] = field("规格型号", also="型号", search=True, place="+")
    quantity: Mapped[Count | None] = field("数量", default=1, place="+")
    value: Mapped[Money | None] = field("价值（元）", also="价值", filter=True, place="+")
    from_on: Mapped[Day] = field("试用起", also="日期 开始日期", filter=True, today=True, place="001 第20条2")
    until_on: Mapped[Day | None] = field("试用止", also="结束日期", filter=True, place="001 第20条2")
    owner_id: Mapped[int | None] = person("经办人", also="客户经理", filter=True, place="001 第20条2")
    guidance: Mapped[ShortText | None] = field("使用指导", place="001 第20条3")
    deposit: Mapped[Money | None] = field("押金（元）", also="押金", place="+")
    customer_signed: Mapped[YesNo | None] = field("客户已签收", place="+")
    state: Mapped[Code | None] = choice(
        "状态", codes="trial_state", default="offered", filter=True, section="反馈", place="001 第20条2"
    )
    feedback_on: Mapped[Day | None] = field("反馈日期", filter=True, place="001 第20条2")
    verdict: Mapped[Code | None] = choice(
        "满意程度", also="满意度", codes="trial_verdict", filter=True, place="001 第20条2"
    )
    feedback: Mapped[LongText | None] = field("试用反馈", also="反馈 感受", place="001 第20条2")
    problems: Mapped[LongText | None] = field("问题与建议", also="建议", place="001 第20条2")
    bought: Mapped[YesNo | None] = field("已购买", filter=True, place="+")
    returned_on: Mapped[Day | None] = field("收回日期", place="+")
    passed_to_id: Mapped[int | None] = link("反馈转交部门", to="department", place="+")
    remark: Mapped[LongText | None] = field("备注", section="其他", place="+")
