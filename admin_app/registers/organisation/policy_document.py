"""Policy documents: the company's own rules with their number, version and approvals."""

from sqlalchemy.orm import Mapped

from ...checks import in_order
from ...fields import Attachment, Count, Day, LongText, ShortText, child_rows, field, link, sign
from ...grants import reference_data
from ...grants.organisation import policies_kept
from ...models import Lines, Register


class PolicyArticle(Lines, of="policy_document"):
    """One article of the text."""

    chapter: Mapped[ShortText | None] = field("章", place="001 制度表头")
    article: Mapped[ShortText | None] = field("条", place="001 制度表头")
    content: Mapped[LongText] = field("内容", place="001 制度表头")


class PolicyDocument(
    Register,
    title="制度文件",
    key="number edition",
    list="effective_on number name department_id edition approved_by_id approved_at next_revision_on",
    level=1,
    grants=reference_data | policies_kept,
    parties="number name department_id edition effective_on next_revision_on",
):
    """One version of one policy, drafted, reviewed, approved, revised yearly (R-POLI-01). 001 制度表头表尾."""

    closes_with = "approved_by_id"
    __table_args__ = (
        in_order("drafted_on", "effective_on"),
        in_order("effective_on", "next_revision_on"),
    )

    name: Mapped[ShortText] = field("制度名称", also="名称 文件名称", search=True, section="表头", place="001 制度表头")
    number: Mapped[ShortText] = field("编号", also="制度编号 文件编号", search=True, place="001 制度表头")
    edition: Mapped[ShortText] = field("版本", also="版次", search=True, place="+")
    previous_id: Mapped[int | None] = link("上一版本", to="policy_document", place="+")
    department_id: Mapped[int | None] = link("执行部门", to="department", filter=True, place="001 制度表头")
    interpreting_id: Mapped[int | None] = link("解释部门", to="department", filter=True, place="001 第23条")
    applies_to: Mapped[ShortText | None] = field("适用范围", place="001 第2条")
    chapters: Mapped[list[PolicyArticle]] = child_rows("条文", PolicyArticle, section="正文", place="001 正文")
    replaces: Mapped[LongText | None] = field("自行终止的旧制度", also="废止制度", place="003 篇七2")
    forms: Mapped[LongText | None] = field("附表", place="001 附件")
    file: Mapped[Attachment | None] = field("文件扫描件", also="附件", place="+")
    effective_on: Mapped[Day] = field(
        "实施日期", also="颁布日期 生效日期", filter=True, section="日期", place="001 第24条"
    )
    revision_months: Mapped[Count | None] = field("修订周期（月）", also="修订周期", default=12, place="001 第24条")
    next_revision_on: Mapped[Day | None] = field("下次修订日期", filter=True, place="001 第24条 ?每年修订一次")
    drafted_by_id: Mapped[int | None] = sign(
        "编制人员", signed_with="edit", roles="info_supervisor hr service_manager", section="表尾", place="001 制度表尾"
    )
    drafted_on: Mapped[Day | None] = field("编制日期", place="001 制度表尾")
    reviewed_by_id: Mapped[int | None] = sign(
        "审核人员", signed_with="approve", roles="service_manager director", place="001 制度表尾"
    )
    reviewed_on: Mapped[Day | None] = field("审核日期", place="001 制度表尾")
    approved_by_id: Mapped[int | None] = sign(
        "批准人员", signed_with="approve", roles="general_manager", place="001 制度表尾"
    )
    approved_on: Mapped[Day | None] = field("批准日期", place="001 制度表尾")
    remark: Mapped[LongText | None] = field("备注", section="其他", place="+")
