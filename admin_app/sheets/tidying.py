"""What the night does to files: what waited too long, scans of destroyed papers, exports that expired, what nothing names."""

import logging
from collections.abc import Callable
from datetime import datetime

from sqlalchemy.orm import Session

from ..background import Workplace
from ..operations.archives.erasing import erase_scans
from ..operations.export_queue import expire
from ..operations.sweeping import sweep
from ..storage import HELD_FOR, ExportFiles, FileStore, HeldFiles, StoreUnavailable
from .runs import finish_drops, no_import


def tidy_files(
    session: Session, store: FileStore, held: HeldFiles, exports: ExportFiles, place: Workplace, now: datetime
) -> None:
    """Each for itself: what a place out of reach keeps from being done, the next night does. What fails otherwise is raised
    once the others are through, so that the night's work counts as failed and is tried again."""

    def sweep_in_quiet() -> None:
        with no_import(place) as quiet:
            if quiet:
                sweep(session, store, now)

    steps: tuple[Callable[[], object], ...] = (
        lambda: held.drop_older(now - HELD_FOR),
        lambda: erase_scans(session, store),
        lambda: expire(session, exports, now),
        lambda: finish_drops(session, store),
        sweep_in_quiet,
    )
    failed: list[Exception] = []
    for step in steps:
        try:
            step()
        except StoreUnavailable as error:
            session.rollback()
            logging.getLogger("strongroom").warning("left to the next night: %s", error)
        except Exception as error:
            session.rollback()
            failed.append(error)
    if failed:
        raise ExceptionGroup("tidying files", failed)
