"""A first password, on one answer and never again: it is kept as a hash only (R-SIGN-01)."""

from dataclasses import dataclass
from types import SimpleNamespace

from flask import current_app, render_template, url_for
from flask_babel import gettext as _

from ... import clock
from ...operations.titles import Lacking
from ...rules.passwords import FIRST_PASSWORD_HOLDS
from ..crumbs import crumb
from ..pages import printed
from ..words import words
from .door import PEOPLE
from .person import power_text


@dataclass(frozen=True)
class Handed:
    """What is handed to somebody in person, and what they were given and asked for along with it."""

    public_id: str
    name: str
    username: str
    password: str
    supplied: Lacking | None = None


def shown_once(handed: Handed) -> str:
    """The slip that admin prints or reads out."""
    crumb(PEOPLE, handed.name)
    lack = handed.supplied
    until = (clock.now() + FIRST_PASSWORD_HOLDS).astimezone(current_app.config["ZONE"])
    page = SimpleNamespace(
        title=_("首个密码"), name=handed.name, username=handed.username, password=handed.password,
        until=until.strftime("%Y-%m-%d %H:%M"), given=[words(role.title) for role in lack.at_once] if lack else [],
        asked=[power_text(power) for power in lack.asked] if lack else [],
        unknown=lack is not None and not lack.roles,
        back_url=url_for("person.person", public_id=handed.public_id),
    )  # fmt: skip
    return render_template("first_password.html", page=page, printed=printed(page.title))
