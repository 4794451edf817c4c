"""The night removes stored files that nothing refers to, and nothing else (R-CONF-13, R-IMPT-06)."""

import json
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from admin_app import clock
from admin_app.background import Workplace
from admin_app.guard.settings import LOGO
from admin_app.models import register_named
from admin_app.operations import records, settings, sweeping
from admin_app.operations.sweeping import sweep
from admin_app.sheets import results
from admin_app.sheets.tidying import tidy_files
from admin_app.sheets.writing import Writer
from admin_app.storage import ExportFiles, HeldFiles, StoreUnavailable, folder_of
from admin_app.working.imports import ImportBatch
from admin_app.working.trail import TrailEntry
from tests.fixtures.records import make_record

pytestmark = pytest.mark.rule("R-CONF-13")

#: files are put in by the machine's own clock
LATER = datetime.now(UTC) + timedelta(days=2)
LEDGER = "来店时间,顾客姓名,联系电话\n2026-03-02,单秀兰,13812345678\n2026-03-02,无电话,联系不上\n"


@pytest.fixture
def store(world):
    return folder_of(world.settings)


@pytest.fixture
def place(world):
    return Workplace(world.settings.data_dir)


@pytest.fixture
def night(world, store, place):
    """What the night does to files two days later."""

    def pass_over(at=LATER, files=None):
        exports = ExportFiles(world.settings.data_dir / "exports", world.settings.wrapping_key())
        held = HeldFiles(world.settings.data_dir / "held", world.settings.wrapping_key())
        with world.open() as session:
            tidy_files(session, files or store, held, exports, place, at)

    return pass_over


def lying(store):
    return {one.key for one in store.stored()}


def noted(world):
    """What the trail has of swept files: the event and the number."""
    events = ("files_swept", "files_unreferenced")
    with world.open() as session:
        entries = session.scalars(select(TrailEntry).where(TrailEntry.event.in_(events)).order_by(TrailEntry.seq))
        return [(entry.event, json.loads(entry.detail)["files"]) for entry in entries]


def praise(world, key):
    """A praise with that file as its proof; its id."""
    with world.writing() as session:
        return make_record(session, "praise", proof=f"{key}/锦旗.pdf").id


def change(world, id_, **values):
    with world.writing() as session:
        records.bring(session.get_one(register_named("praise"), id_), values)


def test_an_orphan_goes_and_its_number_is_noted_and_what_a_record_has_stays(world, store, night):
    kept, orphans = store.put(b"kept"), [store.put(b"orphan") for _file in range(2)]
    praise(world, kept)
    night()
    assert lying(store) == {kept}
    assert noted(world) == [("files_swept", len(orphans))]
    night()
    assert noted(world) == [("files_swept", 2)]


def test_what_a_day_has_not_passed_over_stays(world, store, night):
    young = store.put(b"somebody is about to save it")
    night(at=datetime.now(UTC) + timedelta(hours=23))
    assert (lying(store), noted(world)) == ({young}, [])
    night(at=datetime.now(UTC) + timedelta(hours=25))
    assert lying(store) == set()


def test_what_only_history_refers_to_stays(world, store, night):
    """The first file stands only in the entry of the adding, the second in the two changes, the third in the last one."""
    first, second, third = (store.put(content) for content in (b"1", b"2", b"3"))
    id_ = praise(world, first)
    change(world, id_, proof=f"{second}/二.pdf")
    change(world, id_, proof=f"{third}/三.pdf")
    change(world, id_, proof=None)
    night()
    assert lying(store) == {first, second, third}


@pytest.mark.rule("R-LIST-03")
def test_what_a_voided_record_has_stays(world, store, night):
    key = store.put(b"voided")
    id_ = praise(world, key)
    with world.writing("service_manager") as session:
        records.void(session, session.get_one(register_named("praise"), id_), "录重了")
    night()
    assert lying(store) == {key}


def test_logos_of_today_and_of_days_to_come_stay(world, store, night):
    today, to_come = store.put(b"today"), store.put(b"to come")
    with world.writing("admin") as session:
        settings.put(session, LOGO, {"file": today, "digest": "d"}, clock.now())
        after = clock.now().date() + timedelta(days=30)
        settings.put(session, LOGO, {"file": to_come, "digest": "d"}, clock.now(), after)
    night()
    assert lying(store) == {today, to_come}


