"""Stores: where visitors come in."""

from sqlalchemy import CheckConstraint
from sqlalchemy.orm import Mapped

from ...fields import Code, Day, LongText, Moment, Phone, ShortText, choice, field, person
from ...grants import absence_recorded, admin_keeps, reference_data
from ...models import Register


class Store(
    Register,
    title="店面",
    key="name",
    list="name region manager_id phone absent_until",
    level=1,
    grants=reference_data | admin_keeps | absence_recorded,
    parties="name region manager_id phone",
):
    """A store and its manager, whose recorded absence opens the way to the general manager (R-DISP-02). 000."""

    __table_args__ = (CheckConstraint("absent_from <= absent_until", name="absence_in_order"),)

    name: Mapped[ShortText] = field("店面名称", also="店面 店名", once=True, search=True, place="000")
    region: Mapped[ShortText | None] = field("分公司（区域）", also="分公司 区域", filter=True, place="000")
    address: Mapped[ShortText | None] = field("地址", search=True, place="000")
    phone: Mapped[Phone | None] = field("店面电话", also="电话", place="000")
    manager_id: Mapped[int | None] = person("店经理", late=True, filter=True, place="000", handed_over=True)
    opened_on: Mapped[Day | None] = field("开业日期", place="+")
    absent_from: Mapped[Moment | None] = field(
        "离开时间", section="店经理不在店", place="000 派单制度2", help="登记后由总经理授权派单，店经理回店补签"
    )
    absent_until: Mapped[Moment | None] = field("预计返回时间", filter=True, place="000 派单制度2")
    absence_reason: Mapped[Code | None] = choice("原因", codes="absence_reason", place="000 派单制度2")
    remark: Mapped[LongText | None] = field("备注", section="其他", place="+")
