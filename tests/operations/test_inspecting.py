"""Rounds of inspection: what is left, what is found, and what follows (R-ARCH-05)."""

from datetime import date, timedelta

import pytest

from admin_app.models import register_named
from admin_app.operations import records
from admin_app.operations.archives import inspecting, reservations, rounds
from admin_app.permissions import Level
from admin_app.verdicts import Refused
from admin_app.working.lending import Reservation
from tests.fixtures.company import PERSON_IDS
from tests.fixtures.queries import counted_queries
from tests.fixtures.records import make_record

pytestmark = pytest.mark.rule("R-ARCH-05")


@pytest.fixture
def shelved(ending):
    """The room's file on a shelf, opened years ago."""
    with ending.room.acting("system") as session:
        places = {"room": "档案室", "cabinet": "A", "shelf": 1, "clearance": "2", "custodian_id": None}
        first, second = (
            make_record(session, "archive_place", code=f"A-01-0{n}", position=n, **places).id for n in (1, 2)
        )
    ending.set("archive_file", ending.room.file_id, place_id=first)
    ending.places = (first, second)
    return ending


def inspect(ending, found, note="", as_="archive_keeper", days=0):
    ending.room.pass_time(days=days)
    with ending.room.acting(as_) as session:
        file = session.get_one(register_named("archive_file"), ending.room.file_id)
        return inspecting.inspect(session, file, found, note, ending.room.now).id


def left(ending, as_="archive_keeper"):
    with ending.room.acting(as_) as session:
        return rounds.how_many_left(session, ending.today)


def all_of(ending, table):
    with ending.room.acting("system") as session:
        found = session.query(register_named(table)).all()
        session.expunge_all()
        return found


def file_of(ending):
    return ending.room.get("archive_file", ending.room.file_id)


def test_one_click_notes_a_file_sound_and_takes_it_off_the_list(shelved):
    assert left(shelved) == (1, date(2026, 6, 30))
    record = shelved.room.get("archive_inspection", inspect(shelved, "good"))
    assert (record.period, record.condition, record.in_place, record.file_id) == (
        "first_half",
        "good",
        True,
        file_of(shelved).id,
    )
    assert record.inspected_by_id == PERSON_IDS["archive_keeper"]
    assert file_of(shelved).inspected_on == shelved.today
    assert left(shelved) == (0, None)
    with pytest.raises(Refused) as refused:
        inspect(shelved, "good")
    assert (refused.value.verdict.rule, refused.value.verdict.code) == ("R-ARCH-05", "wrong_state")


def test_damage_opens_a_repair_with_its_day(shelved):
    record = inspect(shelved, "mouldy", "末页有霉点")
    (repair,) = all_of(shelved, "archive_repair")
    assert (repair.inspection_id, repair.damage, repair.description) == (record, "mould", "末页有霉点")
    assert repair.repair_by == shelved.today + timedelta(days=14)
    assert repair.repairer_id == PERSON_IDS["archive_keeper"]


def test_an_inspection_typed_into_the_form_counts_the_same_and_voided_no_more(shelved):
    with shelved.room.acting("archive_keeper") as session:
        values = {"inspected_on": shelved.today, "period": "first_half", "file_id": shelved.room.file_id, "faded": True}
        typed = records.add(session, register_named("archive_inspection"), values).id
    assert (left(shelved)[0], [one.damage for one in all_of(shelved, "archive_repair")]) == (0, ["faded"])
    with shelved.room.acting("archive_keeper") as session:
        records.void(session, session.get_one(register_named("archive_inspection"), typed), "填错案卷")
    assert (left(shelved)[0], file_of(shelved).inspected_on) == (1, None)


def test_what_is_not_found_is_looked_for_again_and_then_a_violation(shelved):
    inspect(shelved, "absent")
    with shelved.room.acting("archive_keeper") as session:
        (miss,) = rounds.missed(session, shelved.today)
        assert miss.next_on == date(2026, 3, 16)  # three working days
    assert (left(shelved)[0], all_of(shelved, "archive_violation")) == (1, [])
    with pytest.raises(Refused) as refused:
        inspect(shelved, "absent")  # a second click is no second look
    assert (refused.value.verdict.code, all_of(shelved, "archive_violation")) == ("too_soon", [])
    inspect(shelved, "absent", days=2)
    (violation,) = all_of(shelved, "archive_violation")
    assert (violation.clause, violation.items, violation.file_id) == ("lost", 3, file_of(shelved).id)
    assert {one.state for one in all_of(shelved, "archive_item")} == {"missing"}
    inspect(shelved, "good", days=1)
    assert {one.state for one in all_of(shelved, "archive_item")} == {"in"}
    assert left(shelved)[0] == 0


def test_what_is_lent_is_shown_apart_and_inspected_when_it_is_back(shelved):
    paper = next(iter(shelved.room.items.values()))
    shelved.set("archive_item", paper, state="reading", holder_id=PERSON_IDS["clerk"])
    with shelved.room.acting("archive_keeper") as session:
        (shelf,) = rounds.shelves(session, shelved.today)
        assert (shelf.place.code, shelf.left, shelf.out) == ("A-01-01", 1, 1)
    with pytest.raises(Refused) as refused:
        inspect(shelved, "good")
    assert refused.value.verdict.code == "on_loan"


