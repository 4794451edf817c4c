"""Looking on as somebody else, beneath the screens: what both see, and nothing written but the trail (R-ROLE-01)."""

from collections.abc import Callable
from dataclasses import replace
from itertools import product
from typing import Any

import pytest
from sqlalchemy import func, select

from admin_app.fields import Reading
from admin_app.fields.kind import SHANGHAI
from admin_app.guard import GuardedSession, elevated, noting, trail, writing
from admin_app.guard.conditions import filtered, searched
from admin_app.guard.listing import ListQuery, count, find_page
from admin_app.guard.readable import sort_key
from admin_app.guard.shown import rows_of
from admin_app.models import Register
from admin_app.permissions import Action, Person, Scope, Sight, View
from admin_app.verdicts import Refused
from admin_app.working.trail import TrailEntry
from tests.guard.registers import numbered
from tests.guard.test_readable import with_right
from tests.guard.test_rows import SHAPES
from tests.guard.truth import OTHER_DEPARTMENT, OTHER_STORE, SOMEBODY, Kind, Record, expected

pytestmark = pytest.mark.rule("R-ROLE-01", "R-CONF-02")

Acting = Callable[[Person | None], GuardedSession]
Registers = dict[str, type[Register]]
T = "truth_scoped"
#: everything; a store up to 秘密; a store up to 公开 with the catalogue; all up to 内部; nothing but as a party
KINDS = [Kind(4, "all", "none"), Kind(2, "store", "none"), Kind(0, "store", "all"), Kind(1, "all", "none"),
         Kind(1, "nobody", "none")]  # fmt: skip
READING = Reading(SHANGHAI, lambda codes: {}, lambda codes: frozenset())


def sight(kind: Kind, record: Record, table: str) -> Sight:
    return expected(kind, record, *SHAPES[table])


def seen_by_both(subject: Kind, viewer: Kind, table: str) -> set[int]:
    """What the literal table says of both: the subject no higher than the viewer, whose own grants and signatures,
    being for themselves, don't count."""
    capped = replace(subject, clearance=min(subject.clearance, viewer.clearance))
    return {
        number
        for number, record in numbered()
        if sight(capped, record, table) is not Sight.NONE and sight(viewer, _unlent(record), table) is not Sight.NONE
    }


def _unlent(record: Record) -> Record:
    return replace(record, named="nobody") if record.named in ("next", "signed", "granted", "lapsed") else record


@pytest.mark.parametrize("table", SHAPES)
def test_the_criterion_finds_what_the_table_says_of_both(table: str, registers: Registers, acting_as: Acting) -> None:
    register, wrong = registers[table], []
    for subject, viewer in product(KINDS, KINDS):
        both = subject.person(table).seen_as(viewer.person(table))
        if set(acting_as(both).scalars(select(register.id))) != seen_by_both(subject, viewer, table):
            wrong.append((subject, viewer))
    assert wrong == []


@pytest.mark.parametrize(
    ("turned", "named"),
    [(False, {"author", "party", "custodian", "next", "signed", "granted"}), (True, {"author", "party", "custodian"})],
)
def test_of_two_stores_only_what_names_one_of_them_is_common(
    turned: bool, named: set[str], registers: Registers, acting_as: Acting
) -> None:
    cls, here = registers[T], Kind(1, "store", "none").person(T)
    there = replace(here, id=SOMEBODY + 1, store_id=OTHER_STORE, department_id=OTHER_DEPARTMENT)
    both = there.seen_as(here) if turned else here.seen_as(there)
    in_the_other_store = {"owner", "department", "nothing"}
    assert set(acting_as(both).scalars(select(cls.id))) == {
        n for n, one in numbered() if one.where in in_the_other_store and one.level <= 1 and one.named in named
    }


def test_pages_counts_and_the_cache_keep_the_two_apart(registers: Registers, acting_as: Acting) -> None:
    cls, (subject, viewer) = registers[T], (KINDS[0], KINDS[3])
    query = ListQuery(cls, ["id", "public_id"], size=1000)
    for _turn in range(2):
        for person, ids in (
            (subject.person(T), {n for n, one in numbered() if sight(subject, one, T) is not Sight.NONE}),
            (subject.person(T).seen_as(viewer.person(T)), seen_by_both(subject, viewer, T)),
        ):
            session = acting_as(person)
            assert {row.id for row in find_page(session, query).rows} == ids
            assert count(session, query, None) == count(session, query, 1000) == len(ids)


