"""The end of a file: due, listed, approved, destroyed before witnesses; and what nobody does with it any more (R-ARCH-07)."""

from datetime import date, timedelta

import pytest
from sqlalchemy.exc import NoResultFound

from admin_app.models import register_named
from admin_app.operations import records
from admin_app.operations.archives import destroying, erasing, holding, requests, retention
from admin_app.operations.staff import staff_on
from admin_app.permissions import Level
from admin_app.storage import LocalFiles
from admin_app.verdicts import Obstructed, Refused
from tests.fixtures.archive_room import ASKED
from tests.fixtures.company import DEPARTMENT_IDS, PERSON_IDS
from tests.fixtures.destruction import CLOSED, HERE
from tests.fixtures.forms import trail_of
from tests.fixtures.records import make_record

pytestmark = pytest.mark.rule("R-ARCH-07")


def codes(refused):
    verdicts = getattr(refused.value, "verdicts", None) or (refused.value.verdict,)
    return {(verdict.rule, verdict.code) for verdict in verdicts}


def states(ending):
    """The state of the file, and of its papers."""
    items = [ending.room.get("archive_item", one).state for one in ending.room.items.values()]
    return ending.room.get("archive_file", ending.room.file_id).state, items


def test_retention_follows_the_day_of_closing_and_the_type(ending):
    file = ending.room.get("archive_file", ending.room.file_id)
    assert (file.state, file.retained_until) == ("closed", date(2026, 3, 9))
    with ending.room.acting("archive_keeper") as session:
        type_ = session.get_one(register_named("archive_type"), file.archive_type_id)
        records.change(session, type_, {"retention_years": 12})
    assert ending.room.get("archive_file", file.id).retained_until == date(2028, 3, 9)


def test_an_older_file_comes_in_closed_with_its_end(ending):
    with ending.room.acting("archive_keeper") as session:
        like = session.get_one(register_named("archive_file"), ending.room.file_id)
        values = {"title": "旧卷", "customer_id": like.customer_id, "archive_type_id": like.archive_type_id}
        days = {"opened_on": date(2015, 1, 5), "closed_on": date(2015, 2, 6)}
        (file,) = records.add_many(session, register_named("archive_file"), [{**values, **days}])
        assert (file.state, file.retained_until) == ("closed", date(2025, 2, 6))


def test_the_night_works_out_what_was_closed_before(ending):
    ending.set("archive_file", ending.room.file_id, retained_until=None, state="open")
    for _night in range(2):
        with ending.room.acting("system") as session:
            retention.keep_forgotten(session, ending.room.now)
    file = ending.room.get("archive_file", ending.room.file_id)
    assert (file.state, file.retained_until) == ("closed", date(2026, 3, 9))


def test_from_the_list_to_the_second_witness_and_then_the_entries_stay(ending, world):
    listing = ending.approved()
    assert states(ending) == ("closed", ["in"] * 3)
    ending.witnessed(listing)
    assert states(ending) == ("destroyed", ["destroyed"] * 3)
    record = ending.room.get("destruction", listing)
    assert len({record.keeper_id, record.head_signed_by_id, record.approved_by_id, record.first_witness_by_id,
                record.second_witness_by_id}) == 5  # fmt: skip
    told = [table for event, table, _detail in trail_of(world) if event == "destroyed"]
    assert sorted(told) == ["archive_file", *["archive_item"] * 3]


@pytest.mark.parametrize(
    ("place", "by", "code"),
    [
        ("appraised_by_id", "archive_keeper", "not_signer"),
        ("head_signed_by_id", "store_manager2", "not found"),
        ("head_signed_by_id", "service_manager", "not_signer"),
        ("approved_by_id", "general_manager", "not_signed"),
        ("first_witness_by_id", "info_officer", "not_signed"),
    ],
)
def test_each_signature_has_its_signer_and_its_turn(ending, place, by, code):
    listing = ending.listing()
    if place == "head_signed_by_id":
        ending.sign(listing, "appraised_by_id")
    with pytest.raises((Refused, NoResultFound)) as stopped:
        ending.sign(listing, place, by)
    assert code == ("not found" if isinstance(stopped.value, NoResultFound) else stopped.value.verdict.code)
    assert getattr(ending.room.get("destruction", listing), place) is None


