"""The monthly check of the archive rooms."""

from sqlalchemy.orm import Mapped

from ...checks import in_order
from ...fields import (
    Code,
    Count,
    Day,
    Figure,
    LongText,
    Percentage,
    ShortText,
    YesNo,
    child_rows,
    choice,
    field,
    link,
    person,
    sign,
)
from ...grants import keeper_keeps
from ...grants.archives import upkeep_approved, upkeep_watched
from ...models import Lines, Register


class StorageCheckCabinet(Lines, of="storage_check"):
    """One cabinet looked at."""

    cabinet: Mapped[ShortText] = field("柜号", place="003 篇十三 5")
    locked: Mapped[YesNo | None] = field("已上锁", place="003 篇十三 5")
    clean: Mapped[YesNo | None] = field("清洁无尘", place="003 篇十三 5")
    problem: Mapped[ShortText | None] = field("问题", place="003 篇十三 5")


class StorageCheck(
    Register,
    title="保管环境检查记录",
    key="checked_on room",
    list="checked_on room temperature humidity result problems_found handled_on next_on checked_by_id",
    level=1,
    grants=keeper_keeps | upkeep_watched | upkeep_approved,
    parties="checked_on checked_time room place_id temperature humidity damp_proof mould_proof pest_proof dust_proof "
    "rodent_proof light_proof ventilated ventilated_minutes chemicals_renewed doors_ok windows_ok cabinets_ok "
    "locks_ok fire_ok power_ok water_ok keys_ok classified_apart cabinets result problems_found problems measure "
    "handler_id handled_on next_on checked_by_id checked_at reviewed_by_id reviewed_at",
):
    """One room checked: damp, mould, pests, dust, rodents, fire, doors, locks (R-ARCH-06). 003 篇十一 16; 篇十三 5."""

    carried = "checked_on next_on"

    __table_args__ = (
        in_order("checked_on", "handled_on"),
        in_order("checked_on", "next_on"),
    )

    checked_on: Mapped[Day] = field(
        "检查日期", also="日期", filter=True, section="检查", today=True, place="003 篇十三 5"
    )
    checked_time: Mapped[ShortText | None] = field("检查时间", place="+")
    room: Mapped[ShortText] = field("库房", also="范围 检查范围", filter=True, search=True, place="003 篇十三 5")
    place_id: Mapped[int | None] = link("柜位", to="archive_place", filter=True, place="+")
    temperature: Mapped[Figure | None] = field("温度（℃）", filter=True, place="+")
    humidity: Mapped[Percentage | None] = field("湿度（%）", filter=True, place="+")
    damp_proof: Mapped[YesNo | None] = field(
        "防潮合格", also="防潮", filter=True, section="环境", place="003 篇十一 16"
    )
    mould_proof: Mapped[YesNo | None] = field("防霉合格", also="防霉", filter=True, place="003 篇十一 16")
    pest_proof: Mapped[YesNo | None] = field("防虫合格", also="防虫", filter=True, place="003 篇十三 5")
    dust_proof: Mapped[YesNo | None] = field("防尘合格", also="防尘", filter=True, place="003 篇十三 5")
    rodent_proof: Mapped[YesNo | None] = field("防鼠合格", also="防鼠", filter=True, place="003 篇十三 5")
    light_proof: Mapped[YesNo | None] = field("防光合格", filter=True, place="+")
    ventilated: Mapped[YesNo | None] = field("通风良好", also="通风", filter=True, place="003 篇十三 5")
    ventilated_minutes: Mapped[Count | None] = field("通风时长（分钟）", place="+")
    chemicals_renewed: Mapped[YesNo | None] = field("防虫药剂已更换", filter=True, place="003 篇十三 5")
    doors_ok: Mapped[YesNo | None] = field("门完好", also="门", filter=True, section="安全", place="003 篇十三 5")
    windows_ok: Mapped[YesNo | None] = field("窗完好", also="窗", filter=True, place="003 篇十三 5")
    cabinets_ok: Mapped[YesNo | None] = field("柜完好", also="柜", filter=True, place="003 篇十三 5")
    locks_ok: Mapped[YesNo | None] = field("锁完好", also="锁", filter=True, place="003 篇十三 5")
    fire_ok: Mapped[YesNo | None] = field("消防器材有效", also="防火", filter=True, place="+")
    power_ok: Mapped[YesNo | None] = field("电源安全", filter=True, place="+")
    water_ok: Mapped[YesNo | None] = field("无漏水", filter=True, place="+")
    keys_ok: Mapped[YesNo | None] = field("钥匙专人保管", filter=True, place="003 篇十一 22")
    classified_apart: Mapped[YesNo | None] = field("密级档案单独存放", filter=True, place="003 篇十一 22")
    cabinets: Mapped[list[StorageCheckCabinet]] = child_rows("分柜检查", StorageCheckCabinet, place="003 篇十三 5")
    result: Mapped[Code] = choice(
        "检查结果", also="结果", codes="archive_storage_result", default="fit", filter=True, section="处理", place="+"
    )
    problems_found: Mapped[YesNo | None] = field("发现问题", filter=True, place="+")
    problems: Mapped[LongText | None] = field(
        "问题说明", also="问题", place="R-ARCH-06", only_if="problems_found", required_if="problems_found"
    )
    measure: Mapped[LongText | None] = field("处理措施", also="处理", place="003 篇十三 5")
    handler_id: Mapped[int | None] = person("处理人", party=True, filter=True, place="+")
    handled_on: Mapped[Day | None] = field("处理日期", filter=True, place="+")
    next_on: Mapped[Day | None] = field("下次检查日期", filter=True, place="+")
    checked_by_id: Mapped[int | None] = sign(
        "检查人签字",
        also="检查人",
        signed_with="edit",
        roles="archive_keeper info_officer info_supervisor",
        place="003 篇十三 5",
    )
    reviewed_by_id: Mapped[int | None] = sign(
        "审核", signed_with="approve", roles="info_supervisor service_manager", place="+"
    )
    remark: Mapped[LongText | None] = field("备注", section="其他", place="+")
