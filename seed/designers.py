"""The designers' files, and who went out when."""

from datetime import date, datetime, timedelta

from admin_app.guard.stamps import operating
from admin_app.operations.dispatch.files import renew
from admin_app.permissions import Role
from admin_app.registers.organisation.designer import Designer, DesignerAward, DesignerJob, DesignerWork
from admin_app.registers.organisation.employee import Employee
from admin_app.registers.organisation.outing import Outing

from .codes import shipped_list
from .invented import Invention, local_day
from .journeys import Journey
from .people import Company

_SCHOOLS = ("临江美术学院", "云岭工艺学院", "南塘建筑大学")
_FIRMS = ("青禾装饰", "木石设计", "东篱家装", "一间设计")
_CITIES = ("临江", "云岭", "南塘")
_ERRANDS = (("量房", "工地"), ("看样板间", "小区"), ("选材", "建材市场"), ("现场交底", "工地"))


def enrol(company: Company) -> None:
    """A file for every designer, with history, awards and works."""
    invent = company.invent
    levels, styles, types = (list(shipped_list(name)) for name in ("designer_level", "style", "customer_type"))
    for rank, person in enumerate(company.of_role(Role.DESIGNER), start=1):
        company.session.add(
            Designer(
                employee_id=person.id,
                store_id=person.store_id,
                level_code=levels[rank % len(levels)],
                charges_fee=rank % 3 == 0,
                school=invent.random.choice(_SCHOOLS),
                styles=tuple(invent.random.sample(styles, 2)),
                customer_types=tuple(invent.random.sample(types, 2)),
                manner="先听后讲，方案当面说明，三天内答复。",
                material_target_met=rank % 2 == 0,
                department_rank=rank,
                state="available",
                jobs=_jobs(invent),
                awards=_awards(invent, rank),
                works=_works(invent, rank),
            )
        )
    company.session.flush()


def settle(company: Company) -> None:
    """Let the files count orders, agreements and contracts as the program does."""
    with operating(company.session):
        renew(company.session, [person.id for person in company.of_role(Role.DESIGNER)], company.invent.now)


def _jobs(invent: Invention) -> list[DesignerJob]:
    start = invent.random.randint(2010, 2014)
    return [
        DesignerJob(
            position=place,
            city=invent.random.choice(_CITIES),
            company=invent.random.choice(_FIRMS),
            from_on=date(start + 3 * place, 3, 1),
            until_on=date(start + 3 * place + 3, 2, 28),
        )
        for place in range(invent.random.randint(1, 2))
    ]


def _awards(invent: Invention, rank: int) -> list[DesignerAward]:
    won_on = date(invent.random.randint(2019, 2024), 11, 20)
    return [DesignerAward(name="本市家装设计赛优秀奖", issuer="本市装饰协会", awarded_on=won_on)] if rank % 2 else []


def _works(invent: Invention, rank: int) -> list[DesignerWork]:
    shown_on = date(invent.random.randint(2019, 2024), 6, 1)
    return [DesignerWork(name=f"小宅{rank}号", published_in="居家月刊", published_on=shown_on)] if rank % 3 else []


def send_out(company: Company, journeys: list[Journey], count: int) -> None:
    """*count* outings of designers over the past year, each back within hours and none while a customer is handed over."""
    invent, designers = company.invent, company.of_role(Role.DESIGNER)
    busy = {
        (journey.designer.id, local_day(journey.dispatched_at))
        for journey in journeys
        if journey.designer and journey.dispatched_at
    }
    outings = []
    while len(outings) < count:
        person = invent.random.choice(designers)
        out_at = invent.working_moment(invent.random.randint(1, 360))
        if (person.id, local_day(out_at)) not in busy:
            busy.add((person.id, local_day(out_at)))
            outings.append(_outing(company, person, out_at))
    company.session.add_all(sorted(outings, key=lambda outing: outing.out_at))
    company.session.flush()


def _outing(company: Company, person: Employee, out_at: datetime) -> Outing:
    invent = company.invent
    clerk = company.of_role(Role.CLERK, person.store_id)[0]
    purpose, place = invent.random.choice(_ERRANDS)
    return Outing(
        designer_id=person.id,
        owner_id=person.id,
        store_id=person.store_id,
        out_at=out_at,
        back_at=min(out_at + timedelta(minutes=invent.random.randint(60, 240)), invent.now),
        place_visited=place,
        purpose=purpose,
        registered_by_id=clerk.id,
        created_by_id=clerk.id,
        created_at=out_at,
    )
