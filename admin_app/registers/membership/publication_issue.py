"""Publications: each issue, how many, to whom and by what way; handbooks too."""

from sqlalchemy.orm import Mapped

from ...checks import between, in_order
from ...fields import (
    Attachment,
    Code,
    Count,
    Day,
    LongText,
    Money,
    ShortText,
    child_rows,
    choice,
    field,
    link,
    person,
    sign,
)
from ...grants import reference_data
from ...grants.membership import club_kept
from ...models import Lines, Register


class PublicationBatch(Lines, of="publication_issue"):
    """One lot given out."""

    given_on: Mapped[Day] = field("派发日期", place="004 5.2")
    channel: Mapped[Code] = choice("派发方式", codes="publication_channel", place="004 5.2")
    recipients: Mapped[ShortText] = field("派发对象", place="004 5.2")
    estate_id: Mapped[int | None] = link("小区", to="estate", place="004 5.2")
    copies: Mapped[Count] = field("份数", place="004 5.2")
    by_id: Mapped[int | None] = person("派发人", place="004 5.2")
    note: Mapped[ShortText | None] = field("说明", place="+")


class PublicationIssue(
    Register,
    title="刊物派发登记表",
    key="issued_on title issue_number",
    list="issued_on title issue_number kind printed distributed left_over owner_name",
    level=0,
    scope="store department",
    grants=reference_data | club_kept,
    parties="issued_on title issue_number kind printed distributed",
):
    """One issue or handbook and its distribution; quarterly for members (R-WORK-01). 004 5.2."""

    __table_args__ = (
        in_order("drafted_on", "issued_on"),
        between("cost", 0),
    )

    title: Mapped[ShortText] = field("刊物名称", also="名称 资料名称", search=True, section="刊物", place="004 5.2")
    kind: Mapped[Code] = choice("类别", codes="publication_kind", filter=True, place="004 5.2")
    issue_number: Mapped[ShortText | None] = field("期号", also="期次", search=True, place="004 5.2")
    issued_on: Mapped[Day] = field("出刊日期", also="日期 派发日期", filter=True, today=True, place="004 5.2")
    theme: Mapped[ShortText | None] = field("主题", place="+")
    editor: Mapped[ShortText | None] = field("责任编辑", also="编辑", place="004 5.2")
    owner_name: Mapped[ShortText | None] = field("责任人", also="专人负责", search=True, place="004 概览2")
    sources: Mapped[LongText | None] = field("稿件来源", place="004 5.2")
    drafted_on: Mapped[Day | None] = field("截稿日期", place="+")
    approved_by_id: Mapped[int | None] = sign(
        "审定人",
        signed_with="approve",
        roles="store_manager marketing_manager service_manager director general_manager",
        place="+",
    )
    pages: Mapped[Count | None] = field("页数", section="印制", place="+")
    printed: Mapped[Count | None] = field("印数", also="印刷数量", filter=True, place="+")
    cost: Mapped[Money | None] = field("印制费用（元）", also="费用", filter=True, place="+")
    printer: Mapped[ShortText | None] = field("印制单位", place="+")
    file: Mapped[Attachment | None] = field("电子版", place="+")
    distributions: Mapped[list[PublicationBatch]] = child_rows(
        "派发明细", PublicationBatch, section="派发", place="004 5.2"
    )
    distributed: Mapped[Count | None] = field("已派发", also="派发数量", filter=True, place="004 5.2")
    left_over: Mapped[Count | None] = field("结存", filter=True, place="+")
    feedback: Mapped[LongText | None] = field("读者反馈", also="反馈", place="+")
    remark: Mapped[LongText | None] = field("备注", section="其他", place="+")
