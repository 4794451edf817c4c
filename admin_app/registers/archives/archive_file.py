"""Archive files: one customer's papers of one type, with number, place and custodian."""

from sqlalchemy import CheckConstraint
from sqlalchemy.orm import Mapped

from ...fields import Code, Count, Day, LongText, Number, ShortText, YesNo, choice, field, link, person
from ...grants import ARCHIVE_CUSTODIANS, archive_room
from ...models import Register
from ...permissions import Level
from ...texts import say


class ArchiveFile(
    Register,
    title="客户档案（案卷）",
    key="customer_id title",
    list="number title customer_id archive_type_id place_id custodian_id state",
    level=2,
    scope="store department owner",
    grants=archive_room,
    # a hold refuses to whoever may edit, so that what they try would tell it anyway
    parties="number archive_type_id title year state held",
    catalogue="number archive_type_id place_id custodian_id state held",
):
    """A file. Its entry outlives it: a destroyed one stays, marked so (R-ARCH-01, R-ARCH-07). 003 篇十一."""

    ends_with = "state: destroyed"
    sought = True

    need_to_know = True
    has_party_table = True
    __table_args__ = (
        CheckConstraint("opened_on <= closed_on", name="closed_after_opening"),
        CheckConstraint("closed_on <= retained_until", name="retained_after_closing"),
        CheckConstraint(
            "NOT held OR held_reason IS NOT NULL",
            name="held_with_a_reason",
            info={"sentence": say("封存须写明原因")},
        ),
    )

    #: "<prefix of the type>-<year>-<counter>", given out by the operation that opens the file
    number: Mapped[Number] = field(
        "档案编号",
        also="档案号 编号 案卷号",
        unique=True,
        computed=True,
        search=True,
        section="案卷",
        place="003 篇十一 4",
    )
    title: Mapped[ShortText] = field("案卷题名", also="题名 案卷名称", search=True, place="003 篇十一 4")
    customer_id: Mapped[int] = link(
        "客户", also="客户名称 客户姓名", to="customer", belongs=True, filter=True, place="003 篇十一 4"
    )
    archive_type_id: Mapped[int] = link("档案类型", also="类型", to="archive_type", filter=True, place="003 篇七")
    year: Mapped[Count] = field("年度", computed=True, filter=True, place="003 篇十一 4")
    state: Mapped[Code] = choice(
        "状态", codes="file_state", computed=True, default="open", filter=True, place="003 篇十一 25"
    )
    vin: Mapped[ShortText | None] = field(
        "车架号（VIN）",
        also="车架号 VIN",
        unique=True,
        mask=True,
        search=True,
        section="车辆",
        place="003 篇七",
        help="一车一档",
    )
    plate: Mapped[ShortText | None] = field("车牌号", also="车牌", mask=True, search=True, place="003 篇七")
    place_id: Mapped[int | None] = link(
        "存放柜位", also="柜位 存放位置", to="archive_place", filter=True, section="保管", place="003 篇十一 7"
    )
    custodian_id: Mapped[int | None] = person(
        "保管人",
        custodian=True,
        held_by=ARCHIVE_CUSTODIANS,
        filter=True,
        place="003 篇十一 22",
        help=say(
            "{confidential}和{top}档案须指定专人保管", confidential=Level.CONFIDENTIAL.label, top=Level.TOP_SECRET.label
        ),
    )
    important: Mapped[YesNo] = field("重要档案", default=False, filter=True, place="003 篇十一 23")
    opened_on: Mapped[Day] = field("立卷日期", also="建档日期", filter=True, place="003 篇十一 4")
    closed_on: Mapped[Day | None] = field("结案日期", filter=True, place="003 篇十一 25")
    retained_until: Mapped[Day | None] = field(
        "保管到期", computed=True, filter=True, place="003 篇十一 25", help="从结案日期起算"
    )
    inspected_on: Mapped[Day | None] = field("最近检查日期", computed=True, filter=True, place="003 篇十一 14")
    held: Mapped[YesNo] = field(
        "封存",
        default=False,
        computed=True,
        filter=True,
        section="封存",
        place="R-ARCH-07",
        help="封存的案卷不得借出，也不得列入销毁",
    )
    held_reason: Mapped[ShortText | None] = field("封存原因", computed=True, place="R-ARCH-07")
    remark: Mapped[LongText | None] = field("备注", section="其他", place="003 篇十一 17")
