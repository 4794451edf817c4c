"""What admin does on the page of an employee: asked once more where it is hard to undo, refused on the same page."""

from collections.abc import Callable
from functools import wraps
from types import SimpleNamespace
from typing import Any

from flask import abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from ...database import db
from ...guard import writing
from ...models import Register
from ...verdicts import Refused
from ..crumbs import crumb
from ..policy import SIGNED_IN, policy
from ..refusals import note_refusal
from .door import PEOPLE, employee_at
from .person import person_page

Act = Callable[[Register], Any]


def act(view: Act) -> Callable[[str], Any]:
    """Let *view* act on the employee of the address, in one transaction; it returns what to say, or its own page."""

    @policy(SIGNED_IN)
    @PEOPLE.guards
    @wraps(view)
    def acting(public_id: str) -> Any:
        employee_at(public_id)
        try:
            with writing(db.session):
                answer = view(employee_at(public_id))
        except Refused as refused:
            note_refusal(refused)
            return person_page(employee_at(public_id), refused, request.form.to_dict())
        if isinstance(answer, Unasked):
            return answer.page(employee_at(public_id))
        if isinstance(answer, Said):
            flash(answer.message, "success")
            return redirect(url_for("person.person", public_id=public_id))
        return answer

    return acting


class Said:
    """It was done: what to say on the page of the employee."""

    def __init__(self, message: str):
        self.message = message


class Unasked:
    """It is hard to undo and wasn't confirmed: the question, on a page of its own where scripts didn't ask it."""

    def __init__(self, title: str, text: str, button: str):
        self.title, self.text, self.button = title, text, button

    def page(self, employee: Register) -> Any:
        crumb(PEOPLE, employee.name)
        page = SimpleNamespace(
            title=self.title, thing=f"{employee.number or ''} {employee.name}".strip(), text=self.text, depends=[],
            needs_reason=False, reason="", error=None, needs_password=False, button=self.button, kind="danger",
            hidden=[(name, value) for name, value in request.form.items() if name not in ("csrf_token", "confirmed")],
            cancel_url=url_for("person.person", public_id=employee.public_id),
        )  # fmt: skip
        return render_template("confirm.html", page=page)


def confirmed() -> bool:
    """Whether the question was asked and answered with yes."""
    return request.form.get("confirmed") == "yes"


def chosen(kind: Callable[[Any], Any], name: str) -> Any:
    """The choice sent under *name*; 404 for one that no page offers."""
    try:
        return kind(request.form.get(name, ""))
    except ValueError:
        abort(404)


def saved(employee: Register, message: str) -> Said:
    """*message* with the employee's name."""
    return Said(_("%(name)s：%(message)s", name=employee.name, message=message))
