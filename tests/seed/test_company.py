"""The demo company: whoever signs in finds work, and what it tells holds together."""

import pytest
from sqlalchemy import func, select

from admin_app.guard import act_as, chain
from admin_app.models import all_registers, register_named
from admin_app.operations.accounts import find_account, password_matches
from admin_app.operations.archives.inbox import inbox
from admin_app.operations.people import load_person
from admin_app.permissions import Role
from tests.seed.conftest import NOW, WEAK


def counted(session, register):
    return session.scalar(select(func.count()).select_from(register.__table__))


def test_every_register_has_rows(demo):
    with demo.open() as session:
        assert [name for name, register in all_registers().items() if not counted(session, register)] == []


def test_there_is_somebody_for_every_role_who_signs_in_with_the_password_asked_for(demo):
    with demo.open() as session:
        for username in [*(role.value for role in Role), "clerk2", "store_manager2"]:
            assert password_matches(find_account(session, username), WEAK), username


def test_the_second_clerk_and_store_manager_belong_to_the_other_store(demo):
    employee = register_named("employee")
    with demo.open() as session:
        stores = {name: session.get_one(employee, find_account(session, name).employee_id).store_id
                  for name in ("clerk", "store_manager", "clerk2", "store_manager2")}  # fmt: skip
    assert stores["clerk"] == stores["store_manager"] != stores["clerk2"] == stores["store_manager2"]


@pytest.mark.rule("R-LOAN-04")
def test_loans_are_of_three_days_and_some_are_out_and_overdue(demo):
    loan = register_named("archive_loan")
    with demo.open() as session:
        lent = select(loan).where(loan.source == "system", loan.issued_at.is_not(None))
        loans = session.scalars(lent).all()
    assert all((one.due_at - one.issued_at).total_seconds() <= 72 * 3600 for one in loans)
    assert any(one.returned_at is None for one in loans)
    assert any(one.returned_at for one in loans)
    assert any(one.returned_at is None and one.due_at < NOW for one in loans)


@pytest.mark.rule("R-DESK-01")
@pytest.mark.parametrize("username", ["store_manager", "archive_keeper", "info_officer"])
def test_who_signs_finds_requests_waiting(demo, username):
    with demo.open() as session:
        person = load_person(session, find_account(session, username).employee_id)
        act_as(session, person)
        assert inbox(session, NOW)


def test_nothing_in_it_lies_in_the_future(demo):
    with demo.open() as session:
        for register in all_registers().values():
            for face in register.faces.values():
                if face.kind.name == "moment" and face.name in ("came_at", "happened_at", "issued_at", "returned_at"):
                    newest = session.scalar(select(func.max(getattr(register, face.name))))
                    assert newest is None or newest <= NOW, (register.__tablename__, face.name)


@pytest.mark.rule("R-AUDT-01")
def test_its_trail_is_whole(demo):
    with demo.engine.connect() as connection:
        assert chain.verify(connection) is None
        assert chain.head(connection).seq > 0
