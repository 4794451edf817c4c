"""The book of receipts: who hands which file over, what is missing, both signatures."""

from sqlalchemy.orm import Mapped

from ...checks import in_order
from ...declaration import slip
from ...fields import Count, Day, LongText, Number, ShortText, YesNo, child_rows, field, link, person, sign
from ...grants.archives import handovers_kept, handovers_made
from ...models import Lines, Register


class ArchiveHandoverMissing(Lines, of="archive_handover"):
    """One item that is missing."""

    name: Mapped[ShortText] = field("缺项", also="文件名称", place="003 篇七")
    copies: Mapped[Count | None] = field("份数", default=1, place="003 篇七")
    cause: Mapped[ShortText | None] = field("原因", place="+")
    due_on: Mapped[Day | None] = field("补齐期限", place="+")
    supplied_on: Mapped[Day | None] = field("补齐日期", place="003 篇七")


class ArchiveHandover(
    Register,
    title="用户档案签收簿",
    key="handed_on vin plate",
    list="handed_on number archive_type_id owner_id receiver_id due_on on_time complete filled_in",
    level=1,
    scope="store department owner",
    grants=handovers_made | handovers_kept,
    parties="number handed_on file_id archive_type_id plate owner_id receiver_id delivered_on due_on on_time complete "
    "found_on found_where found_papers missing missing_count handed_by_id handed_at received_by_id received_at completed_on copied",
):
    """One file handed over, signed by both; what is missing is listed (R-ARCH-04, R-FINE-05). 003 篇七.

    Papers that somebody keeps apart are called in by the same book (R-ARCH-10). 003 篇十一 19.1.
    """

    called = "number customer_id handed_on"
    on_paper = slip("档案交接单")
    carried = "handed_on owner_id department_id receiver_id"

    __table_args__ = (
        in_order("delivered_on", "handed_on"),
        in_order("handed_on", "completed_on"),
    )

    number: Mapped[Number] = field(
        "签收编号", also="编号", unique=True, series="QS", search=True, section="移交", place="+"
    )
    handed_on: Mapped[Day] = field("日期", also="移交日期 实交日 签收日期", filter=True, today=True, place="003 篇七")
    file_id: Mapped[int | None] = link("档案", also="档案号 档案编号", to="archive_file", filter=True, place="003 篇七")
    archive_type_id: Mapped[int] = link("档案类型", also="类型", to="archive_type", filter=True, place="003 篇七")
    customer_id: Mapped[int | None] = link("客户", also="客户名称 客户姓名", to="customer", filter=True, place="+")
    vin: Mapped[ShortText | None] = field(
        "车架号（VIN）", also="车架号 VIN 车辆", mask=True, search=True, place="003 篇七"
    )
    plate: Mapped[ShortText | None] = field("车牌号", also="车牌", mask=True, search=True, place="003 篇七")
    order_number: Mapped[ShortText | None] = field("委托书或合同号", also="任务委托书号", search=True, place="+")
    owner_id: Mapped[int | None] = person(
        "移交人",
        also="顾问 销售顾问 服务顾问",
        filter=True,
        place="003 篇七",
        handed_over=False,
        required_if="found_on",
    )
    department_id: Mapped[int | None] = link("移交部门", also="部门", to="department", filter=True, place="003 篇七 8")
    receiver_id: Mapped[int | None] = person("接收人", also="档案管理员", party=True, filter=True, place="003 篇七")
    delivered_on: Mapped[Day | None] = field("交车日期", also="完工日期", filter=True, section="期限", place="003 篇七")
    due_on: Mapped[Day | None] = field(
        "应交日", also="应交日期", computed=True, filter=True, place="003 篇七", help="新车三个工作日，维修一个工作日"
    )
    on_time: Mapped[YesNo | None] = field("是否按时", also="按时", computed=True, filter=True, place="003 篇七")
    copies: Mapped[Count | None] = field("移交份数", also="份数", section="资料", place="+")
    contact_confirmed: Mapped[YesNo | None] = field("联系人与手机已核对", filter=True, place="003 篇七")
    checked_before: Mapped[YesNo | None] = field("移交前已自查", filter=True, place="003 篇七")
    complete: Mapped[YesNo | None] = field("资料齐全", also="齐全", filter=True, place="003 篇七")
    missing_count: Mapped[Count | None] = field("缺项数", filter=True, place="003 篇七")
    missing: Mapped[list[ArchiveHandoverMissing]] = child_rows("缺项明细", ArchiveHandoverMissing, place="003 篇七")
    completed_on: Mapped[Day | None] = field("补齐日期", filter=True, place="003 篇七")
    customer_signatures: Mapped[YesNo | None] = field("用户签名齐全", filter=True, place="003 篇七")
    handed_by_id: Mapped[int | None] = sign(
        "移交人签字", signed_with="edit", by="owner_id", section="签收与整理", place="003 篇七"
    )
    received_by_id: Mapped[int | None] = sign("接收人签字", signed_with="edit", by="receiver_id", place="003 篇七")
    copied: Mapped[YesNo | None] = field("复印扫描完成", filter=True, place="003 篇七")
    shelved: Mapped[YesNo | None] = field("原件已入柜", filter=True, place="003 篇七")
    filled_in: Mapped[YesNo | None] = field("电子版已填充", also="客户档案电子版", filter=True, place="003 篇七")
    found_on: Mapped[Day | None] = field(
        "发现日期",
        filter=True,
        section="别处发现的资料",
        place="003 篇十一 19.1",
        help="部门或个人自存的资料，发现后登记，收回档案室",
    )
    found_where: Mapped[ShortText | None] = field("发现地点", place="003 篇十一 19.1", required_if="found_on")
    found_papers: Mapped[LongText | None] = field(
        "发现的资料", place="003 篇十一 19.1", required_if="found_on", help="由谁保存的填在“移交人”"
    )
    found_by_id: Mapped[int | None] = person("发现人", place="003 篇十一 19.1")
    remark: Mapped[LongText | None] = field("备注", section="其他", place="+")
