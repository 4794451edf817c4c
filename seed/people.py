"""The company's people: every role of ``permissions`` signs in under its own name, and who a rule needs twice."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from admin_app import clock
from admin_app.guard.settings import COMPANY_NAME
from admin_app.guard.stamps import operating
from admin_app.models import Register
from admin_app.operations import settings
from admin_app.operations.accounts import hash_password
from admin_app.permissions import Action, Level, Role
from admin_app.registers.organisation.department import Department
from admin_app.registers.organisation.employee import Employee
from admin_app.registers.organisation.store import Store
from admin_app.working.people import Account

from .invented import Invention

NAME = "梧桐里装饰"
#: department -> the one above it
DEPARTMENTS = {
    "总经理办公室": None,
    "客户服务部": "总经理办公室",
    "档案室": "客户服务部",
    "呼叫中心": "客户服务部",
    "客户开发部": "总经理办公室",
    "市场部": "总经理办公室",
    "工程部": "总经理办公室",
    "汽车服务部": "总经理办公室",
    "城东店": "总经理办公室",
    "城西店": "总经理办公室",
    "人力资源部": "总经理办公室",
    "审计室": "总经理办公室",
    "信息技术部": "总经理办公室",
}
#: department -> who heads it
HEADS = {
    "总经理办公室": "general_manager",
    "客户服务部": "service_manager",
    "档案室": "info_supervisor",
    "呼叫中心": "call_supervisor",
    "客户开发部": "sales_manager",
    "市场部": "marketing_manager",
    "工程部": "director",
    "汽车服务部": "director2",
    "城东店": "store_manager",
    "城西店": "store_manager2",
    "人力资源部": "hr",
    "审计室": "auditor",
    "信息技术部": "admin",
}
#: who left yesterday, who has their customers since, and who joined last month
LEAVER, SUCCESSOR, NEWCOMER = "customer_manager5", "customer_manager3", "customer_manager6"
STORES = {"城东店": "store_manager", "城西店": "store_manager2"}
#: department -> roles of its people; the nth person of a role signs in as role, role2, role3 …
STAFF = {
    "总经理办公室": "general_manager director director2",
    "客户服务部": "service_manager info_officer info_officer2 service_officer service_officer2",
    "档案室": "info_supervisor info_supervisor2 archive_keeper archive_keeper2",
    "呼叫中心": "call_supervisor call_agent call_agent2 call_inspector",
    "客户开发部": "sales_manager sales sales2 sales3",
    "市场部": "marketing_manager marketing_manager2",
    "工程部": "project_manager project_manager2 inspector material_agent",
    "汽车服务部": "sales_adviser service_adviser",
    "城东店": "store_manager clerk customer_manager customer_manager3 customer_manager5 designer designer3",
    "城西店": "store_manager2 clerk2 customer_manager2 customer_manager4 designer2 designer4",
    "人力资源部": "hr hr2",
    "审计室": "auditor",
    "信息技术部": "admin",
}
#: people outside the stores who work for one all the same
SEATED = {
    "marketing_manager": "城东店",
    "marketing_manager2": "城西店",
    "inspector": "城东店",
    "service_officer": "城东店",
    "service_officer2": "城西店",
}
#: a company that keeps 绝密 has a second person of that clearance (R-ROLE-03, R-CONF-05)
CLEARANCES = {"info_supervisor2": Level.TOP_SECRET}
CARRIERS = ("archive_keeper", "info_supervisor2")


@dataclass
class Company:
    """Stores and departments by name, employees by sign-in name; with what everything is written and invented by."""

    session: Session
    invent: Invention
    stores: dict[str, Store] = field(default_factory=dict)
    departments: dict[str, Department] = field(default_factory=dict)
    people: dict[str, Employee] = field(default_factory=dict)
    #: customer id -> their way through the house
    journeys: dict[int, Any] = field(default_factory=dict)
    #: (prefix, year) -> the last number of a paper pad
    pads: Counter[tuple[str, int]] = field(default_factory=Counter)
    _able: dict[tuple[Action, str], list[Employee]] = field(default_factory=dict)
    _by_id: dict[int, Employee] = field(default_factory=dict)
    _of_departments: dict[int, list[Employee]] = field(default_factory=dict)
    _of_roles: dict[Role, list[Employee]] = field(default_factory=dict)

    def of_role(self, role: Role, store: int | None = None) -> list[Employee]:
        """Everyone of *role*, in one store where it is named."""
        if role not in self._of_roles:
            self._of_roles[role] = [person for person in self.people.values() if role.value in person.roles]
        return [person for person in self._of_roles[role] if store is None or person.store_id == store]

    def employee(self, id_: int | None) -> Employee | None:
        """The one with that id."""
        if not self._by_id:
            self._by_id = {person.id: person for person in self.people.values()}
        return self._by_id.get(id_)  # type: ignore[arg-type]

    def colleagues(self, person: Employee) -> list[Employee]:
        """Everyone of *person*'s department."""
        if person.department_id not in self._of_departments:
            theirs = [one for one in self.people.values() if one.department_id == person.department_id]
            self._of_departments[person.department_id] = theirs
        return self._of_departments[person.department_id]

    def who_may(self, action: Action, register: type[Register]) -> list[Employee]:
        """Everyone with a right to *action* on *register*, whatever its scope."""
        key = (action, register.__tablename__)
        if key not in self._able:
            able = {role for role, rights in register.declaration.grants.items() if action in rights}
            self._able[key] = [one for one in self.people.values() if able & set(map(Role, one.roles))]
        return self._able[key]


