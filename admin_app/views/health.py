"""For whoever runs the program: is the process alive, can it do its work. No login, and nothing told but that."""

from flask import Blueprint
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from ..database import db
from .policy import PUBLIC, policy

blueprint = Blueprint("health", __name__)


@blueprint.get("/healthz")
@policy(PUBLIC)
def healthz() -> tuple[str, int]:
    """The process answers."""
    return "ok\n", 200


@blueprint.get("/readyz")
@policy(PUBLIC)
def readyz() -> tuple[str, int]:
    """The database answers and has its tables."""
    try:
        db.session.connection().execute(text("SELECT number FROM change_stamp LIMIT 1"))
    except SQLAlchemyError:
        return "database not ready\n", 503
    return "ok\n", 200
