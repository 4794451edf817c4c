"""Archive types: prefix of the number, retention, inspection, and the list of what a file must hold."""

from sqlalchemy import CheckConstraint
from sqlalchemy.orm import Mapped

from ...fields import Code, Codes, Count, LongText, ShortText, YesNo, child_rows, choice, choices, field, link
from ...grants import keeper_keeps, reference_data, types_set
from ...models import Lines, Register
from ...texts import say


class ArchiveTypeItem(Lines, of="archive_type"):
    """One item a file of the type must hold (R-ARCH-03); ``code`` is what an archive item names."""

    code: Mapped[ShortText] = field("代码", place="003 篇七")
    name: Mapped[ShortText] = field("文件名称", place="003 篇七")
    copies: Mapped[Count] = field("份数", default=1, place="003 篇七", help="身份证复印件两面算两份")
    form: Mapped[Code] = choice("原件或复印件", codes="item_form", default="original", place="003 篇七")
    required: Mapped[YesNo] = field("必备", default=True, place="003 篇七")


class ArchiveType(
    Register,
    title="档案类型与清单模板",
    key="name",
    list="name prefix retention_years inspection_months important department_id",
    level=0,
    grants=reference_data | keeper_keeps | types_set,
    parties="name prefix retention_years inspection_months important customer_kinds items",
):
    """What a file of this kind is numbered by, must hold, and how long it is kept. 003 篇七, 篇十一."""

    __table_args__ = (
        CheckConstraint(
            "length(prefix) BETWEEN 2 AND 4",
            name="prefix_of_two_to_four",
            info={"sentence": say("代号为两到四个字母")},
        ),
        CheckConstraint(
            "retention_years >= 10", name="ten_years_at_least", info={"sentence": say("保管期限不得少于 10 年")}
        ),
        CheckConstraint(
            "inspection_months BETWEEN 1 AND 6",
            name="half_yearly_at_least",
            info={"sentence": say("至少每 6 个月检查一次")},
        ),
    )

    name: Mapped[ShortText] = field(
        "类型名称", also="档案类型 类型", once=True, search=True, section="类型", place="003 篇七"
    )
    prefix: Mapped[ShortText] = field(
        "编号代号", also="代号 前缀", unique=True, place="003 篇十一 4", help="两到四个大写字母，如 KH"
    )
    customer_kinds: Mapped[Codes | None] = choices(
        "适用客户类别",
        codes="customer_kind",
        filter=True,
        place="003 篇十一 4",
        help="这些类别的新客户自动建立本类案卷",
    )
    department_id: Mapped[int | None] = link("责任部门", to="department", filter=True, place="003 篇十一 25")
    retention_years: Mapped[Count] = field(
        "保管年限（年）",
        also="保管年限",
        default=10,
        section="保管",
        place="003 篇十一 25",
        help="不少于十年，从结案之日起算",
    )
    inspection_months: Mapped[Count] = field("检查间隔（月）", also="检查间隔", default=6, place="003 篇十一 14")
    important: Mapped[YesNo] = field(
        "重要档案", default=False, filter=True, place="003 篇十一 23", help="复制、传递和携带须经批准并由指定人员办理"
    )
    items: Mapped[list[ArchiveTypeItem]] = child_rows("清单", ArchiveTypeItem, section="清单", place="003 篇七")
    remark: Mapped[LongText | None] = field("备注", section="其他", place="+")
