"""The first step on an empty database: the company, its first admin and general manager, then it closes (R-ROLE-02)."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from ..guard import trail
from ..guard.jobs import job
from ..guard.settings import COMPANY_NAME
from ..guard.stamps import operating
from ..models import register_named
from ..permissions import Level, Role
from ..rules.roles import may_set_up
from ..texts import word
from ..verdicts import require
from ..working.people import Account
from . import records, settings
from .accounts import open_account


@dataclass(frozen=True)
class FirstPerson:
    """Name, sign-in name and password of one of the first two."""

    name: str
    username: str
    password: str


SET_UP = job("set_up", word("初始设置"), Level.INTERNAL)
#: the archive type that serves every customer until the company makes its own
GENERAL_FILES = {"name": "一般客户档案", "prefix": "KH", "customer_kinds": ("general",)}


def is_set_up(session: Session) -> bool:
    """Whether anybody can sign in yet."""
    return bool(session.scalar(select(func.count()).select_from(Account.__table__)))


def set_up(session: Session, company: str, admin: FirstPerson, manager: FirstPerson, now: datetime) -> None:
    """Create the first store and the first two persons; raises Refused when done before or when they are one person."""
    require(may_set_up(is_set_up(session), admin.username.strip().lower(), manager.username.strip().lower()))
    settings.put(session, COMPANY_NAME, company, now)
    store, department = register_named("store"), register_named("department")
    # every new customer gets a file, so there must be a type of file for them (R-ARCH-01)
    records.create(session, register_named("archive_type"), GENERAL_FILES)
    with operating(session):
        office = department(name=company)
        shop = store(name=company)
        session.add_all([office, shop])
        session.flush()
        for first, role in ((admin, Role.ADMIN), (manager, Role.GENERAL_MANAGER)):
            employee = register_named("employee")(
                name=first.name, roles=(role.value,), clearance=str(int(role.clearance)),
                store_id=shop.id, department_id=office.id,
            )  # fmt: skip
            session.add(employee)
            session.flush()
            open_account(session, employee, first.username, first.password, now)
    trail.note(session, "set_up")
