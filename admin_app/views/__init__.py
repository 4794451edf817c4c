"""Screens: the generic one for every register on Flask-Admin, and the custom ones (sign-in, desk, loans, import)."""

from flask import Flask, Response, g, make_response
from flask_babel import Babel
from flask_wtf import CSRFProtect
from sqlalchemy.exc import SQLAlchemyError
from werkzeug.exceptions import ServiceUnavailable

from ..database import db
from ..guard import trail, writing
from ..logs import log_requests
from . import desk, errors, headers, health, pages, policy, session, setup, sign_in
from .register import add_registers


def add_views(app: Flask) -> None:
    """Give *app* its pages, and the order of what happens around each request: who, may they, page, trail, headers."""
    Babel(app)
    log_requests(app)
    app.before_request(session.load)
    app.before_request(policy.enforce)
    CSRFProtect(app)
    app.after_request(headers.add_headers)
    app.after_request(write_views)
    errors.add_handlers(app)
    pages.add_context(app)
    for blueprint in (health.blueprint, sign_in.blueprint, setup.blueprint, desk.blueprint):
        app.register_blueprint(blueprint)
    with app.app_context():
        add_registers(app)


def write_views(response: Response) -> Response:
    """The audit of a view is a short write of its own before the answer leaves; unwritten, nothing is shown (R-AUDT-01)."""
    if not g.get("person") or not trail.has_notes(db.session):
        return response
    notes = list(db.session.info["trail"])
    try:
        with writing(db.session):
            db.session.info["trail"] = notes
    except SQLAlchemyError:
        body, status = errors.http_error(ServiceUnavailable())
        return make_response(body, status)
    return response
