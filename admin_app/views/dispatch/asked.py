"""What the proposer types of a customer: boxes of the offer's page, read back from its address or form."""

from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any

from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict

from ...database import db
from ...fields import Fault, Kind, Reading
from ...models import Register, register_named
from ...operations.dispatch.proposing import Asked, known_of
from ...texts import COMMA, SEMICOLON, say, several
from ..words import reading, words

_LONGEST = 2000


@dataclass
class Typed:
    """What was typed, as the operation takes it and as the boxes show it, with what is wrong."""

    asked: Asked
    amount: str = ""
    faults: dict[str, str] = field(default_factory=dict)

    def cells(self, reads: Reading) -> list[dict[str, Any]]:
        """The boxes, as parts/fields.html shows them."""
        asked = self.asked
        return [
            self._cell("facts", _("客户基本情况"), "longtext", asked.facts, required=True),
            self._cell("special_wishes", _("特殊要求"), "longtext", asked.special_wishes),
            self._cell("amount", _("预计金额（元）"), "money", self.amount, width="m"),
            self._cell("off_plan", _("期房"), "yesno", "yes" if asked.off_plan else "no", width="m", required=True),
            self._choices("styles", _("客户喜欢的风格"), "style", asked.styles, reads),
            self._choices("customer_types", _("客户类型"), "customer_type", asked.customer_types, reads),
        ]

    def _cell(self, name: str, label: str, type_: str, value: Any, **more: Any) -> dict[str, Any]:
        errors = [self.faults[name]] if name in self.faults else []
        return {
            "name": name, "label": label, "type": type_, "value": value, "errors": errors, "help": "", "required": False,
            "width": "full", "masked": False, **more,
        }  # fmt: skip

    def _choices(self, name: str, label: str, codes: str, chosen: Any, reads: Reading) -> dict[str, Any]:
        offered = [
            {"value": code, "label": text}
            for code, text in reads.options(codes).items()
            if code not in reads.retired(codes)
        ]
        return self._cell(name, label, "choices", None, options=offered, values=list(chosen))


def begun(customer: Register) -> Typed:
    """Before anything was typed: what the customer's consultation says."""
    return Typed(known_of(db.session, customer))


def read(form: MultiDict[str, str]) -> Typed:
    """What *form* says."""
    amount, faults = form.get("amount", "").strip(), {}
    parsed: Decimal | None = None
    try:
        parsed = _amount().parse(amount, reading()) if amount else None
    except Fault as fault:
        faults["amount"] = words(fault.reason)
    facts = form.get("facts", "").strip()[:_LONGEST]
    if not facts:
        faults["facts"] = _("请填写客户基本情况")
    asked = Asked(
        facts=facts, special_wishes=form.get("special_wishes", "").strip()[:_LONGEST], amount=parsed,
        off_plan=form.get("off_plan") == "yes", styles=_known(form, "styles", "style"),
        customer_types=_known(form, "customer_types", "customer_type"),
        not_first_reason=form.get("not_first_reason", "").strip()[:_LONGEST],
    )  # fmt: skip
    return Typed(asked, amount, faults)


def _amount() -> Kind:
    return register_named("dispatch_order").faces["amount_expected"].kind


def _known(form: MultiDict[str, str], name: str, codes: str) -> tuple[str, ...]:
    options = reading().options(codes)
    return tuple(code for code in form.getlist(name) if code in options)


def said_in_words(asked: Asked, reads: Reading) -> Asked:
    """The same with styles and types among the special wishes, so that the order keeps what the ranking went by."""
    told = [
        say("{what}：{which}", what=what, which=several((options.get(code, code) for code in chosen), COMMA))
        for what, chosen, options in (
            (say("风格"), asked.styles, reads.options("style")),
            (say("客户类型"), asked.customer_types, reads.options("customer_type")),
        )
        if chosen
    ]
    wishes = str(several([*filter(None, [asked.special_wishes]), *told], SEMICOLON))
    return replace(asked, special_wishes=wishes)
