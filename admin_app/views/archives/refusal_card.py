"""Why an item can't be handed out: every reason with its rule, and the one step that helps on from each (R-SIGN-06, R-LOAN-11).

There is no override among the steps, whoever is at the desk.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask import url_for
from flask_babel import gettext as _

from ...database import db
from ...models import Register, register_named
from ...operations.archives.reservations import WAITS
from ...verdicts import Refused
from ..addresses import page_of
from ..refusals import boxes, verdicts_of

Act = dict[str, Any]


@dataclass(frozen=True)
class _Case:
    """Who wants which item, by which request, if they made one that the desk sees."""

    request: Register | None
    item: Register | None
    borrower: int
    now: datetime


def refusal_card(
    refusal: Refused, request: Register | None, item: Register | None, borrower: int, now: datetime
) -> list[dict[str, Any]]:
    """The boxes of *refusal* as parts/refusal.html shows them, each with the step that helps on, where there is one."""
    case = _Case(request, item, borrower, now)
    steps = (_STEPS.get(verdict.code, _no_step)(case) for verdict in verdicts_of(refusal))
    return [{**box, "act": act} for box, act in zip(boxes(refusal), steps, strict=True)]


def _no_step(case: _Case) -> Act | None:
    return None


def _reserve(case: _Case) -> Act | None:
    """Into the item's queue, for whoever stands at the desk with a request for it that is under way or granted."""
    person = db.session.get(register_named("employee"), case.borrower)
    if case.item is None or person is None or case.request is None or case.request.state not in WAITS:
        return None
    return _link(_("预约借阅"), url_for("reservations.new", item=case.item.public_id, person=person.public_id))


def _queue(case: _Case) -> Act | None:
    return _link(_("查看预约"), url_for("loan_desk.desk", item=case.item.public_id)) if case.item is not None else None


def _overdue_ones(case: _Case) -> Act | None:
    person = db.session.get(register_named("employee"), case.borrower)
    return _link(_("查看逾期文件"), url_for("loan_desk.desk", person=person.public_id)) if person else None


def _request_page(case: _Case) -> Act | None:
    """To the request: who has to sign next, what it was granted for. Without one, to the item, where one asks for it."""
    if case.request is not None:
        return _link(_("打开申请"), page_of(type(case.request), case.request.public_id))
    return _item_page(case)


def _item_page(case: _Case) -> Act | None:
    return _link(_("打开文件"), page_of(type(case.item), case.item.public_id)) if case.item is not None else None


def _link(label: str, url: str) -> Act:
    return {"label": label, "url": url, "method": "get", "kind": "strong"}


_STEPS: dict[str, Callable[[_Case], Act | None]] = {
    "on_loan": _reserve, "reserved": _queue, "overdue_elsewhere": _overdue_ones, "not_signed": _request_page,
    "lapsed": _request_page, "level": _request_page, "cooling_off": _request_page, "held": _item_page, "listed": _item_page,
    "destroyed": _item_page,
}  # fmt: skip
