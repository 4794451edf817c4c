"""The log: one JSON object a line, of what the program did, never of what people entered."""

import json
import logging
import sys
import time
from datetime import UTC, datetime

from flask import Flask, Response, g, request

_EXTRA = ("reference", "endpoint", "method", "status", "milliseconds", "person_id")


class JsonLines(logging.Formatter):
    """A record as one JSON line; an exception by its type and places, not by its message, which may quote a value."""

    def format(self, record: logging.LogRecord) -> str:
        line = {"at": datetime.fromtimestamp(record.created, UTC).isoformat(), "level": record.levelname,
                "logger": record.name, "event": record.getMessage()}  # fmt: skip
        line |= {name: getattr(record, name) for name in _EXTRA if hasattr(record, name)}
        if record.exc_info and record.exc_info[0]:
            line["error"] = record.exc_info[0].__name__
            line["places"] = _places(record.exc_info[2])
        return json.dumps(line, ensure_ascii=False)


def _places(traceback: object) -> list[str]:
    places = []
    while traceback is not None:
        code = traceback.tb_frame.f_code  # type: ignore[attr-defined]
        places.append(f"{code.co_filename.rsplit('/', 1)[-1]}:{traceback.tb_lineno}:{code.co_name}")  # type: ignore[attr-defined]
        traceback = traceback.tb_next  # type: ignore[attr-defined]
    return places[-12:]


def configure_logging() -> None:
    """Send the program's log to standard error as JSON lines; once."""
    logger = logging.getLogger("strongroom")
    if not logger.handlers:
        handler = logging.StreamHandler(sys.stderr)
        handler.setFormatter(JsonLines())
        logger.addHandler(handler)
        logger.setLevel(logging.INFO)
        logger.propagate = False


def log_requests(app: Flask) -> None:
    """One line per request: endpoint, status, time, who by id unless ``g.unnamed``; no address with its filters, no form."""
    log = logging.getLogger("strongroom.requests")

    @app.before_request
    def start() -> None:
        g.began = time.perf_counter()

    @app.after_request
    def finish(response: Response) -> Response:
        if request.endpoint != "static" and not app.testing:
            person = g.get("person")
            took = round((time.perf_counter() - g.get("began", time.perf_counter())) * 1000, 1)
            acts = person.seen_by or person if person and not g.get("unnamed") else None
            log.info("request", extra={"endpoint": request.endpoint, "method": request.method, "person_id":
                     acts.id if acts else None, "status": response.status_code, "milliseconds": took})  # fmt: skip
        return response
