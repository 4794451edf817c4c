"""Departments: the tree through which a request finds its head."""

from sqlalchemy import CheckConstraint
from sqlalchemy.orm import Mapped

from ...fields import LongText, ShortText, field, link, person
from ...grants import admin_keeps, reference_data
from ...models import Register
from ...texts import say


class Department(
    Register,
    title="部门",
    key="name",
    list="name parent_id head_id store_id",
    level=1,
    grants=reference_data | admin_keeps,
    parties="name parent_id head_id store_id",
):
    """A department, its head and the one above it; the head's signature is its stamp. 003 篇十一 18."""

    __table_args__ = (
        CheckConstraint("parent_id <> id", name="not_above_itself", info={"sentence": say("上级部门不能是本部门")}),
    )

    name: Mapped[ShortText] = field("部门名称", also="部门 单位（部门）", once=True, search=True, place="001 ch1")
    parent_id: Mapped[int | None] = link(
        "上级部门", to="department", filter=True, place="001 ch1", help="负责人不能签批时，由上级部门负责人签批"
    )
    head_id: Mapped[int | None] = person(
        "部门负责人",
        late=True,
        also="负责人",
        filter=True,
        place="003 篇十一 18",
        help="代表本部门在申请单上签字",
        handed_over=True,
    )
    store_id: Mapped[int | None] = link("所在店面", to="store", filter=True, place="000")
    duties: Mapped[LongText | None] = field("部门职责", place="001 ch1")
    remark: Mapped[LongText | None] = field("备注", place="+")
