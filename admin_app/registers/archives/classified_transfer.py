"""Classified papers received, sent, passed on and carried out."""

from sqlalchemy.orm import Mapped

from ...checks import in_order
from ...declaration import slip
from ...fields import (
    Code,
    Codes,
    Count,
    Day,
    LongText,
    Moment,
    Number,
    ShortText,
    YesNo,
    choice,
    choices,
    field,
    link,
    person,
    sign,
)
from ...grants.archives import carriers_write, permits_kept, provision_approved
from ...models import Register


class ClassifiedTransfer(
    Register,
    title="密级文件收发传递登记",
    key="transferred_at kind sender_name receiver_name",
    list="transferred_at number kind item_id carrier_id sender_name receiver_name arrived_at returned_on",
    level=3,
    scope="department",
    grants=permits_kept | provision_approved | carriers_write,
    parties="number transferred_at kind item_id copies carrier_id second_carrier_id sender_name receiver_name "
    "receiver_id safeguards seal_number designated_by_id left_at arrived_at received_by_id return_by returned_on",
):
    """One way of important material, with a designated carrier and the safeguard written down (R-CONF-08). 003 篇十一 23.2."""

    on_paper = slip("密级文件传递单")
    steps_by = "R-CONF-08"
    filled_after_judging = (
        "left_at arrived_at receipt_signed seal_intact return_by returned_on returned_copies incident remark"
    )

    __table_args__ = (in_order("left_at", "arrived_at"),)

    number: Mapped[Number] = field(
        "登记编号", also="编号", unique=True, series="MJ", search=True, section="文件", place="+"
    )
    transferred_at: Mapped[Moment] = field(
        "时间", also="日期 收发时间", filter=True, today=True, place="003 篇十一 23.2"
    )
    kind: Mapped[Code] = choice(
        "类别", also="收发类别", codes="archive_transfer_kind", filter=True, place="003 篇十一 23.2"
    )
    file_id: Mapped[int | None] = link("案卷", also="档案编号", to="archive_file", filter=True, place="003 篇十一 23.2")
    item_id: Mapped[int | None] = link("文件", also="文件名称", to="archive_item", filter=True, place="003 篇十一 23.2")
    material: Mapped[ShortText | None] = field("资料名称", search=True, place="+", help="只在没有登记为文件时填写")
    mark: Mapped[Code | None] = choice("密级", codes="level", filter=True, place="003 篇十一 22")
    document_number: Mapped[ShortText | None] = field("文号", search=True, place="+")
    copies: Mapped[Count | None] = field("份数", default=1, place="003 篇十一 23.2")
    copy_numbers: Mapped[ShortText | None] = field("份号", place="+")
    pages: Mapped[Count | None] = field("页数", place="+")
    sender_name: Mapped[ShortText] = field(
        "发件单位或人", also="发件人 移交人", search=True, section="收发双方", place="003 篇十一 23.2"
    )
    receiver_name: Mapped[ShortText] = field("收件单位或人", also="收件人 接收人", search=True, place="003 篇十一 23.2")
    receiver_id: Mapped[int | None] = person("收件员工", party=True, filter=True, place="+")
    carrier_id: Mapped[int] = person(
        "指定人员", also="携带人 传递人", party=True, filter=True, section="携带人与措施", place="003 篇十一 23.2"
    )
    second_carrier_id: Mapped[int | None] = person("同行人", party=True, place="+")
    safeguards: Mapped[Codes] = choices("安全措施", codes="archive_safeguard", filter=True, place="003 篇十一 23.2")
    safeguard_note: Mapped[LongText | None] = field("措施说明", place="+")
    seal_number: Mapped[ShortText | None] = field("封签号", search=True, place="+")
    destination: Mapped[ShortText | None] = field("目的地", search=True, place="+")
    reason: Mapped[LongText] = field("事由", also="外出事由", place="+")
    designated_by_id: Mapped[int | None] = sign(
        "指定人签字",
        also="批准",
        signed_with="approve",
        roles="info_supervisor service_manager",
        place="003 篇十一 23.2",
    )
    left_at: Mapped[Moment | None] = field(
        "出发时间",
        after="designated_by_id",
        filter=True,
        section="经过",
        place="+",
        help="指定人签字以后才填",
    )
    arrived_at: Mapped[Moment | None] = field(
        "送达时间", after="designated_by_id", filter=True, place="003 篇十一 23.2"
    )
    received_by_id: Mapped[int | None] = sign(
        "收件人签收", signed_with="edit", by="receiver_id", after="arrived_at", place="003 篇十一 23.2"
    )
    receipt_signed: Mapped[YesNo | None] = field(
        "外单位收件人已签收", also="收件人已签收 签收", filter=True, place="003 篇十一 23.2"
    )
    seal_intact: Mapped[YesNo | None] = field("封签完好", filter=True, place="+")
    return_by: Mapped[Day | None] = field("应归还日期", filter=True, place="+")
    returned_on: Mapped[Day | None] = field("归还日期", after="arrived_at", filter=True, place="+")
    returned_copies: Mapped[Count | None] = field("归还份数", place="+")
    incident: Mapped[LongText | None] = field("异常情况", place="+")
    handled_by_id: Mapped[int | None] = sign(
        "登记人签字",
        also="登记人",
        signed_with="edit",
        roles="archive_keeper info_supervisor",
        after="arrived_at",
        place="003 篇十一 23.2",
    )
    remark: Mapped[LongText | None] = field("备注", section="其他", place="+")
