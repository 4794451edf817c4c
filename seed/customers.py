"""Estates, customers with their contact persons and homes."""

from datetime import timedelta

from sqlalchemy.orm import Session

from admin_app.guard.numbers import next_number
from admin_app.registers.customers.contact_person import ContactPerson
from admin_app.registers.customers.customer import Customer
from admin_app.registers.customers.estate import Estate
from admin_app.registers.customers.property_home import PropertyHome
from admin_app.rules.archives import archive_number

from .codes import shipped_list
from .invented import Invention, local_day
from .journeys import Journey
from .people import Company

_ESTATES = (
    "听雨轩",
    "望湖花园",
    "南塘小区",
    "银杏里",
    "云岭新城",
    "长堤壹号",
    "书院府",
    "青石湾",
    "梧桐苑",
    "临江名邸",
)
_DISTRICTS = ("城东区", "城西区", "开发区")
_LAYOUTS = (("一室一厅", 1, 52), ("两室两厅", 2, 88), ("三室两厅", 3, 118), ("四室两厅", 4, 156))
_FIRMS = ("青川商贸有限公司", "云帆科技有限公司", "木棉餐饮管理有限公司", "远岫物流有限公司")


def build_estates(company: Company) -> list[Estate]:
    """The estates of the town, every third of them a key one."""
    invent = company.invent
    estates = [
        Estate(
            name=name,
            district=_DISTRICTS[place % len(_DISTRICTS)],
            address=invent.street(),
            developer=f"{name[:2]}置业",
            property_firm=f"{name[:2]}物业",
            key_estate=place % 3 == 0,
            households=invent.random.randint(300, 2600),
            layouts="、".join(layout for layout, _, _ in _LAYOUTS[1:]),
            handover_on=local_day(invent.now) + timedelta(days=invent.random.randint(-900, 400)),
        )
        for place, name in enumerate(_ESTATES)
    ]
    company.session.add_all(estates)
    company.session.flush()
    return estates


def register(company: Company, journeys: list[Journey], estates: list[Estate]) -> list[Customer]:
    """A customer for every journey, in the same order."""
    session, invent = company.session, company.invent
    customers = [_customer(session, invent, journey, estates) for journey in journeys]
    session.add_all(customers)
    session.flush()
    company.journeys = {customer.id: journey for journey, customer in zip(journeys, customers, strict=True)}
    for journey, customer in zip(journeys, customers, strict=True):
        if journey.kind in ("decoration", "owner"):
            session.add(_home(invent, journey, customer))
        if customer.form == "company" or invent.chance(0.4):
            session.add(_contact(invent, journey, customer))
    session.flush()
    return customers


def _customer(session: Session, invent: Invention, journey: Journey, estates: list[Estate]) -> Customer:
    year = local_day(journey.came_at).year
    is_company = journey.kind in ("key_account", "special")
    drives = journey.kind in ("car_buyer", "car_service")
    vin, plate = invent.vehicle() if drives else (None, None)
    return Customer(
        number=archive_number("CU", year, next_number(session, "CU", year)),
        name=invent.random.choice(_FIRMS) + invent.street() + "店" if is_company else invent.name(),
        kind=journey.kind,
        special_partner=_one_of(invent, "special_partner") if journey.kind == "special" else None,
        form="company" if is_company else "person",
        sex=None if is_company else invent.random.choice(("male", "female")),
        registered_at=journey.came_at,
        phone=invent.phone(),
        address=invent.street(),
        occupation=None if is_company else _one_of(invent, "occupation"),
        estate_id=None if drives or is_company else invent.random.choice(estates).id,
        unit=None if drives or is_company else invent.unit(),
        vin=vin,
        plate=plate,
        source=_one_of(invent, "source"),
        grade=journey.grade,
        intending=journey.status in ("negotiating", "signed"),
        concerns=tuple(invent.random.sample(list(shipped_list("concern")), 2)),
        status=journey.status,
        owner_id=journey.owner.id,
        store_id=journey.store_id,
        department_id=journey.owner.department_id,
        designer_id=journey.designer.id if journey.designer else None,
        last_contact_at=journey.last_contact_at,
        ground="contract" if journey.status in ("signed", "completed") else "consent",
        ground_on=local_day(journey.came_at),
        created_at=journey.came_at,
        created_by_id=journey.owner.id,
    )


def _one_of(invent: Invention, codes: str) -> str:
    return invent.random.choice(list(shipped_list(codes)))


def _home(invent: Invention, journey: Journey, customer: Customer) -> PropertyHome:
    layout, rooms, area = invent.random.choice(_LAYOUTS)
    return PropertyHome(
        customer_id=customer.id,
        designer_id=customer.designer_id,
        estate_id=customer.estate_id,
        address=customer.unit,
        layout=layout,
        rooms=rooms,
        area=area + invent.random.randint(-8, 12),
        off_plan=invent.chance(0.2),
        styles=(_one_of(invent, "style"),),
        customer_types=(_one_of(invent, "customer_type"),),
        budget=invent.random.randint(6, 40) * 10_000,
        family=invent.random.choice(("夫妻二人", "三口之家", "四口之家", "三代同住")),
        wishes="收纳充足，用料环保，工期不超过四个月。",
        created_at=journey.came_at,
        created_by_id=journey.owner.id,
    )


def _contact(invent: Invention, journey: Journey, customer: Customer) -> ContactPerson:
    at_firm = customer.form == "company"
    return ContactPerson(
        customer_id=customer.id,
        name=invent.name(),
        sex=invent.random.choice(("male", "female")),
        post=invent.random.choice(("采购主管", "行政经理", "店长")) if at_firm else None,
        duty="合同与付款" if at_firm else "装修事宜联系",
        decides=invent.chance(0.5),
        phone=invent.phone(),
        temper=invent.random.choice(("爽快", "细致", "谨慎")),
        relation=None if at_firm else invent.random.choice(("配偶", "父母", "子女")),
        created_at=journey.came_at,
        created_by_id=journey.owner.id,
    )
