"""The view-model of the bar above a list: search, a box per filter, the chips of what is set."""

import re
from functools import partial
from typing import Any

from flask_babel import gettext as _
from markupsafe import Markup

from ...fields import Face, Reading
from ...models import Register
from ...permissions import Person
from ..fragments import fragment, rendered
from ..input import whole
from ..words import words
from .address import MOST_GROUPS, Address, columns_for
from .filters import OPERATORS, Filter, operators_of, parameter

_KINDS = {"choice": "choice", "choices": "choice", "day": "day", "moment": "day", "int": "number",
          "amount": "number", "decimal": "number", "percentage": "number", "yesno": "yesno"}  # fmt: skip

#: as the browser's own box of days writes it
_A_DAY = re.compile(r"\d{4}-\d\d-\d\d")


def filter_bar(address: Address, person: Person, reading: Reading) -> dict[str, Any]:
    """The bar's part of the page, by the names list.html reads."""
    offered = columns_for(address.register, person)
    searched = [words(face.label) for face in offered if face.search][:3]
    first, *others = _groups(address, _filterable(address, offered), reading)
    return {
        "search": {"value": address.text, "placeholder": _("、").join(searched), "hint": None} if searched else None,
        "filter_fields": first, "more_groups": others, "or_url": _or_url(address), "chips": _chips(address, reading),
        "clear_url": "?void=1" if address.voided else address.whole,
        "hidden": [(name, value) for name, value in address.args.items(multi=True)],
    }  # fmt: skip


def _filterable(address: Address, offered: list[Face]) -> list[Face]:
    """What the bar asks for: the fields declared as filters, those in the list first, then the rest of the list (R-LIST-01)."""
    place = {name: number for number, name in enumerate(address.register.declaration.list)}
    faces = sorted((face for face in offered if face.filter), key=lambda face: place.get(face.name, len(place)))
    faces += [face for face in address.columns if not face.filter]
    return [face for face in faces if operators_of(address.register, face)]


def _groups(address: Address, faces: list[Face], reading: Reading) -> list[list[Markup]]:
    """The boxes of each group of conditions: of the first, of those that hold some, and of one more where it is asked for."""
    asked = whole(address.args.get("or", "")) or 1
    last = min(max(asked, *(one.group for one in address.filters), 1), MOST_GROUPS)
    set_now = {(one.group, one.face.name): one for one in address.filters}
    return [
        [_box(address.register, face, group, set_now.get((group, face.name)), reading) for face in faces]
        for group in range(1, last + 1)
    ]


def _or_url(address: Address) -> str | None:
    """Where one more group of conditions is offered; behind the last that holds some."""
    last = max((one.group for one in address.filters), default=MOST_GROUPS)
    return address.url(**{"or": last + 1}) if last < MOST_GROUPS else None


def _chips(address: Address, reading: Reading) -> list[dict[str, Any]]:
    """What is asked for, in the order in which it reads; *alternative* begins the next group."""
    chips = []
    if address.text:
        text = _("查找“%(text)s”", text=address.text)
        chips.append({"text": text, "remove_url": address.url(q=None, search=None), "alternative": False})
    for number, group in enumerate(address.groups()):
        for place, one in enumerate(group):
            chip = {"text": one.sentence(reading), "remove_url": address.without(one)}
            chips.append({**chip, "alternative": bool(number and not place)})
    return chips


def _box(register: type[Register], face: Face, group: int, now: Filter | None, reading: Reading) -> Markup:
    """The box of one filter; those where nothing is set are alike for everyone, and there are a dozen on every list."""
    options = _options(face, reading)
    if now is not None:
        return rendered("parts/filters.html", "condition", _model(register, face, group, options, now))
    key = (register.__tablename__, face.name, group, tuple(options))
    return fragment("parts/filters.html", "condition", key, partial(_model, register, face, group, options, now))


def _options(face: Face, reading: Reading) -> list[tuple[str, str]]:
    if face.codes:
        return list(reading.options(face.codes).items())
    return [("yes", _("是")), ("no", _("否"))] if face.kind.name == "yesno" else []


def _model(
    register: type[Register], face: Face, group: int, options: list[tuple[str, str]], now: Filter | None
) -> dict[str, Any]:
    operators = operators_of(register, face)
    return {
        "name": parameter(face, group), "label": words(face.label), "kind": _KINDS.get(face.kind.name, "text"),
        "options": [{"value": value, "label": label} for value, label in options],
        "operators": [{"key": key, "label": OPERATORS[key][0], "takes": OPERATORS[key][1]} for key in operators],
        "as_text": now is not None and any(value and not _A_DAY.fullmatch(value) for value in now.values),
        "values": list(now.values) if now else [], "chosen": now.operator if now else None,
    }  # fmt: skip
