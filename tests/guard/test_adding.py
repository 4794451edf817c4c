"""What a ledger adds, past the unit of work, is what a form would have added: row, trail, search index, refusals (R-IMPT-07)."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import pytest
from sqlalchemy import select, text
from sqlalchemy.orm import Session

from admin_app import clock
from admin_app.guard import search_index
from admin_app.guard.adding import add_together, goes_together, new_record
from admin_app.guard.chain import Event
from admin_app.guard.session import state_of
from admin_app.guard.stamped import _watched
from admin_app.guard.stamps import operating
from admin_app.models import Register, all_registers, register_named
from admin_app.operations import records
from admin_app.operations.followups import stand_alone
from admin_app.verdicts import Refused
from tests.fixtures.records import MOMENT, make_record, values_of
from tests.fixtures.worlds import World

pytestmark = pytest.mark.rule("R-IMPT-07")
#: by chance, or by when: another for every record
_OF_ITS_OWN = ("id", "public_id", "created_at", "changed_at")
Add = Callable[[Session, type[Register], Mapping[str, Any]], int]


def by_flush(session: Session, register: type[Register], values: Mapping[str, Any]) -> int:
    record = register(**values)
    session.add(record)
    session.flush()
    return record.id


def together(session: Session, register: type[Register], values: Mapping[str, Any]) -> int:
    (record,) = new = [new_record(register, values)]
    add_together(session, register, new)
    return record.id


def written(session: Session, register: type[Register], values: Mapping[str, Any], add: Add) -> tuple[Any, ...]:
    """What *add* leaves behind, taken back afterwards: the row, what waits for the trail, the tokens of the search."""
    waiting = len(state_of(session).trail)
    with session.begin_nested() as savepoint:
        id_ = add(session, register, values)
        row = dict(session.execute(select(register.__table__).where(register.id == id_)).mappings().one())
        assert all(row.pop(name) is not None for name in _OF_ITS_OWN)
        mine = (register.__tablename__, id_)
        told = [told_by(one) for one in state_of(session).trail[waiting:] if (one.table_name, one.record_id) == mine]
        found = tokens(session, search_index.first_key(register) + id_)
        savepoint.rollback()
    session.expire_all()
    return row, told, found


def told_by(event: Event) -> tuple[Any, ...]:
    changes = [(one.field, one.old, one.new, tuple(one.fields)) for one in event.changes]
    return event.event, event.actor_id, event.table_name, event.level, event.address, event.detail, changes


def tokens(session: Session, key: int) -> Any:
    name = "rowid" if session.get_bind().dialect.name == "sqlite" else "key"
    return session.scalar(text(f"SELECT grams FROM search_gram WHERE {name} = :key"), {"key": key})


def test_a_record_of_any_register_is_written_as_a_flush_writes_it(world: World) -> None:
    registers = [one for one in all_registers().values() if goes_together(one)]
    assert {"visitor", "customer", "archive_item", "credit_survey"} <= {one.__tablename__ for one in registers}
    for register in registers:
        with world.writing() as session, operating(session):
            values = values_of(session, register, everything=True)
            session.flush()
            flushed = written(session, register, values, by_flush)
            assert written(session, register, values, together) == flushed, register.__tablename__
            assert len(flushed[1]) == 1, "one entry of the trail"


def by_form(session: Session, register: type[Register], values: Mapping[str, Any]) -> int:
    return records.create(session, register, values).id


def by_ledger(session: Session, register: type[Register], values: Mapping[str, Any]) -> int:
    (added,) = records.create_many(session, register, [values])
    return added.id


def test_what_goes_before_and_follows_a_record_is_the_same_for_a_ledgers(world: World) -> None:
    """Numbers, what is worked out, what other records become of it: all hooks see a ledger's plain record as they do a form's."""
    for register in all_registers().values():
        if not (goes_together(register) and stand_alone(register)):
            continue
        with world.writing() as session, operating(session):
            values = values_of(session, register, everything=True)
            session.flush()
            outcomes = []
            for add in (by_form, by_ledger):
                try:
                    with clock.stopped_at(MOMENT):
                        outcomes.append(written(session, register, values, add))
                except Refused as refused:
                    session.expire_all()
                    outcomes.append(refused.verdict.code)
            assert outcomes[0] == outcomes[1], register.__tablename__


def test_what_a_flush_guards_beyond_that_is_left_to_it(monkeypatch: pytest.MonkeyPatch) -> None:
    assert not goes_together(register_named("employee")), "roles and clearance (R-ROLE-02)"
    monkeypatch.setitem(_watched, "estate", {"estates"})
    assert not goes_together(register_named("estate")), "kept in memory by every process"


def add_visitors(session: Session, many: Sequence[Mapping[str, Any]]) -> None:
    visitor = register_named("visitor")
    add_together(session, visitor, [new_record(visitor, values) for values in many])


def test_nobody_named_writes_nothing(world: World) -> None:
    with world.writing() as session:
        values = values_of(session, register_named("visitor"))
    with world.open() as session:
        state_of(session).person = None
        with pytest.raises(LookupError):
            add_visitors(session, [values])


def test_what_only_operations_write_is_refused_by_name(world: World) -> None:
    register = register_named("archive_loan")
    with world.writing() as session, operating(session):
        values = values_of(session, register)
        session.flush()
        state_of(session).operating = False
        with pytest.raises(Refused) as refused:
            add_together(session, register, [new_record(register, values)])
        state_of(session).operating = True
    assert refused.value.verdict.code == "operation_only"
    with world.open() as session:
        assert not session.scalars(select(register)).all()


def test_many_follow_what_they_belong_to(world: World) -> None:
    """Two visits, one to a customer of 机密: its level is the floor of its own, not of the other's (R-CONF-05)."""
    with world.writing() as session:
        follow_up = register_named("follow_up")
        open_, secret = (make_record(session, "customer", store_id=1, level=level) for level in (2, 4))
        many = [values_of(session, follow_up, customer_id=one.id, store_id=None, level=2) for one in (open_, secret)]
        session.flush()
        added = records.create_many(session, follow_up, many)
        ids = [one.id for one in added]
    with world.open() as session:
        assert [(session.get_one(follow_up, id_).level, session.get_one(follow_up, id_).store_id) for id_ in ids] == [
            (2, 1), (4, 1),
        ]  # fmt: skip
