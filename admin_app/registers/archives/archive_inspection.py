"""The half-yearly look at every file."""

from sqlalchemy.orm import Mapped

from ...checks import in_order
from ...fields import Code, Count, Day, LongText, Number, ShortText, YesNo, choice, field, link, person, sign
from ...grants import keeper_keeps
from ...grants.archives import upkeep_approved, upkeep_watched
from ...models import Register


class ArchiveInspection(
    Register,
    title="档案保管检查记录",
    key="inspected_on file_id scope_checked",
    list="inspected_on number file_id period condition damaged repair_needed handled_on inspected_by_id",
    level=1,
    grants=keeper_keeps | upkeep_watched | upkeep_approved,
    parties="number inspected_on year period file_id place_id scope_checked files_checked items_checked condition faded "
    "damaged mouldy eaten complete in_place label_clear loans_returned problems repair_needed measure handler_id "
    "handled_on next_on inspected_by_id inspected_at reviewed_by_id reviewed_at",
):
    """One file, or one shelf, inspected; fading or damage opens a repair (R-ARCH-05). 003 篇十一 14; 篇十三."""

    carried = "inspected_on period next_on"

    __table_args__ = (
        in_order("inspected_on", "handled_on"),
        in_order("inspected_on", "next_on"),
    )

    number: Mapped[Number] = field(
        "检查编号", also="编号", unique=True, series="JC", search=True, section="检查", place="+"
    )
    inspected_on: Mapped[Day] = field("检查日期", also="日期", filter=True, today=True, place="003 篇十一 14")
    year: Mapped[Count | None] = field("年度", filter=True, place="+")
    period: Mapped[Code] = choice(
        "检查周期", also="检查期", codes="archive_check_period", filter=True, place="003 篇十一 14"
    )
    file_id: Mapped[int | None] = link(
        "案卷", also="档案号 档案编号", to="archive_file", filter=True, place="003 篇十一 14"
    )
    place_id: Mapped[int | None] = link("柜位", also="存放位置", to="archive_place", filter=True, place="003 篇十一 14")
    scope_checked: Mapped[ShortText | None] = field("检查范围", also="范围", search=True, place="003 篇十一 14")
    files_checked: Mapped[Count | None] = field("检查卷数", also="卷数", filter=True, place="+")
    items_checked: Mapped[Count | None] = field("检查件数", place="+")
    condition: Mapped[Code] = choice(
        "保管状况",
        also="状况",
        codes="archive_condition",
        default="good",
        filter=True,
        section="状况",
        place="003 篇十一 14",
    )
    faded: Mapped[YesNo | None] = field("字迹变色", filter=True, place="003 篇十一 15")
    damaged: Mapped[YesNo | None] = field("材料破损", also="破损", filter=True, place="003 篇十一 15")
    mouldy: Mapped[YesNo | None] = field("霉变", filter=True, place="003 篇十一 16")
    eaten: Mapped[YesNo | None] = field("虫蛀鼠咬", also="虫蛀", filter=True, place="003 篇十三 5")
    complete: Mapped[YesNo | None] = field("文件齐全", also="齐全", filter=True, place="003 篇七")
    in_place: Mapped[YesNo | None] = field("位置与目录相符", filter=True, place="003 篇十一 7")
    label_clear: Mapped[YesNo | None] = field("标签与密级标注清楚", filter=True, place="003 篇十一 22")
    loans_returned: Mapped[YesNo | None] = field("外借已按期归还", filter=True, place="+")
    problems: Mapped[LongText | None] = field("存在问题", also="问题", place="003 篇十一 14")
    repair_needed: Mapped[YesNo | None] = field("需要修复", filter=True, section="处理", place="003 篇十一 15")
    measure: Mapped[LongText | None] = field("处理意见", also="处理", place="003 篇十一 14")
    handler_id: Mapped[int | None] = person("处理人", party=True, filter=True, place="+")
    handled_on: Mapped[Day | None] = field("处理日期", filter=True, place="+")
    next_on: Mapped[Day | None] = field("下次检查日期", filter=True, place="+")
    inspected_by_id: Mapped[int | None] = sign(
        "检查人签字",
        also="检查人",
        signed_with="edit",
        roles="archive_keeper info_officer info_supervisor",
        place="003 篇十一 14",
    )
    reviewed_by_id: Mapped[int | None] = sign(
        "审核", signed_with="approve", roles="info_supervisor service_manager", place="+"
    )
    remark: Mapped[LongText | None] = field("备注", section="其他", place="+")
