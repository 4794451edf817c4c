"""Places: room, cabinet, shelf, position; the order of the catalogue."""

from sqlalchemy import CheckConstraint
from sqlalchemy.orm import Mapped

from ...fields import Code, Count, LongText, ShortText, choice, field, person
from ...grants import keeper_keeps, places_seen
from ...models import Register
from ...permissions import Level
from ...texts import say


class ArchivePlace(
    Register,
    title="档案柜位",
    key="code",
    list="code room cabinet shelf position clearance custodian_id capacity",
    level=1,
    grants=keeper_keeps | places_seen,
    parties="code room cabinet shelf position",
):
    """One place on a shelf, and up to which level it is meant for (R-ARCH-02, R-CONF-04). 003 篇十一 7."""

    __table_args__ = (
        CheckConstraint(
            "shelf > 0 AND position > 0", name="counted_from_one", info={"sentence": say("层和位从 1 数起")}
        ),
    )

    code: Mapped[ShortText] = field(
        "柜位编号", also="柜位 存放位置", unique=True, search=True, section="位置", place="003 篇十一 7"
    )
    room: Mapped[ShortText] = field("库房", also="房间", filter=True, search=True, place="003 篇十一 7")
    cabinet: Mapped[ShortText] = field("柜号", also="柜", filter=True, search=True, place="003 篇十一 7")
    shelf: Mapped[Count] = field("层", filter=True, place="003 篇十一 7", help="从上往下数")
    position: Mapped[Count] = field("位", place="003 篇十一 7", help="从左往右数")
    clearance: Mapped[Code] = choice(
        "最高存放密级",
        also="密级",
        codes="level",
        default="2",
        filter=True,
        section="用途",
        place="003 篇十一 22",
        help=say(
            "{confidential}和{top}档案只能放在相应密级的柜位",
            confidential=Level.CONFIDENTIAL.label,
            top=Level.TOP_SECRET.label,
        ),
    )
    custodian_id: Mapped[int | None] = person("保管人", filter=True, place="003 篇十一 22", handed_over=True)
    capacity: Mapped[Count | None] = field("可放卷数", place="+")
    remark: Mapped[LongText | None] = field("备注", section="其他", place="+")
