"""Screens: the generic one for every register on Flask-Admin, and the custom ones (sign-in, desk, loans, import)."""

from flask import Flask, Response, g, make_response
from flask_wtf import CSRFProtect
from sqlalchemy.exc import SQLAlchemyError
from werkzeug.exceptions import ServiceUnavailable

from ..database import db
from ..guard import trail
from ..logs import log_requests
from . import (
    approvals,
    audit,
    channels,
    code_lists,
    desk,
    errors,
    exports,
    favourites,
    headers,
    health,
    jump,
    kept_lists,
    language,
    leaving,
    logo,
    lowering,
    notices,
    opened,
    pages,
    people,
    policy,
    rights,
    secrecy,
    session,
    settings,
    setup,
    sign_in,
    stand_ins,
)  # fmt: skip
from .archives import add_archives
from .credit import add_credit
from .customers import add_customers
from .dispatch import add_dispatch
from .input import refuse_nul
from .register import add_registers
from .routes import LazyRule
from .sales import add_sales
from .scoring import add_scoring


def add_views(app: Flask) -> None:
    """Give *app* its pages, and the order of what happens around each request: who, may they, page, trail, headers."""
    app.url_rule_class = LazyRule
    language.ReadersBabel(app)
    log_requests(app)
    app.before_request(session.load)
    app.before_request(people.viewing.resume)
    app.before_request(policy.enforce)
    app.before_request(people.viewing.only_look)
    app.before_request(refuse_nul)
    app.before_request(session.change_password_first)
    CSRFProtect(app)
    app.after_request(headers.add_headers)
    app.after_request(opened.remember_opened)
    app.after_request(write_views)
    errors.add_handlers(app)
    pages.add_context(app)
    for page in (
        health, sign_in, setup, desk, jump, favourites, kept_lists, approvals, lowering, stand_ins, rights, leaving, audit,
        settings, logo, code_lists, language, secrecy, notices, channels, exports,
    ):  # fmt: skip
        app.register_blueprint(page.blueprint)
    for blueprint in people.BLUEPRINTS:
        app.register_blueprint(blueprint)
    add_archives(app)
    add_customers(app)
    add_dispatch(app)
    add_credit(app)
    add_scoring(app)
    add_sales(app)
    with app.app_context():
        add_registers(app)


def write_views(response: Response) -> Response:
    """The audit of a view is a short write of its own before the answer leaves; unwritten, nothing is shown (R-AUDT-01)."""
    if not g.get("person"):
        return response
    response = secrecy.held_back(response) or response
    try:
        trail.write_notes(db.session)
    except SQLAlchemyError:
        g.crumbs = []  # they name the record
        body, status = errors.http_error(ServiceUnavailable())
        return make_response(body, status)
    return response
