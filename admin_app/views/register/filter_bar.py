"""The view-model of the bar above a list: search, a box per filter, the chips of what is set."""

import re
from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from flask_babel import gettext as _
from markupsafe import Markup

from ...fields import Face, Reading
from ...models import Register
from ..fragments import fragment, rendered
from ..input import whole
from ..words import words
from .address import MOST_GROUPS, Address
from .filters import OPERATORS, Filter, operators_of, parameter

if TYPE_CHECKING:
    from .plan import Plan

_KINDS = {"choice": "choice", "choices": "choice", "day": "day", "moment": "day", "int": "number",
          "amount": "number", "decimal": "number", "percentage": "number", "yesno": "yesno"}  # fmt: skip

#: as the browser's own box of days writes it
_A_DAY = re.compile(r"\d{4}-\d\d-\d\d")


def filter_model(address: Address, plan: "Plan", reading: Reading) -> dict[str, Any]:
    """The bar's part of the page, by the names parts/filters.html reads."""
    first, *others = _groups(address, plan, reading)
    return {
        "title": words(address.register.declaration.title),
        "search": {"value": address.text, "placeholder": plan.searched, "hint": None} if plan.searched else None,
        "filter_fields": first, "more_groups": others, "or_url": _or_url(address), "chips": _chips(address, reading),
        "clear_url": "?void=1" if address.voided else address.whole, "hidden": address.hidden(),
    }  # fmt: skip


def _groups(address: Address, plan: "Plan", reading: Reading) -> list[Sequence[Markup]]:
    """The boxes of each group of conditions: of the first, of those that hold some, and of one more where it is asked for."""
    asked = whole(address.args.get("or", "")) or 1
    last = min(max(asked, *(one.group for one in address.filters), 1), MOST_GROUPS)
    if last == 1 and not address.filters:
        return [plan.boxes]
    set_now = {(one.group, one.face.name): one for one in address.filters}
    return [
        [box(address.register, face, group, set_now.get((group, face.name)), reading) for face in plan.filterable]
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


def box(register: type[Register], face: Face, group: int, now: Filter | None, reading: Reading) -> Markup:
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
        "operators": [{"key": key, "label": words(OPERATORS[key][0]), "takes": OPERATORS[key][1]} for key in operators],
        "as_text": now is not None and any(value and not _A_DAY.fullmatch(value) for value in now.values),
        "values": list(now.values) if now else [], "chosen": now.operator if now else None,
    }  # fmt: skip
