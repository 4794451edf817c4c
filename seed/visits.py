"""The front desk's ledger, the consultations and the follow-ups, as the journeys say."""

from datetime import datetime, timedelta

from admin_app.guard.stamps import operating
from admin_app.permissions import Role
from admin_app.registers.customers.customer import Customer
from admin_app.registers.customers.estate import Estate
from admin_app.registers.visits.consultation import Consultation
from admin_app.registers.visits.follow_up import FollowUp
from admin_app.registers.visits.visitor import Visitor

from .codes import shipped_list
from .invented import Invention
from .journeys import Journey
from .people import Company

#: of three visitors one becomes a customer
PASSERS_BY = 2
_TALKS = ("介绍了在施样板间，约周末参观。", "答复了报价中的疑问。", "客户在比较方案，需再沟通。", "确认了量房时间。")
_HOMES = ("毛坯新房，三室两厅", "二手房，两室一厅，需拆旧", "精装房，局部改造", "复式，楼上未吊顶")
_ENQUIRIES = ("问全包报价和工期", "想看在施样板间", "问旧房改造能否分段施工", "比较两家的主材品牌")
_ANSWERS = ("愿意参观", "价格偏高", "对设计满意", "过几天再定", None)


def keep_ledger(company: Company, journeys: list[Journey], customers: list[Customer], estates: list[Estate]) -> None:
    """Visitors (customers at their first visit, and passers-by), consultations and follow-ups."""
    session, invent = company.session, company.invent
    visitors = _visitors(company, journeys, customers, estates)
    with operating(session):
        session.add_all(
            _consultation(company, journey, customer, visitors.get(customer.id))
            for journey, customer in zip(journeys, customers, strict=True)
            if journey.consulted_at
        )
    for journey, customer in zip(journeys, customers, strict=True):
        session.add_all(_follow_up(invent, journey, customer, moment) for moment in journey.contacts)
    session.flush()


def _visitors(
    company: Company, journeys: list[Journey], customers: list[Customer], estates: list[Estate]
) -> dict[int, Visitor]:
    """The ledger by the time of day it was written; customer id -> their visit."""
    names = {estate.id: estate.name for estate in estates}
    visits = {
        customer.id: _visit_of_customer(company, journey, customer, names.get(customer.estate_id))
        for journey, customer in zip(journeys, customers, strict=True)
        if journey.store_id
    }
    passing = [_passer_by(company, estates) for _ in range(PASSERS_BY * len(journeys))]
    company.session.add_all(sorted([*visits.values(), *passing], key=lambda visitor: visitor.came_at))
    company.session.flush()
    return visits


def _visit_of_customer(company: Company, journey: Journey, customer: Customer, estate: str | None) -> Visitor:
    return Visitor(
        name=customer.name,
        sex=customer.sex,
        phone=customer.phone,
        estate=estate,
        address=customer.unit,
        source=customer.source,
        occupation=customer.occupation,
        concerns=customer.concerns,
        grade=journey.grade,
        owner_id=journey.owner.id,
        designer_id=customer.designer_id,
        customer_id=customer.id,
        result="已建立客户档案",
        **_reception(company, journey.came_at, journey.store_id, journey.owner.name),
    )


def _passer_by(company: Company, estates: list[Estate]) -> Visitor:
    invent = company.invent
    store = invent.random.choice(list(company.stores.values()))
    manager = invent.random.choice(company.of_role(Role.CUSTOMER_MANAGER, store.id))
    return Visitor(
        name=invent.name(),
        sex=invent.random.choice(("male", "female")),
        phone=invent.phone(),
        estate=invent.random.choice(estates).name,
        address=invent.unit() if invent.chance(0.6) else None,
        source=invent.random.choice(list(shipped_list("source"))),
        concerns=tuple(invent.random.sample(list(shipped_list("concern")), invent.random.randint(1, 2))),
        grade=invent.random.choices("BCD", weights=(1, 4, 5))[0],
        owner_id=manager.id,
        result=invent.random.choice(("领取资料", "约下次再来", "只是看看")),
        **_reception(company, invent.working_moment(invent.random.randint(1, 360)), store.id, manager.name),
    )


def _reception(company: Company, at: datetime, store_id: int | None, by: str) -> dict[str, object]:
    """What every line of the ledger says of the reception."""
    invent = company.invent
    clerk = company.of_role(Role.CLERK, store_id)[0]
    return {
        "came_at": at,
        "left_at": at + timedelta(minutes=invent.random.randint(10, 90)),
        "came_before": invent.chance(0.15),
        "enquiry": invent.random.choice(_ENQUIRIES) if invent.chance(0.95) else None,
        "received_by": by,
        "steps": tuple(list(shipped_list("reception_step"))[: invent.random.randint(4, 8)]),
        "store_id": store_id,
        "created_at": at,
        "created_by_id": clerk.id,
    }


def _consultation(company: Company, journey: Journey, customer: Customer, visitor: Visitor | None) -> Consultation:
    invent = company.invent
    at, owner = journey.consulted_at, journey.owner
    assert at is not None
    signed_at = at + timedelta(hours=1)
    signed = journey.designer is not None and signed_at < invent.now
    return Consultation(
        consulted_at=at,
        customer_id=customer.id,
        visitor_id=visitor.id if visitor else None,
        name=customer.name,
        sex=customer.sex,
        phone=customer.phone,
        estate=visitor.estate if visitor else None,
        address=customer.unit,
        occupation=customer.occupation,
        source=customer.source,
        source_verdict="right" if invent.chance(0.97) else "wrong",
        concerns=customer.concerns,
        family=invent.random.choice(("三口之家", "新婚", "三代同住")),
        income=invent.random.choice(("稳定", "较高", None)),
        preferences="喜欢明亮、简洁的空间。",
        off_plan=invent.chance(0.2),
        home=invent.random.choice(_HOMES) if invent.chance(0.95) else None,
        wishes="全屋装修",
        grade=journey.grade,
        designer_id=journey.designer.id if journey.designer else None,
        confirmed_by_id=_store_manager(company, journey.store_id) if signed else None,
        confirmed_at=signed_at if signed else None,
        handed_at=signed_at if signed else None,
        completed_by_id=owner.id if signed else None,
        completed_at=signed_at if signed else None,
        valid=signed,
        owner_id=owner.id,
        store_id=journey.store_id,
        created_at=at,
        created_by_id=owner.id,
    )


def _store_manager(company: Company, store_id: int | None) -> int | None:
    return next(store.manager_id for store in company.stores.values() if store.id == store_id)


def _follow_up(invent: Invention, journey: Journey, customer: Customer, at: datetime) -> FollowUp:
    return FollowUp(
        customer_id=customer.id,
        happened_at=at,
        method=invent.random.choices(list(shipped_list("follow_up_method")), weights=(6, 1, 2, 3))[0],
        by_id=journey.owner.id,
        completed=invent.chance(0.98),
        minutes=invent.random.randint(2, 40),
        grade=journey.grade,
        content=invent.random.choice(_TALKS),
        feedback=invent.random.choice(_ANSWERS),
        created_at=at,
        created_by_id=journey.owner.id,
    )