def test_a_witness_signs_once_and_for_a_destruction_that_took_place(ending):
    listing = ending.approved()
    with pytest.raises(Refused) as refused:
        ending.sign(listing, "first_witness_by_id")
    assert codes(refused) == {("R-ARCH-07", "incomplete")}
    ending.change(listing, destroyed_on=ending.today, way="burn")
    ending.sign(listing, "first_witness_by_id")
    with pytest.raises(Refused) as refused:
        ending.sign(listing, "second_witness_by_id", "info_officer")
    assert codes(refused) == {("R-ROLE-04", "same_person")}
    with pytest.raises(Refused) as refused:
        ending.change(listing, way="shred")
    assert codes(refused) == {("R-ARCH-07", "locked")}
    assert states(ending)[0] == "closed"


@pytest.mark.parametrize(
    "values", [{"opinion": "改"}, {"destroyed_on": None, "way": None}, {"destroyed_on": None, "opinion": "改"}]
)
def test_what_a_witness_has_signed_stays_as_it_was(ending, values):
    listing = _half_witnessed(ending)
    with pytest.raises(Refused) as refused:
        ending.change(listing, **values)
    assert codes(refused) == {("R-ARCH-07", "locked")}
    ending.change(listing, remark="照片另附")
    record = ending.room.get("destruction", listing)
    assert (record.first_witness_by_id, record.remark) == (PERSON_IDS["info_officer"], "照片另附")


def test_what_a_witness_has_signed_is_not_voided_nor_its_files_exchanged(ending):
    listing = _half_witnessed(ending)
    with pytest.raises(Refused) as refused, ending.room.acting("archive_keeper") as session:
        records.void(session, session.get_one(register_named("destruction"), listing), "选错了")
    assert codes(refused) == {("R-ARCH-07", "locked")}
    with pytest.raises(Refused) as refused:
        _exchange_lines(ending, listing)
    assert codes(refused) == {("R-ARCH-07", "locked")}
    record = ending.room.get("destruction", listing)
    assert (record.voided_at, record.first_witness_by_id) == (None, PERSON_IDS["info_officer"])


@pytest.mark.rule("R-ROLE-05")
def test_an_appraisal_falls_when_other_papers_are_listed(ending):
    listing = ending.listing()
    ending.sign(listing, "appraised_by_id")
    _exchange_lines(ending, listing)
    assert ending.room.get("destruction", listing).appraised_by_id is None


def _half_witnessed(ending):
    listing = ending.approved()
    ending.change(listing, destroyed_on=ending.today, way="shred")
    ending.sign(listing, "first_witness_by_id")
    return listing


def _exchange_lines(ending, listing):
    with ending.room.acting("archive_keeper") as session:
        record, paper = session.get_one(register_named("destruction"), listing), _paper(session, ending)
        records.change(session, record, {}, {"lines": [(None, {"item_id": paper.id, "name": "另一件"})]})


def _hold(ending):
    with ending.room.acting("service_manager") as session:
        holding.hold(session, session.get_one(register_named("archive_file"), ending.room.file_id), "税务检查")


def _complain(ending):
    with ending.room.acting("system") as session:
        customer = session.get_one(register_named("archive_file"), ending.room.file_id).customer_id
        make_record(session, "complaint", customer_id=customer, state="received")


#: what turns a listed file red, and the refusal's code
TURNS = {
    "held": _hold,
    "disputed": _complain,
    "on_loan": lambda ending: ending.set(
        "archive_item", next(iter(ending.room.items.values())), state="reading", holder_id=PERSON_IDS["clerk"]
    ),
    "retained": lambda ending: ending.close(ending.room.file_id, CLOSED + timedelta(days=90)),
}


