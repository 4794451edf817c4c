"""The view-model of the bar above a list: search, a box per filter, the chips of what is set."""

from functools import partial
from typing import Any

from flask_babel import gettext as _
from markupsafe import Markup

from ...fields import Face, Reading
from ...models import Register
from ...permissions import Person
from ..fragments import fragment, rendered
from ..words import words
from .address import Address, columns_for
from .filters import OPERATORS, Filter, operators_of

_KINDS = {"choice": "choice", "choices": "choice", "day": "day", "moment": "moment", "int": "number",
          "amount": "number", "decimal": "number", "percentage": "number", "yesno": "yesno"}  # fmt: skip


def filter_bar(address: Address, register: type[Register], person: Person, reading: Reading) -> dict[str, Any]:
    """The bar's part of the page, by the names list.html reads."""
    set_now = {one.face.name: one for one in address.filters}
    offered = columns_for(register, person)
    searched = [words(face.label) for face in offered if face.search][:3]
    chips = [{"text": one.sentence(reading), "remove_url": address.without(one.face.name)} for one in address.filters]
    if address.text:
        chips.append({"text": _("查找“%(text)s”", text=address.text), "remove_url": address.url(q=None, search=None)})
    return {
        "search": {"value": address.text, "placeholder": _("、").join(searched), "hint": None} if searched else None,
        "filter_fields": [_box(register, face, set_now.get(face.name), reading) for face in offered if face.filter],
        "chips": chips, "clear_url": "?void=1" if address.voided else address.whole,
        "hidden": [(name, value) for name, value in address.args.items(multi=True)],
    }  # fmt: skip


def _box(register: type[Register], face: Face, now: Filter | None, reading: Reading) -> Markup:
    """The box of one filter; those where nothing is set are alike for everyone, and there are a dozen on every list."""
    options = _options(face, reading)
    if now is not None:
        return rendered("parts/filters.html", "condition", _model(face, options, now))
    key = (register.__tablename__, face.name, tuple(options))
    return fragment("parts/filters.html", "condition", key, partial(_model, face, options, now))


def _options(face: Face, reading: Reading) -> list[tuple[str, str]]:
    if face.codes:
        return list(reading.options(face.codes).items())
    return [("yes", _("是")), ("no", _("否"))] if face.kind.name == "yesno" else []


def _model(face: Face, options: list[tuple[str, str]], now: Filter | None) -> dict[str, Any]:
    return {
        "name": face.name, "label": words(face.label), "kind": _KINDS.get(face.kind.name, "text"),
        "options": [{"value": value, "label": label} for value, label in options],
        "operators": [{"key": key, "label": OPERATORS[key][0], "takes": OPERATORS[key][1]} for key in operators_of(face)],
        "values": list(now.values) if now else [], "chosen": now.operator if now else None,
    }  # fmt: skip