@pytest.mark.rule("R-IMPT-04", "R-IMPT-06")
def test_originals_and_refused_lines_stay_and_what_a_kill_left_of_a_batch_goes(world, store, night, tmp_path):
    """The original of a ledger with state secrets is unnamed with the writing; a kill before its deletion leaves it."""
    (tmp_path / "来店.csv").write_text(LEDGER, encoding="utf-8")
    with world.open("clerk") as session:
        results.import_file(session, "visitor", tmp_path / "来店.csv", store=store)
    with world.open() as session:
        batch = session.scalars(select(ImportBatch)).one()
        original, refused = batch.stored, batch.refused_stored
    assert None not in (original, refused)
    cut = store.put(b"refused lines of a writing that was cut")
    assert lying(store) == {original, refused, cut}
    night()
    assert lying(store) == {original, refused}
    with world.writing() as session:
        session.scalars(select(ImportBatch)).one().stored = ""
    night()
    assert lying(store) == {refused}


@pytest.mark.rule("R-IMPT-04", "R-IMPT-06")
@pytest.mark.parametrize(("error", "left"), [(RuntimeError, 0), (KeyboardInterrupt, 1)], ids=["rolled back", "killed"])
def test_refused_lines_of_a_writing_that_came_to_nothing_go(world, store, night, tmp_path, monkeypatch, error, left):
    """They are in the store before the records are: a fault takes them out at once, after a kill the night does."""
    (tmp_path / "来店.csv").write_text(LEDGER, encoding="utf-8")

    def fail(writer, batch, table, check):
        raise error

    monkeypatch.setattr(Writer, "_write", fail)
    with world.open("clerk") as session, pytest.raises(error):
        results.import_file(session, "visitor", tmp_path / "来店.csv", store=store)
    with world.open() as session:
        batches = session.scalars(select(ImportBatch)).all()
        named = {batch.stored for batch in batches}
        assert [batch.refused_stored for batch in batches] == [None] * len(batches)
    assert len(lying(store) - named) == left
    night()
    assert lying(store) == named


@pytest.mark.rule("R-IMPT-06")
def test_nothing_is_swept_while_a_batch_is_written_and_none_begins_meanwhile(store, night, place, monkeypatch):
    orphan = store.put(b"orphan")
    with place.turn("imports"):
        night()
        assert lying(store) == {orphan}
    seen = []
    monkeypatch.setattr(store, "delete", lambda key: seen.append(_is_free(place)))
    night()
    assert seen == [False]


def _is_free(place):
    with place.free_turn("imports") as free:
        return free


class TestDoubt:
    @pytest.fixture(autouse=True)
    def few(self, monkeypatch):
        monkeypatch.setattr(sweeping, "MOST", 2)

    def test_many_orphans_stay_however_many_files_there_are_beside_them(self, world, store, night):
        """Three of 40, as an old copy of the database would have them."""
        kept = [store.put(b"kept") for _file in range(37)]
        with world.writing() as session:
            settings.put(session, LOGO, {"file": kept}, clock.now())
        for _file in range(3):
            store.put(b"orphan")
        night()
        assert (len(lying(store)), noted(world)) == (40, [("files_unreferenced", 3)])

    def test_where_most_would_go_none_goes_until_a_person_says_so(self, world, store, night):
        """Three of four: rather a wrong database than that much left behind."""
        kept, orphans = store.put(b"kept"), {store.put(b"orphan") for _file in range(3)}
        praise(world, kept)
        night()
        assert (lying(store), noted(world)) == ({kept, *orphans}, [("files_unreferenced", 3)])
        with world.open() as session:
            assert sweep(session, store, LATER, surely=True) == 3
        assert (lying(store), noted(world)[1:]) == ({kept}, [("files_swept", 3)])


def test_a_place_out_of_reach_stops_neither_the_night_nor_hides_what_was_removed(world, store, night, monkeypatch):
    for _file in range(2):
        store.put(b"orphan")
    delete, asked = store.delete, []

    def once(key):
        asked.append(key)
        if len(asked) > 1:
            raise StoreUnavailable("the line is cut")
        delete(key)

    monkeypatch.setattr(store, "delete", once)
    night()
    assert (len(lying(store)), noted(world)) == (1, [("files_swept", 1)])
    monkeypatch.undo()
    night()
    assert (lying(store), noted(world)) == (set(), [("files_swept", 1), ("files_swept", 1)])


def test_one_step_that_fails_stops_none_after_it_and_the_night_counts_as_failed(world, store, night, monkeypatch):
    """What waited too long can't be removed for a reason that nobody thought of; what nothing names goes all the same."""
    store.put(b"orphan")

    def broken(held, than):
        raise ValueError("a folder in the place of a file")

    with monkeypatch.context() as broken_up, pytest.raises(ExceptionGroup) as failed:
        broken_up.setattr(HeldFiles, "drop_older", broken)
        night()
    assert [str(one) for one in failed.value.exceptions] == ["a folder in the place of a file"]
    assert (lying(store), noted(world)) == (set(), [("files_swept", 1)])