@pytest.mark.parametrize("code", TURNS)
@pytest.mark.parametrize("after", ["listing", "head", "witness"])
def test_one_red_file_stops_the_list_at_every_signature(ending, code, after):
    if after == "listing":
        TURNS[code](ending)
        with pytest.raises(Obstructed) as refused:
            ending.listing()
        assert codes(refused) == {("R-ARCH-07", code)}
        return
    listing = ending.approved() if after == "witness" else ending.listing()
    if after == "witness":
        ending.change(listing, destroyed_on=ending.today, way="shred")
        ending.sign(listing, "first_witness_by_id")
    TURNS[code](ending)
    place = "second_witness_by_id" if after == "witness" else "appraised_by_id"
    with pytest.raises(Obstructed) as refused:
        ending.sign(listing, place)
    assert codes(refused) == {("R-ARCH-07", code)}
    number = ending.room.get("archive_file", ending.room.file_id).number
    assert str(refused.value.verdict.reason).startswith(f"{number}：")
    assert states(ending)[0] == "closed"


def test_a_file_is_in_one_list_which_frees_it_when_given_up(ending):
    first = ending.listing()
    with pytest.raises(Obstructed) as refused:
        ending.listing(as_="archive_keeper2")
    assert codes(refused) == {("R-ARCH-07", "listed")}
    with ending.room.acting("archive_keeper") as session:
        records.void(session, session.get_one(register_named("destruction"), first), "选错了")
    second = ending.listing(as_="archive_keeper2")
    with pytest.raises(Obstructed) as refused, ending.room.acting("archive_keeper") as session:
        records.restore(session, session.get_one(register_named("destruction"), first))
    assert codes(refused) == {("R-ARCH-07", "listed")}
    assert ending.room.get("destruction", second).voided_at is None


def test_a_list_is_of_one_department_and_its_lines_name_papers(ending):
    with pytest.raises(Refused) as refused:
        ending.listing(department=DEPARTMENT_IDS["城西店"])
    assert codes(refused) == {("R-ARCH-07", "inconsistent")}
    with ending.room.acting("archive_keeper") as session:
        values = {"listed_on": ending.today, "department_id": HERE, "file_count": 1, "cause": "expired"}
        lines = {"lines": [(None, {"name": "旧账一册"})]}
        listing = records.add(session, register_named("destruction"), values, lines).id
    with pytest.raises(Refused) as refused:
        ending.sign(listing, "appraised_by_id")
    assert codes(refused) == {("R-ARCH-07", "incomplete")}


def test_scans_of_what_is_destroyed_are_gone_with_their_keys(ending, world):
    store = LocalFiles(world.settings.data_dir / "files", world.settings.wrapping_key())
    first, second = store.put(b"first scan"), store.put(b"second scan")
    item = next(iter(ending.room.items.values()))
    for key in (first, second):
        ending.set("archive_item", item, scan=f"{key}/scan.pdf")
    ending.witnessed(ending.approved())
    assert ending.room.get("archive_item", item).scan is None
    for expected in (1, 0):
        with world.open("archive_keeper") as session:
            assert erasing.erase_scans(session, store) == expected
    for key in (first, second):
        with pytest.raises(KeyError):
            store.get(key)


def test_the_worklist_says_of_each_file_why_not(ending):
    with ending.room.acting("archive_keeper") as session:
        assert [one.against for one in retention.due_files(session, ending.today)[0]] == [()]
    _hold(ending)
    _complain(ending)
    with ending.room.acting("archive_keeper") as session:
        ((found,), more) = retention.due_files(session, ending.today)
        assert more is False
        assert [verdict.code for verdict in found.against] == ["disputed", "held"]
    with ending.room.acting("customer_manager2") as session:
        assert retention.due_files(session, ending.today) == ([], False)


def _file(session, ending):
    return session.get_one(register_named("archive_file"), ending.room.file_id)


def _paper(session, ending):
    return session.get_one(register_named("archive_item"), next(iter(ending.room.items.values())))