def test_a_file_found_elsewhere_is_put_there_where_its_level_may_lie(shelved):
    with shelved.room.acting("archive_keeper") as session:
        place = session.get_one(register_named("archive_place"), shelved.places[1])
        inspecting.put_here(session, session.get_one(register_named("archive_file"), shelved.room.file_id), place)
    assert file_of(shelved).place_id == shelved.places[1]
    assert {one.place_id for one in all_of(shelved, "archive_item")} == {shelved.places[1]}
    shelved.set("archive_file", shelved.room.file_id, level=3)
    with pytest.raises(Refused) as refused, shelved.room.acting("archive_keeper") as session:
        place = session.get_one(register_named("archive_place"), shelved.places[0])
        inspecting.put_here(session, session.get_one(register_named("archive_file"), shelved.room.file_id), place)
    assert (refused.value.verdict.rule, refused.value.verdict.code) == ("R-CONF-04", "place")


def test_who_only_looks_on_inspects_nothing(shelved):
    with pytest.raises(Refused) as refused:
        inspect(shelved, "good", as_="info_officer")
    assert refused.value.verdict.code == "no_right"
    assert all_of(shelved, "archive_inspection") == []


@pytest.mark.rule("R-CONF-02")
def test_the_round_counts_what_one_sees_in_as_many_queries_however_many_files(shelved):
    assert left(shelved, "customer_manager2")[0] == 0
    with shelved.room.acting("system") as session:
        for number in range(6):
            make_record(session, "archive_file", place_id=shelved.places[number % 2], opened_on=date(2025, 1, 1))
    with counted_queries(shelved.room.world) as statements, shelved.room.acting("archive_keeper") as session:
        assert [(one.place.code, one.left) for one in rounds.shelves(session, shelved.today)] == [
            ("A-01-01", 4),
            ("A-01-02", 3),
        ]
    assert len(statements) < 12


def test_what_a_return_noted_as_lost_stays_missing_when_its_file_is_found(shelved):
    lost = shelved.room.on_loan()
    shelved.room.take_back(lost, missing=2)
    inspect(shelved, "good", days=1)
    assert sorted(one.state for one in all_of(shelved, "archive_item")) == ["in", "in", "missing"]
    assert shelved.room.item().state == "missing"


def test_a_third_miss_opens_no_other_violation_and_a_file_stands_once_for_its_second_look(shelved):
    def looked_for():
        with shelved.room.acting("archive_keeper") as session:
            return [one.file_id for one in rounds.missed(session, shelved.today)]

    inspect(shelved, "absent")
    assert looked_for() == [shelved.room.file_id]
    inspect(shelved, "absent", days=1)
    assert looked_for() == []
    inspect(shelved, "absent", days=1)
    assert len(all_of(shelved, "archive_violation")) == 1
    assert {one.state for one in all_of(shelved, "archive_item")} == {"missing"}


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ({"inspected_on": date(2030, 1, 1)}, "time_order"),
        ({"condition": "damaged"}, "no_reason"),
        ({"condition": "absent"}, "too_soon"),
    ],
)
def test_the_form_asks_what_the_round_asks(shelved, typed, code):
    inspect(shelved, "absent")
    with pytest.raises(Refused) as refused, shelved.room.acting("archive_keeper") as session:
        values = {"inspected_on": shelved.today, "period": "first_half", "file_id": shelved.room.file_id, **typed}
        records.add(session, register_named("archive_inspection"), values)
    assert refused.value.verdict.code == code
    assert file_of(shelved).inspected_on is None


def test_a_second_miss_that_is_typed_counts_as_one_of_the_round(shelved):
    inspect(shelved, "absent")
    shelved.room.pass_time(days=1)
    with shelved.room.acting("archive_keeper") as session:
        values = {"inspected_on": shelved.today, "period": "first_half", "file_id": shelved.room.file_id}
        records.add(session, register_named("archive_inspection"), {**values, "condition": "absent"})
    assert {one.state for one in all_of(shelved, "archive_item")} == {"missing"}
    assert len(all_of(shelved, "archive_violation")) == 1


@pytest.mark.rule("R-LOAN-12")
def test_nobody_waits_for_a_paper_that_is_lost(shelved):
    lent, item = shelved.room.on_loan(), shelved.room.items[Level.SECRET]
    with shelved.room.acting("info_officer") as session:
        paper = session.get_one(register_named("archive_item"), item)
        reservations.reserve(session, paper, PERSON_IDS["info_officer"], shelved.room.now)
    shelved.room.take_back(lent, good=2)
    inspect(shelved, "absent", days=1)
    inspect(shelved, "absent", days=1)
    with shelved.room.world.open() as session:
        assert [one.ended for one in session.query(Reservation)] == ["gone"]