def test_a_page_is_full_though_who_looks_on_sees_few_of_its_rows(registers: Registers, acting_as: Acting) -> None:
    cls, both = registers[T], KINDS[0].person(T).seen_as(KINDS[4].person(T))
    ids = seen_by_both(KINDS[0], KINDS[4], T)
    found = find_page(acting_as(both), ListQuery(cls, ["id", "public_id"], size=5))
    assert (len(found.rows), found.more) == (5, len(ids) > 5)


@pytest.mark.rule("R-CONF-06")
@pytest.mark.parametrize("turned", [False, True])
def test_a_field_is_read_and_asked_for_only_by_both(turned: bool, registers: Registers, acting_as: Acting) -> None:
    cls, kind = registers[T], KINDS[0]
    reads, masked = with_right(kind.person(T), Action.PERSONAL, Scope.ALL), Kind(2, "all", "none").person(T)
    both = masked.seen_as(reads) if turned else reads.seen_as(masked)
    session = acting_as(both)
    rows = rows_of(session, cls, find_page(session, ListQuery(cls, [*_columns(cls)], size=1000)).rows, (), READING)
    assert rows
    assert {row.view(cls.faces["phone"]) for row in rows} <= {View.ABSENT, View.MASKED}
    granted = {n for n, one in numbered() if one.named == "granted"}  # to the person, and the clearance of who looks on
    assert {row.record.id for row in rows if row.view(cls.faces["secret"]) is not View.ABSENT} <= granted
    assert sort_key(cls, cls.faces["phone"], both) is None
    assert sort_key(cls, cls.faces["secret"], both) is None
    for condition in (filtered(cls.faces["phone"], "contains", ["138"]), filtered(cls.faces["secret"], "filled", [])):
        assert session.scalars(select(cls.id).where(condition(cls, both))).all() == []
    assert session.scalars(select(cls.id).where(searched(cls, "1380000")(cls, both))).all() == []


def _columns(cls: type[Register]) -> list[str]:
    return list(cls.__table__.c.keys())


# --- nothing is written ---------------------------------------------------------------------------------------------


@pytest.fixture
def looking_on(acting_as: Acting) -> GuardedSession:
    subject, viewer = KINDS[0].person("truth_plain"), replace(KINDS[0].person("truth_plain"), id=SOMEBODY)
    return acting_as(subject.seen_as(viewer))


def test_every_way_of_writing_is_refused(looking_on: GuardedSession, registers: Registers) -> None:
    cls = registers["truth_plain"]
    before = looking_on.scalars(select(cls.name).order_by(cls.id)).all()
    for way in (_through_writing, _through_a_flush, _beneath, _by_hand):
        with pytest.raises(Refused) as refused:
            way(looking_on, cls)
        assert (refused.value.verdict.rule, refused.value.verdict.code) == ("R-ROLE-01", "viewing_as"), way
        assert refused.value.status == 403
        looking_on.rollback()
    assert looking_on.scalars(select(cls.name).order_by(cls.id)).all() == before


def _through_writing(session: GuardedSession, cls: Any) -> None:
    with writing(session):
        session.get_one(cls, 1).name = "改"


def _through_a_flush(session: GuardedSession, cls: Any) -> None:
    session.get_one(cls, 1).name = "改"
    session.flush()


def _beneath(session: GuardedSession, cls: Any) -> None:
    with elevated(session) as beneath:
        beneath.get_one(cls, 1).name = "改"


def _by_hand(session: GuardedSession, cls: Any) -> None:
    session.connection().execute(cls.__table__.update().where(cls.__table__.c.id == 1).values(name="改"))
    session.commit()


@pytest.mark.rule("R-AUDT-01")
def test_the_trail_of_views_is_written_and_names_both(looking_on: GuardedSession, registers: Registers) -> None:
    with noting(looking_on):
        trail.note(looking_on, "viewed", looking_on.get_one(registers["truth_plain"], 1))
    entry = looking_on.scalars(select(TrailEntry).order_by(TrailEntry.seq.desc()).limit(1)).one()
    assert entry.event == "viewed"
    assert entry.actor_id == SOMEBODY
    assert '"viewing_as": 1' in entry.detail or '"viewing_as":1' in entry.detail
    assert looking_on.scalar(select(func.count(registers["truth_plain"].id))) > 0