VERBS = {
    "edit file": lambda session, ending: records.change(session, _file(session, ending), {"remark": "改"}),
    "void file": lambda session, ending: records.void(session, _file(session, ending), "误建"),
    "edit paper": lambda session, ending: records.change(session, _paper(session, ending), {"remark": "改"}),
    "void paper": lambda session, ending: records.void(session, _paper(session, ending), "误建"),
    "borrow": lambda session, ending: requests.draft(session, "archive_loan", _paper(session, ending), ASKED),
    "read": lambda session, ending: requests.draft(session, "access_request", _paper(session, ending), ASKED),
    "list": lambda session, ending: destroying.list_files(session, [_file(session, ending)], HERE),
    "hold": lambda session, ending: holding.hold(session, _file(session, ending), "再封"),
}
CONDITIONS = {
    "destroyed": lambda ending: ending.witnessed(ending.approved()),
    "held": _hold,
    "listed": lambda ending: ending.listing(),
}


def test_a_line_is_of_the_file_that_it_names(ending):
    with ending.room.acting("system") as session:
        customer = _file(session, ending).customer_id
        other = make_record(session, "archive_file", customer_id=customer, vin=None)
        paper = make_record(session, "archive_item", file_id=other.id, level=2, copies=1).id
        other_id = other.id
    ending.set("archive_file", other_id, department_id=HERE)
    ending.close(other_id)
    with pytest.raises(Refused) as refused, ending.room.acting("archive_keeper") as session:
        values = {"listed_on": ending.today, "department_id": HERE, "file_count": 1, "cause": "expired"}
        line = {"name": "合同", "file_id": ending.room.file_id, "item_id": paper}
        records.add(session, register_named("destruction"), values, {"lines": [(None, line)]})
    assert codes(refused) == {("R-ARCH-07", "inconsistent")}


@pytest.mark.rule("R-CONF-04")
def test_a_list_tells_neither_name_nor_end_of_a_file_above_its_own_level(ending):
    ending.set("archive_file", ending.room.file_id, level=3)
    ending.set("employee", PERSON_IDS["archive_keeper"], clearance="4")
    (line,) = _lines(ending, ending.listing())
    assert line == (ending.room.get("archive_file", ending.room.file_id).number, None, None)
    plain = ending.room.get("archive_file", ending.room.file_id)
    assert plain.title not in line


def test_a_line_says_when_its_file_was_closed_and_how_long_it_was_kept(ending):
    assert _lines(ending, ending.listing())[0][1:] == (CLOSED, date(2026, 3, 9))


def _lines(ending, listing):
    with ending.room.world.open() as session:
        lines = session.get_one(register_named("destruction"), listing).lines
        return [(line.name, line.closed_on, line.retained_until) for line in lines]


def test_a_file_of_no_department_is_not_listed(ending):
    ending.set("archive_file", ending.room.file_id, department_id=None)
    with pytest.raises(Obstructed) as refused:
        ending.listing(department=None)
    assert codes(refused) == {("R-ARCH-07", "incomplete")}
    with ending.room.acting("archive_keeper") as session:
        assert retention.how_many_ready(session, ending.today) == 0


def test_what_was_missing_was_not_destroyed_and_photos_of_what_was_are_gone(ending, world):
    store = LocalFiles(world.settings.data_dir / "files", world.settings.wrapping_key())
    key, missing = store.put(b"photo"), ending.room.items[Level.TOP_SECRET]
    ending.set("archive_item", missing, state="missing")
    with ending.room.acting("system") as session:
        paper = ending.room.items[Level.SECRET]
        values = {"item_id": paper, "file_id": ending.room.file_id, "photo_before": f"{key}/before.jpg"}
        repair = make_record(session, "archive_repair", **values).id
    ending.witnessed(ending.approved())
    assert states(ending) == ("destroyed", ["destroyed", "destroyed", "missing"])
    assert ending.room.get("archive_repair", repair).photo_before is None
    with ending.room.world.open("archive_keeper") as session:
        erasing.erase_scans(session, store)
    with pytest.raises(KeyError):
        store.get(key)


@pytest.mark.rule("R-ROLE-03")
def test_a_head_above_signs_only_where_the_department_has_none_of_its_own(ending):
    listing = ending.listing()
    with ending.room.acting("system") as session:
        record, today = session.get_one(register_named("destruction"), listing), ending.today
        assert destroying.heads_of(record, staff_on(session, today)) == {PERSON_IDS["store_manager"]}
