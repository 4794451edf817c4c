"""Outings: who left the store, when, and when they came back."""

from sqlalchemy import CheckConstraint
from sqlalchemy.orm import Mapped

from ...fields import LongText, Moment, ShortText, field, link, person
from ...grants import outings_kept
from ...models import Register


class Outing(
    Register,
    title="设计师外出登记表",
    key="designer_id out_at",
    list="out_at designer_id place_visited purpose back_at registered_by_id",
    level=1,
    scope="store owner",
    grants=outings_kept,
    parties="out_at back_at designer_id place_visited purpose customer_id registered_by_id",
):
    """Going out without a line here counts against dispatch and the monthly score (R-DISP-07, R-SCOR-01). 000 考核4."""

    carried = "out_at registered_by_id"

    __table_args__ = (CheckConstraint("out_at <= back_at", name="back_after_out"),)

    designer_id: Mapped[int] = person(
        "外出人", also="设计师 姓名", party=True, filter=True, place="000 考核4", section="外出"
    )
    out_at: Mapped[Moment] = field("外出时间", also="日期", filter=True, today=True, place="000 考核4")
    back_at: Mapped[Moment | None] = field("返回时间", filter=True, place="000 考核4")
    place_visited: Mapped[ShortText] = field("地点", also="外出地点", search=True, place="000 考核4")
    purpose: Mapped[ShortText] = field("事由", also="外出事由", search=True, place="000 考核4")
    customer_id: Mapped[int | None] = link("客户", to="customer", filter=True, place="+")
    registered_by_id: Mapped[int | None] = person("登记人", filter=True, place="000 考核4")
    remark: Mapped[LongText | None] = field("备注", section="其他", place="+")