def found(company: Company, password: str) -> None:
    """The company's name, stores, departments and people with accounts; heads are named once people are there."""
    settings.put(company.session, COMPANY_NAME, NAME, clock.now())
    with operating(company.session):
        _open_houses(company)
        _hire(company)
        for name, username in HEADS.items():
            company.departments[name].head_id = company.people[username].id
        for name, username in STORES.items():
            company.stores[name].manager_id = company.people[username].id
    _open_accounts(company, company.people, password)


def join(company: Company, username: str, department: str, joined_on: date, password: str) -> Employee:
    """Somebody new, hired on that day, with an account."""
    with operating(company.session):
        person = _employee(company, f"{len(company.people) + 1:04}", username, department)
        person.joined_on = joined_on
        company.session.add(person)
        company.session.flush()
    _open_accounts(company, {username: person}, password)
    return person


def _open_houses(company: Company) -> None:
    for name in STORES:
        company.stores[name] = Store(
            name=name,
            region="本市",
            address=company.invent.street(),
            phone=company.invent.phone(),
            opened_on=date(2019, 3, 8),
        )
    company.session.add_all(company.stores.values())
    company.session.flush()
    for name, above in DEPARTMENTS.items():
        parent = company.departments[above].id if above else None
        shop = company.stores[name].id if name in company.stores else None
        company.departments[name] = Department(name=name, parent_id=parent, store_id=shop)
        company.session.add(company.departments[name])
        company.session.flush()


def _hire(company: Company) -> None:
    usernames = [(username, name) for name, staff in STAFF.items() for username in staff.split()]
    for number, (username, department) in enumerate(usernames, start=1):
        company.people[username] = _employee(company, f"{number:04}", username, department)
    company.session.add_all(company.people.values())
    company.session.flush()


def _employee(company: Company, number: str, username: str, department: str) -> Employee:
    invent, role = company.invent, Role(username.rstrip("0123456789"))
    store = company.stores.get(SEATED.get(username, department))
    return Employee(
        name=invent.name(once=True),
        number=number,
        sex=invent.random.choice(("male", "female")),
        post=role.title,
        department_id=company.departments[department].id,
        store_id=store.id if store else None,
        phone=invent.phone(),
        email=f"{username}@kedang.example",
        joined_on=date(invent.random.randint(2019, 2024), invent.random.randint(1, 12), invent.random.randint(1, 28)),
        roles=(role.value,),
        clearance=str(int(CLEARANCES.get(username, role.clearance))),
        carrier=username in CARRIERS,
        home_address=invent.street() + invent.unit(),
    )


def _open_accounts(company: Company, people: Mapping[str, Employee], password: str) -> None:
    """One hash serves all: hashing is slow by design, and these accounts share their password by design too.

    A weak one is taken as it is: whoever shows the demo company chose it, and nothing confidential lies behind it.
    """
    hashed = hash_password(password)
    company.session.add_all(
        Account(employee_id=person.id, username=username, password_hash=hashed) for username, person in people.items()
    )
    company.session.flush()
