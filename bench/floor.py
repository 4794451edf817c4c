"""The bare work of a list: the page's rows and its capped total by the driver, and a plain template of the same rows."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from jinja2 import Environment

from .databases import House
from .rows import moment

_COLUMNS = "id, public_id, came_at, name, phone, estate, source, grade, received_by"
_ROWS = (
    f"SELECT {_COLUMNS} FROM visitor WHERE voided_at IS NULL {{where}} ORDER BY {{order}} LIMIT 51 OFFSET {{offset}}"
)
_TOTAL = "SELECT count(*) FROM (SELECT 1 FROM visitor WHERE voided_at IS NULL {where} LIMIT 1001) AS counted"
_NEWEST = "came_at DESC, id DESC"
DEEP = 1000
#: what the filtered list asks for: a grade, and the last so many days
GRADE, DAYS = "A", 30
#: what is searched for: a fragment of some phones, a name of two characters, a name by its pinyin initials
PHONE, NAME, PINYIN = "2468", "林霞", "lxw"
#: what the bare driver is asked in the place of the initials, knowing no pinyin
SPELLED = "林霞伟"

_PAGE = Environment(autoescape=True).from_string("""<!doctype html>
<html lang="zh-CN"><head><meta charset="utf-8"><title>{{ total }}</title></head><body><table>
{% for row in rows %}<tr>{% for text in row %}<td>{{ text }}</td>{% endfor %}</tr>
{% endfor %}</table></body></html>""")


def floors(house: House, now: datetime) -> dict[str, Callable[[], str]]:
    """Question -> a call that answers it as barely as can be, for somebody who sees every row."""
    at = _row_before(house)
    since = moment(now - timedelta(days=DAYS))
    beyond = "AND (came_at, id) < ({0}, {0})"
    return {
        "first": _call(house, _NEWEST),
        "keyset": _call(house, _NEWEST, page=(beyond, at)),
        "number": _call(house, _NEWEST, offset=(DEEP - 1) * 50),
        "filtered": _call(house, _NEWEST, asked=("AND grade = {0} AND came_at >= {0}", (GRADE, since))),
        "sorted": _call(house, "name, id"),
        "phone": _call(house, _NEWEST, asked=("AND phone LIKE {0}", (f"%{PHONE}%",))),
        "name": _call(house, _NEWEST, asked=("AND name LIKE {0}", (f"%{NAME}%",))),
        "pinyin": _call(house, _NEWEST, asked=("AND name LIKE {0}", (f"%{SPELLED}%",))),
    }


def _row_before(house: House) -> tuple[Any, Any]:
    """Sort value and id of the last row before the deep page."""
    statement = f"SELECT came_at, id FROM visitor WHERE voided_at IS NULL ORDER BY {_NEWEST} LIMIT 1 OFFSET {(DEEP - 1) * 50 - 1}"
    connection = house.driver()
    row = connection.execute(statement).fetchone()
    connection.close()
    return tuple(row)


def _call(
    house: House, order: str, offset: int = 0,
    asked: tuple[str, tuple[Any, ...]] = ("", ()), page: tuple[str, tuple[Any, ...]] = ("", ()),
) -> Callable[[], str]:  # fmt: skip
    """*asked* holds for rows and total, *page* for the rows of the page alone."""
    mark = "?" if house.kind == "sqlite" else "%s"
    rows = _ROWS.format(where=(asked[0] + page[0]).format(mark), order=order, offset=offset)
    total = _TOTAL.format(where=asked[0].format(mark))
    connection = house.driver()

    def call() -> str:
        found = connection.execute(rows, (*asked[1], *page[1])).fetchall()
        counted = connection.execute(total, asked[1]).fetchone()[0]
        return _PAGE.render(rows=found[:50], total=counted)

    return call
