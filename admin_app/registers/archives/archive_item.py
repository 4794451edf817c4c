"""Archive items: the papers in a file, the unit that is read and lent."""

from sqlalchemy import CheckConstraint, Index
from sqlalchemy.orm import Mapped

from ...fields import (
    Attachment,
    Code,
    Count,
    Day,
    LongText,
    Moment,
    Number,
    ShortText,
    YesNo,
    choice,
    field,
    link,
    person,
)
from ...grants import archive_room
from ...models import Register


class ArchiveItem(
    Register,
    title="案卷内文件",
    key="file_id name",
    list="number name file_id copies form state holder_id",
    level=2,
    scope="store department owner",
    grants=archive_room,
    parties="number name file_id copies state",
    catalogue="number file_id place_id custodian_id holder_id state",
):
    """One paper, all its copies. At any moment its place or its holder is known (R-LOAN-10). 003 篇七, 篇十一."""

    #: its number begins with that of its file
    called = "number name"
    carried = "file_id received_on medium"

    need_to_know = True
    has_party_table = True
    __table_args__ = (
        CheckConstraint("copies > 0", name="some_copy"),
        CheckConstraint("(state IN ('on_loan', 'reading')) = (holder_id IS NOT NULL)", name="holder_when_out"),
        Index("ix_archive_item_file_id", "file_id"),
        Index("ix_archive_item_holder_id", "holder_id"),
    )

    number: Mapped[Number] = field(
        "文件编号", also="编号", unique=True, computed=True, search=True, section="文件", place="003 篇十一 4"
    )
    file_id: Mapped[int] = link(
        "所属案卷", also="档案编号 档案号 案卷", to="archive_file", belongs=True, filter=True, place="003 篇十一"
    )
    code: Mapped[ShortText | None] = field("清单代码", filter=True, place="003 篇七", help="对应类型清单中的一项")
    name: Mapped[ShortText] = field("文件名称", also="名称", search=True, place="003 篇七")
    copies: Mapped[Count] = field("份数", default=1, place="003 篇七")
    form: Mapped[Code] = choice(
        "原件或复印件", also="原件/复印件", codes="item_form", default="original", filter=True, place="003 篇七"
    )
    pages: Mapped[Count | None] = field("页数", place="003 篇七")
    received_on: Mapped[Day | None] = field("归档日期", filter=True, section="验收", place="003 篇十一 8")
    medium: Mapped[Code] = choice("载体", codes="medium", default="paper", filter=True, place="003 篇十一 8")
    ink_ok: Mapped[YesNo | None] = field("字迹合格", filter=True, place="003 篇十一 8", help="不得用圆珠笔、铅笔书写")
    scanned: Mapped[YesNo] = field("已扫描", default=False, filter=True, place="003 篇七")
    scan: Mapped[Attachment | None] = field("扫描件", place="003 篇七")
    important: Mapped[YesNo] = field("重要文件", default=False, filter=True, place="003 篇十一 23")
    state: Mapped[Code] = choice(
        "状态", codes="item_state", computed=True, default="in", filter=True, section="去向", place="003 篇十一 19.1"
    )
    holder_id: Mapped[int | None] = person("持有人", computed=True, filter=True, place="003 篇十一 19.1")
    due_at: Mapped[Moment | None] = field("应还时间", computed=True, filter=True, place="003 篇十一 19.5")
    place_id: Mapped[int | None] = link(
        "存放柜位", to="archive_place", inherited=True, filter=True, place="003 篇十一 7"
    )
    custodian_id: Mapped[int | None] = person(
        "保管人", custodian=True, inherited=True, filter=True, place="003 篇十一 22"
    )
    remark: Mapped[LongText | None] = field("备注", section="其他", place="+")
