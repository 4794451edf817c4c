"""Repairs of faded or damaged papers."""

from sqlalchemy.orm import Mapped

from ...checks import in_order
from ...fields import (
    Attachment,
    Code,
    Day,
    LongText,
    Money,
    Number,
    ShortText,
    YesNo,
    choice,
    field,
    link,
    person,
    sign,
)
from ...grants import keeper_keeps
from ...grants.archives import upkeep_approved, upkeep_watched
from ...models import Register


class ArchiveRepair(
    Register,
    title="档案修复记录",
    key="found_on file_id damage",
    list="found_on number file_id item_id damage way repaired_on repairer_id accepted_by_id",
    level=1,
    grants=keeper_keeps | upkeep_watched | upkeep_approved,
    parties="number found_on inspection_id loan_id file_id item_id damage pages severity cause description photo_before "
    "repair_by repairer_id outside sent_on back_on way materials cost repaired_on copy_kept photo_after result "
    "restored repaired_by_id repaired_at accepted_by_id accepted_at",
):
    """One repair, from the damage found to the check of the result (R-ARCH-05, R-LOAN-08). 003 篇十一 15."""

    called = "number file_id damage"
    ends_with = "repaired_on"
    due = "repair_by"

    __table_args__ = (
        in_order("found_on", "repaired_on"),
        in_order("sent_on", "back_on"),
        in_order("found_on", "repair_by"),
    )

    number: Mapped[Number] = field(
        "修复编号", also="编号", unique=True, series="XF", search=True, section="损坏", place="+"
    )
    found_on: Mapped[Day] = field("发现日期", also="日期", filter=True, today=True, place="003 篇十一 15")
    inspection_id: Mapped[int | None] = link("来自检查", to="archive_inspection", filter=True, place="003 篇十一 14")
    loan_id: Mapped[int | None] = link("来自归还", to="archive_loan", filter=True, place="003 篇十一 20")
    file_id: Mapped[int | None] = link(
        "案卷", also="档案号 档案编号", to="archive_file", filter=True, place="003 篇十一 15"
    )
    item_id: Mapped[int | None] = link("文件", also="文件名称", to="archive_item", filter=True, place="003 篇十一 15")
    damage: Mapped[Code] = choice(
        "损坏类别", also="损坏情况", codes="archive_damage", filter=True, place="003 篇十一 15"
    )
    pages: Mapped[ShortText | None] = field("损坏页码", also="页码", place="003 篇十一 15")
    severity: Mapped[ShortText | None] = field("损坏程度", place="003 篇十一 15")
    cause: Mapped[ShortText | None] = field("损坏原因", also="原因", search=True, place="003 篇十一 15")
    description: Mapped[LongText | None] = field("情况说明", place="003 篇十一 15")
    photo_before: Mapped[Attachment | None] = field("修复前照片", place="+")
    repair_by: Mapped[Day | None] = field("修复期限", filter=True, section="修复", place="+")
    repairer_id: Mapped[int | None] = person("修复人", party=True, filter=True, place="003 篇十一 15", handed_over=True)
    outside: Mapped[ShortText | None] = field("外送单位", search=True, place="+")
    sent_on: Mapped[Day | None] = field("送修日期", filter=True, place="+")
    back_on: Mapped[Day | None] = field("取回日期", filter=True, place="+")
    way: Mapped[Code | None] = choice(
        "修复方法", also="方法", codes="archive_repair_way", filter=True, place="003 篇十一 15"
    )
    materials: Mapped[ShortText | None] = field("修复材料", place="+")
    cost: Mapped[Money | None] = field("修复费用", also="费用", filter=True, place="+")
    repaired_on: Mapped[Day | None] = field("修复完成日期", also="完成日期", filter=True, place="003 篇十一 15")
    copy_kept: Mapped[YesNo | None] = field("已留复制件", filter=True, place="003 篇十一 15")
    photo_after: Mapped[Attachment | None] = field("修复后照片", place="+")
    result: Mapped[LongText | None] = field("修复结果", also="结果", section="验收", place="003 篇十一 15")
    restored: Mapped[YesNo | None] = field("恢复原状", filter=True, place="003 篇十一 15")
    repaired_by_id: Mapped[int | None] = sign("修复人签字", signed_with="edit", by="repairer_id", place="+")
    accepted_by_id: Mapped[int | None] = sign(
        "验收人签字",
        also="验收人",
        signed_with="approve",
        roles="info_supervisor service_manager",
        place="003 篇十一 15",
    )
    remark: Mapped[LongText | None] = field("备注", section="其他", place="+")
