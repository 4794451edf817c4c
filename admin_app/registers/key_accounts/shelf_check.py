"""Checks of display and price in outlets."""

from sqlalchemy.orm import Mapped

from ...checks import between, in_order
from ...fields import Attachment, Count, Day, LongText, Money, ShortText, YesNo, child_rows, field, link, person
from ...grants import supervision
from ...grants.key_accounts import outlets_led, own_outlets
from ...models import Lines, Register


class ShelfCheckItem(Lines, of="shelf_check"):
    """A brand and size on the shelf."""

    brand: Mapped[ShortText] = field("品牌", place="002 雪恩 工作职责")
    size: Mapped[ShortText] = field("规格", place="002 雪恩 工作职责")
    present: Mapped[YesNo] = field("有货", default=True, place="002 雪恩 工作职责")
    facings: Mapped[Count | None] = field("陈列面数", place="+")
    selling_price: Mapped[Money | None] = field("实际售价", place="002 雪恩 工作职责")
    set_price: Mapped[Money | None] = field("规定售价", place="002 雪恩 工作职责")
    price_right: Mapped[YesNo | None] = field("售价正确", place="002 雪恩 工作职责")


class ShelfCheck(
    Register,
    title="终端陈列与价格检查表",
    key="checked_on outlet_id",
    list="checked_on outlet_id checker_id brands_present display_ok space_ok price_ok rectify_by rectified_on",
    level=1,
    scope="department owner",
    grants=own_outlets | outlets_led | supervision,
    parties="checked_on outlet_id checker_id display_ok space_ok price_ok problems rectify_by rectified_on",
):
    """One visit to an outlet: brands and sizes present, display, shelf space, price right or not. 002 雪恩 工作职责."""

    carried = "checked_on checker_id"

    due = "rectify_by until rectified_on"

    __table_args__ = (
        in_order("checked_on", "rectified_on"),
        between("brands_present", 0),
        between("sizes_missing", 0),
        between("price_errors", 0),
    )

    checked_on: Mapped[Day] = field(
        "检查日期", also="日期", filter=True, section="检查", today=True, place="002 雪恩 工作职责"
    )
    outlet_id: Mapped[int] = link(
        "网点", also="网点名称 店名", to="outlet", filter=True, belongs=True, place="002 雪恩 工作职责"
    )
    checker_id: Mapped[int] = person("检查人", also="业务员", filter=True, party=True, place="002 雪恩 工作职责")
    items: Mapped[list[ShelfCheckItem]] = child_rows(
        "品牌规格", ShelfCheckItem, section="品牌与规格", place="002 雪恩 工作职责"
    )
    brands_present: Mapped[Count | None] = field("在售品牌数", place="002 雪恩 工作职责")
    sizes_missing: Mapped[Count | None] = field("缺货规格数", place="+")
    display_ok: Mapped[YesNo | None] = field(
        "陈列合格", also="陈列", filter=True, section="陈列", place="002 雪恩 工作职责"
    )
    display_note: Mapped[LongText | None] = field("陈列情况", place="002 雪恩 工作职责")
    space_ok: Mapped[YesNo | None] = field("货架空间位置合适", also="货架空间", filter=True, place="002 雪恩 工作职责")
    promotion_ok: Mapped[YesNo | None] = field("助销品到位", also="助销", filter=True, place="002 雪恩 工作职责")
    price_ok: Mapped[YesNo | None] = field(
        "售价正确", also="价格正确", filter=True, section="价格", place="002 雪恩 工作职责"
    )
    price_errors: Mapped[Count | None] = field("价格差错数", place="002 雪恩 工作职责")
    problems: Mapped[LongText | None] = field("发现的问题", also="问题", section="整改", place="002 雪恩 工作职责")
    rectify_by: Mapped[Day | None] = field("整改期限", filter=True, place="+")
    rectified_on: Mapped[Day | None] = field("整改完成日期", filter=True, place="+")
    photo: Mapped[Attachment | None] = field("照片", place="+")
    outlet_signed: Mapped[YesNo | None] = field("店方已确认", place="+")
    remark: Mapped[LongText | None] = field("备注", section="其他", place="+")
