"""Remembering which records' pages a person opened, once the answer is made; an answer never fails for it (R-DESK-01)."""

import logging

from flask import Response, g
from sqlalchemy.exc import SQLAlchemyError

from .. import clock
from ..database import db
from ..guard.opened import remember
from ..models import Register


def opened(record: Register) -> None:
    """This request shows the page of *record*."""
    g.opened = (record.__tablename__, record.id)


def remember_opened(response: Response) -> Response:
    """After the request; nothing is remembered of pages refused, nor for who looks on as somebody else."""
    if "opened" not in g or response.status_code != 200 or g.person.seen_by is not None:
        return response
    try:
        remember(db.session.get_bind().engine, g.person.id, *g.opened, clock.now())
    except SQLAlchemyError:
        logging.getLogger("strongroom").warning("what was opened could not be remembered", exc_info=True)
    return response
