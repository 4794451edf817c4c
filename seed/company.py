"""An invented decoration company with two stores: a year of visits, customers, files and loans."""

from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from admin_app import clock
from admin_app.operations.archives import fines
from admin_app.operations.notices import reminders

from . import (
    archives,
    cold,
    credit,
    customers,
    designers,
    given,
    journeys,
    ledgers,
    loans,
    old_files,
    people,
    requests,
    rounds,
    sales,
    scans,
    scores,
    turnover,
    visits,
)
from .codes import load_codes
from .invented import Invention

#: people, stores, estates and shelves were entered before the year that is told
_FOUNDED_BEFORE = timedelta(days=400)


def fill(
    session: Session, *, now: datetime, password: str, size: int = 400, seed: int = 1, keep: scans.Keep | None = None
) -> people.Company:
    """Write the company as it stands at *now*, with *size* customers; everyone signs in with *password*.

    *keep* stores a file and gives its key; without it there are no scans.

    *session* acts as the system inside ``guard.writing``. The same *seed*, *size* and *now* give the same company.
    """
    with clock.stopped_at(now):
        load_codes(session)
        company = people.Company(session, Invention(seed, now))
        with clock.stopped_at(now - _FOUNDED_BEFORE):
            people.found(company, password)
            designers.enrol(company)
            estates = customers.build_estates(company)
            archives.set_up_room(company)
        ways = journeys.plan(company, size)
        designers.send_out(company, ways, count=max(size // 10, 30))
        known = customers.register(company, ways, estates)
        visits.keep_ledger(company, ways, known, estates)
        papers = archives.open_files(company, known)
        if keep is not None:
            scans.scan_some(papers, keep)
        loans.lend(company, papers)
        requests.ask(company)
        ledgers.keep_all(company)
        rounds.make(company, ways, known)
        old_files.bring_along(company, known)
        old_files.remember_inspections(company)
        fines.reckon_all(session, now)
        designers.settle(company)
        credit.settle(company)
        sales.settle(company)
        scores.settle(company)
        given.settle(company)
        cold.settle(company)
        turnover.turn_over(company, password)
        reminders.remind_within(session, now)
    return company
