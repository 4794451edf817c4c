"""Drawings and quotations, version by version, and the customer's consent to build."""

from sqlalchemy.orm import Mapped

from ...checks import between, in_order, needs
from ...declaration import slip
from ...fields import Attachment, Code, Count, Day, LongText, Money, ShortText, YesNo, choice, field, link, person, sign
from ...grants.development import designers_draw, signings_checked, signings_kept
from ...models import Register


class DesignDocument(
    Register,
    title="图纸与报价确认单",
    key="issued_on customer_id kind version_no",
    list="issued_on customer_id kind version_no designer_id consent total designed_by_id customer_signed",
    level=2,
    scope="store owner",
    grants=signings_kept | signings_checked | designers_draw,
    parties="issued_on customer_id kind version_no designer_id consent total customer_signed "
    "customer_signed_on designed_by_id designed_at",
):
    """One version; drawings marked 同意施工 and quotation are signed before work (R-CONS-03). 002 轻舟 设计师3."""

    on_paper = slip(also="客户")

    __table_args__ = (
        between("total", 0),
        in_order("issued_on", "customer_signed_on"),
        needs("customer_signed_on", "customer_signed"),
        between("sheets", 0),
    )

    issued_on: Mapped[Day] = field(
        "出图日期", also="日期", filter=True, section="文件", today=True, place="002 轻舟 设计师3"
    )
    customer_id: Mapped[int] = link(
        "客户", also="客户姓名 客户名称", to="customer", filter=True, belongs=True, place="002 轻舟 设计师3"
    )
    kind: Mapped[Code] = choice(
        "类别", also="文件类别", codes="design_document_kind", filter=True, place="002 轻舟 设计师3"
    )
    title: Mapped[ShortText | None] = field("名称", also="图纸名称", search=True, place="+")
    version_no: Mapped[ShortText] = field("版本", also="版次", place="002 轻舟 设计师3")
    agreement_id: Mapped[int | None] = link("设计协议", to="design_agreement", filter=True, place="+")
    contract_id: Mapped[int | None] = link("装修合同", to="decoration_contract", filter=True, place="+")
    designer_id: Mapped[int] = person("设计师", filter=True, party=True, place="002 轻舟 设计师3")
    sheets: Mapped[Count | None] = field("张数", also="页数", place="+")
    scan: Mapped[Attachment | None] = field("文件附件", place="+")
    quantities_checked: Mapped[YesNo | None] = field(
        "工程量准确", also="工程量已核", filter=True, section="报价", place="002 轻舟 设计师3"
    )
    total: Mapped[Money | None] = field("报价金额", also="报价", filter=True, place="002 轻舟 设计师3")
    by_rules: Mapped[YesNo | None] = field("符合规范", also="图纸报价规范", filter=True, place="002 轻舟 设计师 293")
    consent: Mapped[YesNo | None] = field(
        "已写“同意施工”", also="同意施工", filter=True, section="确认", place="002 轻舟 设计师3"
    )
    customer_signed: Mapped[YesNo | None] = field("客户已签字", also="客户签字", filter=True, place="002 轻舟 设计师3")
    customer_signed_on: Mapped[Day | None] = field("客户签字日期", filter=True, place="002 轻舟 设计师3")
    designed_by_id: Mapped[int | None] = sign(
        "设计师签字", signed_with="edit", by="designer_id", place="002 轻舟 设计师3"
    )
    checked_by_id: Mapped[int | None] = sign(
        "店面审核", signed_with="approve", roles="store_manager director general_manager", place="+"
    )
    remark: Mapped[LongText | None] = field("备注", section="其他", place="+")
