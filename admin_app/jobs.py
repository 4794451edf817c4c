"""The schedule: what the clock brings about, run beside the pages that ``strongroom serve`` serves (R-NOTE-01, R-LOAN-09).

Every process wakes each minute and asks the database what is due; whoever claims a work does it (``operations.schedule``).
The queue behind it (huey) is a file in the data folder, or PostgreSQL or Redis where STRONGROOM_QUEUE_URL names one. It
loads on first use, a while after the start: pages don't wait for it.
"""

import logging
import os
import threading
from collections.abc import Callable
from datetime import datetime
from typing import Any

from flask import Flask

from config import Settings

from . import clock, create_app
from .database import db
from .guard import act_as
from .operations import schedule
from .operations.archives.upkeep import KEEP_UP
from .operations.nightly import nightly
from .operations.notices.delivering import deliver
from .operations.notices.reminders import REMINDERS, remind
from .operations.notices.sending import send
from .permissions import Person
from .sheets.tidying import tidy_files
from .storage import export_files, files, held_files
from .views.register.background import make_next
from .views.register.import_runs import workplace

#: seconds from the start to the first look at the clock
_AFTER_START = 20
#: seconds from one look for exports to the next
_EACH_LOOK = 2
_NAME = "strongroom"


def served() -> Flask:
    """The application with its schedule running: what ``strongroom serve`` serves."""
    os.umask(0o077)  # what the program writes is its own
    app = create_app()
    threading.Thread(target=_keep_time, args=(app, _AFTER_START), name="schedule", daemon=True).start()
    threading.Thread(target=_make_exports, args=(app, _EACH_LOOK), name="exports", daemon=True).start()
    return app


def tick(app: Flask) -> None:
    """Do what is due now and nobody else is about."""
    with app.app_context():
        _do(KEEP_UP, schedule.NIGHT, schedule.night_is_due, _night)
        _do(REMINDERS, schedule.REMINDING, schedule.reminding_is_due, _tell)


def _do(
    job: Person, name: str, is_due: Callable[[Any, datetime], bool], work: Callable[[Any, datetime], object]
) -> None:
    """A fault is logged, and the work done again at the next look."""
    session, now = db.session, clock.now()
    act_as(session, job, "schedule")
    try:
        if is_due(session, now):
            work(session, now)
            schedule.done(session, name, now)
    except Exception:
        logging.getLogger("strongroom").exception("the schedule failed: %s", name)
        schedule.give_back(session, name, now)


def make_exports(app: Flask) -> int:
    """Make the exports that wait, one after the other; how many. A fault is logged, and said on its owner's list."""
    made = 0
    with app.app_context():
        try:
            while make_next(db.session, export_files(), workplace()):
                made += 1
        except Exception:
            logging.getLogger("strongroom").exception("an export failed")
    return made


def _night(session: Any, now: datetime) -> None:
    nightly(session, now)
    tidy_files(session, files(), held_files(), export_files(), workplace(), now)


def _tell(session: Any, now: datetime) -> None:
    remind(session, now)
    deliver(session, files().seal, send, now)


def _make_exports(app: Flask, each: float) -> None:
    """A thread of its own, so that a long export keeps no reminder waiting."""
    pause = threading.Event()
    while True:
        pause.wait(each)
        make_exports(app)


def _keep_time(app: Flask, after: float) -> None:
    threading.Event().wait(after)
    try:
        consumer_of(app).run()
    except Exception:
        logging.getLogger("strongroom").exception("there is no schedule")


def consumer_of(app: Flask) -> Any:
    """The queue's consumer for *app*, which looks at the clock each minute from its ``run()`` on."""
    from huey import crontab
    from huey.consumer import Consumer

    class Embedded(Consumer):
        def _set_signal_handlers(self) -> None:
            """Signals are the server's; off the main thread Python refuses them anyway."""

    logging.getLogger("huey").setLevel(logging.WARNING)
    queue = queue_of(app.config["SETTINGS"])
    # a look that waited longer than a minute is the next one's
    queue.periodic_task(crontab(), name="tick", expires=60)(lambda: tick(app))
    return Embedded(queue, workers=1, scheduler_interval=5)


def queue_of(settings: Settings) -> Any:
    """The queue that ``queue_url`` names; SystemExit for an address of another kind."""
    import huey

    url = settings.queue_url
    if not url:
        return huey.SqliteHuey(_NAME, filename=str(settings.data_dir / "queue.db"), results=False)
    if url.startswith("postgresql"):
        return huey.PostgresHuey(_NAME, dsn=url.replace("+psycopg", "", 1), results=False)
    if url.startswith(("redis://", "rediss://")):
        return huey.RedisHuey(_NAME, url=url, results=False)
    raise SystemExit("STRONGROOM_QUEUE_URL must begin with postgresql:// or redis://")
