"""Destructions: the list, two approvals, two witnesses, the method."""

from sqlalchemy.orm import Mapped

from ...checks import in_order
from ...declaration import slip
from ...fields import (
    Attachment,
    Code,
    Count,
    Day,
    LongText,
    Number,
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
from ...grants.archives import destruction_judged
from ...models import Lines, Register


class DestructionLine(Lines, of="destruction"):
    """One file or item on the list; the entry in the catalogue stays."""

    file_id: Mapped[int | None] = link("案卷", to="archive_file", place="003 篇十一 25")
    item_id: Mapped[int | None] = link("文件", to="archive_item", place="003 篇十一 25")
    file_number: Mapped[ShortText | None] = field("档案号", place="003 篇十一 25")
    name: Mapped[ShortText] = field("题名", place="003 篇十一 25")
    closed_on: Mapped[Day | None] = field("结案日期", place="003 篇十一 25")
    retained_until: Mapped[Day | None] = field("保管到期", place="003 篇十二 3.2.8")
    copies: Mapped[Count | None] = field("份数", place="003 篇十一 25")
    pages: Mapped[Count | None] = field("页数", place="003 篇十一 25")
    checked: Mapped[YesNo | None] = field("鉴定无保存价值", place="003 篇十一 25")


class Destruction(
    Register,
    title="档案销毁记录",
    key="listed_on department_id cause",
    list="listed_on number department_id cause file_count head_signed_by_id approved_by_id destroyed_on way",
    level=2,
    scope="department",
    grants=keeper_keeps | destruction_judged,
    parties="number listed_on department_id cause file_count keeper_id appraised_by_id head_signed_by_id head_signed_at "
    "approved_by_id approved_at destroyed_on way place_name first_witness_by_id first_witness_at second_witness_by_id "
    "second_witness_at",
):
    """One list: head and 总经理 approve, two others than the keeper witness (R-ARCH-07). 003 篇十一 25; 篇十二 3.2.8."""

    called = "number department_id cause"
    on_paper = slip("档案销毁单")
    closes_with = "second_witness_by_id"
    filled_after_judging = "destroyed_on way place_name firm proof remark"
    steps_by = "R-ARCH-07"
    __table_args__ = (in_order("listed_on", "destroyed_on"),)

    number: Mapped[Number] = field(
        "销毁单号", also="编号", unique=True, series="XH", search=True, section="清单", place="+"
    )
    listed_on: Mapped[Day] = field("造册日期", also="日期", filter=True, today=True, place="003 篇十一 25")
    keeper_id: Mapped[int | None] = person("造册人", also="档案管理员", party=True, filter=True, place="003 篇十一 25")
    department_id: Mapped[int | None] = link(
        "所属部门", also="部门", to="department", filter=True, place="003 篇十二 3.2.8"
    )
    lines: Mapped[list[DestructionLine]] = child_rows("销毁清单", DestructionLine, also="清单", place="003 篇十一 25")
    file_count: Mapped[Count] = field("卷件数", also="数量", filter=True, place="003 篇十一 25")
    cause: Mapped[Code] = choice(
        "销毁原因",
        also="原因",
        codes="archive_destruction_cause",
        default="expired",
        filter=True,
        section="鉴定",
        place="003 篇十一 25",
    )
    expired: Mapped[YesNo | None] = field("保管期满（10年）", also="保管期满", filter=True, place="003 篇十二 3.2.8")
    worthless: Mapped[YesNo | None] = field("失去保存价值", filter=True, place="003 篇十一 25")
    none_lent: Mapped[YesNo | None] = field("无外借", filter=True, place="R-ARCH-07")
    none_disputed: Mapped[YesNo | None] = field("无投诉或纠纷", filter=True, place="R-ARCH-07")
    none_held: Mapped[YesNo | None] = field("无封存", filter=True, place="R-ARCH-07")
    appraisal: Mapped[LongText | None] = field("鉴定意见", place="003 篇十一 25")
    appraised_by_id: Mapped[int | None] = sign(
        "鉴定人签字", also="鉴定人", signed_with="approve", roles="info_officer info_supervisor", place="+"
    )
    head_signed_by_id: Mapped[int | None] = sign(
        "部门负责人审核",
        signed_with="approve",
        roles="store_manager marketing_manager sales_manager service_manager",
        after="appraised_by_id",
        section="审批",
        place="003 篇十二 3.2.8",
    )
    approved_by_id: Mapped[int | None] = sign(
        "总经理审批",
        signed_with="approve",
        roles="general_manager",
        after="head_signed_by_id",
        place="003 篇十二 3.2.8",
    )
    opinion: Mapped[LongText | None] = field("审批意见", place="003 篇十一 25")
    destroyed_on: Mapped[Day | None] = field("销毁日期", filter=True, section="销毁", place="003 篇十二 3.2.8")
    way: Mapped[Code | None] = choice(
        "销毁方式",
        also="方式",
        codes="archive_destruction_way",
        filter=True,
        place="003 篇十一 25",
        help="不得当作废纸出售",
    )
    place_name: Mapped[ShortText | None] = field("销毁地点", also="地点", search=True, place="+")
    firm: Mapped[ShortText | None] = field("销毁单位", search=True, place="+")
    scans_erased: Mapped[YesNo | None] = field("扫描件已清除", computed=True, filter=True, place="+")
    proof: Mapped[Attachment | None] = field("销毁证明或照片", place="+")
    first_witness_by_id: Mapped[int | None] = sign(
        "监销人一签字",
        also="监销人一",
        signed_with="approve",
        roles="info_officer info_supervisor",
        even_by="appraised_by_id",
        after="approved_by_id",
        place="+",
    )
    second_witness_by_id: Mapped[int | None] = sign(
        "监销人二签字",
        also="监销人二",
        signed_with="approve",
        roles="info_officer info_supervisor",
        even_by="appraised_by_id",
        after="first_witness_by_id",
        place="+",
    )
    remark: Mapped[LongText | None] = field("备注", section="其他", place="+")
