"""Estates: where customers live or will live."""

from sqlalchemy.orm import Mapped

from ...fields import Count, Day, LongText, Money, ShortText, YesNo, field
from ...grants import estates_kept, reference_data
from ...models import Register


class Estate(
    Register,
    title="小区楼盘档案",
    key="name",
    list="name district developer key_estate households handover_on",
    level=1,
    grants=reference_data | estates_kept,
    parties="name district developer key_estate",
):
    """A housing estate; the key ones get promotion and model homes. 000 重点楼盘情况, 小区推广."""

    sought = True
    told_by = "name"

    name: Mapped[ShortText] = field(
        "小区名称", also="小区 楼盘 楼盘名称", once=True, search=True, section="基本情况", place="000 重点楼盘情况"
    )
    district: Mapped[ShortText | None] = field("区域", also="所在区", filter=True, place="000 重点楼盘情况")
    address: Mapped[ShortText | None] = field("地址", also="小区地址", search=True, place="000 重点楼盘情况")
    developer: Mapped[ShortText | None] = field("开发商", search=True, filter=True, place="000 重点楼盘情况")
    property_firm: Mapped[ShortText | None] = field("物业公司", place="+")
    key_estate: Mapped[YesNo | None] = field("重点楼盘", filter=True, place="000 重点楼盘情况")
    households: Mapped[Count | None] = field("户数", section="楼盘情况", place="+")
    layouts: Mapped[LongText | None] = field("主要户型", place="+")
    price: Mapped[Money | None] = field("均价（元/㎡）", also="均价", place="+")
    handover_on: Mapped[Day | None] = field("交房日期", filter=True, place="000 ch2")
    model_homes: Mapped[LongText | None] = field("样板间地址", also="样板间", place="000 ch3 准备资料")
    promotion: Mapped[LongText | None] = field("推广情况", also="小区推广情况", place="000 小区推广")
    remark: Mapped[LongText | None] = field("备注", section="其他", place="+")
