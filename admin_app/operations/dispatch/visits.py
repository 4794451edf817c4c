"""Designers' visits to sites, from slips and station books, and what is missing of five (R-DISP-09)."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from ...guard.session import elevated
from ...models import Register, register_named
from ...rules.figures import MISSING_VISIT, SITE_VISITS
from ...rules.site_visits import Visits, visits_of
from ..figures import value_on
from ..followups import after_writing
from ..today import local_day

_MOST = 60
#: a site finished so lately is still settled
_SETTLING = timedelta(days=90)


@dataclass(frozen=True)
class SiteVisits:
    """A site with its designer's visits."""

    site: Any
    visits: Visits


def missing_visits(session: Session, now: datetime) -> list[SiteVisits]:
    """The running and lately finished sites that this person sees and whose designer owes visits, the most missing first."""
    site, today = register_named("project_site"), local_day(session, now)
    running = or_(site.finished_on.is_(None), site.finished_on >= today - _SETTLING)
    theirs = (site.designer_id.is_not(None), running, site.voided_at.is_(None), site.started_on <= today)
    sites = session.scalars(select(site).where(*theirs).order_by(site.started_on, site.id).limit(_MOST)).all()
    due, percent = value_on(session, SITE_VISITS, now), value_on(session, MISSING_VISIT, now)
    with elevated(session) as beneath:
        stages = stages_of(beneath, [one.id for one in sites])
    found = [SiteVisits(one, visits_of(stages[one.id], due, percent)) for one in _again(session, sites)]
    return sorted((one for one in found if one.visits.missing), key=lambda one: -one.visits.missing)


def _again(session: Session, sites: Collection[Any]) -> list[Any]:
    """The records anew, in one query: looking beneath lets go of what was loaded."""
    site = register_named("project_site")
    ids = [one.id for one in sites]
    return list(session.scalars(select(site).where(site.id.in_(ids)).order_by(site.started_on, site.id)))


def stages_of(session: Session, sites: Collection[int]) -> dict[int, list[str | None]]:
    """Site -> the stage of each visit; a line of the station book counts where no slip is of that day."""
    found: dict[int, list[str | None]] = defaultdict(list)
    on_slips: set[tuple[int, date]] = set()
    slip, line = register_named("site_visit"), register_named("site_station_log")
    slips = select(slip.project_site_id, slip.visited_on, slip.stage)
    for site, day, stage in session.execute(slips.where(slip.project_site_id.in_(sites), slip.voided_at.is_(None))):
        found[site].append(stage)
        on_slips.add((site, day))
    lines = select(line.site_id, line.logged_at, line.stage)
    theirs = (line.site_id.in_(sites), line.identity == "designer", line.voided_at.is_(None))
    for site, at, stage in session.execute(lines.where(*theirs).order_by(line.logged_at)):
        if (place := (site, local_day(session, at))) not in on_slips:
            found[site].append(stage)
            on_slips.add(place)
    return found


@after_writing("site_visit")
def count_slip(session: Session, slip: Register, before: Mapping[str, Any]) -> None:
    """The site's page says how often its designer came."""
    _count(session, slip.project_site_id)


@after_writing("site_station_log")
def count_line(session: Session, line: Register, before: Mapping[str, Any]) -> None:
    _count(session, line.site_id)


def _count(session: Session, site_id: int) -> None:
    with elevated(session) as beneath:
        site = beneath.get_one(register_named("project_site"), site_id)
        site.designer_visits = len(stages_of(beneath, [site_id])[site_id])
