"""For whoever runs the program: is the process alive, can it do its work. No login, and nothing told but that."""

import logging
import time

from flask import Blueprint, current_app
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from ..database import db
from ..storage import StoreUnavailable, files
from .policy import PUBLIC, policy

blueprint = Blueprint("health", __name__)
#: seconds that an answer about the files holds: anybody may ask, and a bucket is paid by the question
_ANSWER_HOLDS = 5


@blueprint.get("/healthz")
@policy(PUBLIC)
def healthz() -> tuple[str, int]:
    """The process answers."""
    return "ok\n", 200


@blueprint.get("/readyz")
@policy(PUBLIC)
def readyz() -> tuple[str, int]:
    """The database answers and has its tables, and the place of stored files answers."""
    try:
        db.session.connection().execute(text("SELECT number FROM change_stamp LIMIT 1"))
    except SQLAlchemyError:
        return "database not ready\n", 503
    if not _files_in_reach():
        return "files not reachable\n", 503
    return "ok\n", 200


def _files_in_reach() -> bool:
    kept = current_app.extensions.setdefault("files_in_reach", {})
    settings, now = current_app.config["SETTINGS"], time.monotonic()
    at, answer = kept.get(settings, (None, False))
    if at is None or now - at > _ANSWER_HOLDS:
        kept.clear()
        kept[settings] = now, (answer := _ask())
    return answer


def _ask() -> bool:
    try:
        files().check()
    except StoreUnavailable as error:
        logging.getLogger("strongroom").warning("files out of reach: %s", error)
        return False
    return True
