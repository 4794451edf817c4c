"""What a column of an export is told by: each value once, hours by their local names, texts as they are kept (R-IMPT-08)."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from itertools import product
from zoneinfo import ZoneInfo

import pytest

from admin_app.fields import Reading
from admin_app.fields.kind import Kind
from admin_app.fields.times import MomentKind
from admin_app.guard.cells import told_apart_by
from admin_app.models import all_registers
from admin_app.permissions import Facts, Person, standing
from admin_app.sheets.formulas import guarded, guarded_column
from admin_app.sheets.moments_told import moments
from admin_app.sheets.telling import remembering

#: a fixed zone with summer time until 1991 and odd minutes before 1901; half hours; a half hour of summer time; both hemispheres
ZONES = ("Asia/Shanghai", "Asia/Kolkata", "Australia/Lord_Howe", "America/New_York", "Asia/Kathmandu", "UTC")


def written(moment: datetime) -> str:
    """As both databases give it."""
    return moment.replace(tzinfo=None).isoformat(" ", "microseconds")


@pytest.mark.rule("R-IMPT-08")
@pytest.mark.parametrize("name", ZONES)
def test_a_moment_in_an_export_is_the_one_of_the_screen_in_any_zone(name: str) -> None:
    """Every seventeen minutes over changes to and from summer time, and around midnights of there; with seconds and parts."""
    zone, kind = ZoneInfo(name), MomentKind()
    starts = [datetime(1900, 12, 31, 12, tzinfo=UTC), datetime(1986, 5, 3, tzinfo=UTC), datetime(1986, 9, 13, tzinfo=UTC),
              datetime(2026, 3, 7, tzinfo=UTC), datetime(2026, 4, 4, tzinfo=UTC), datetime(2026, 10, 3, tzinfo=UTC),
              datetime(2026, 10, 31, tzinfo=UTC)]  # fmt: skip
    steps = [timedelta(minutes=17 * n) for n in range(170)]
    hours = [timedelta(minutes=15 * n) for n in range(192)]
    parts = [timedelta(0), timedelta(seconds=1), timedelta(microseconds=1), timedelta(seconds=59, microseconds=999_999)]
    known = [start + step + part for start, step, part in product(starts, steps + hours, parts)]
    column = moments(zone, lambda text: kind.text(datetime.fromisoformat(text).replace(tzinfo=UTC), Reading(zone)))
    assert column([written(moment) for moment in known]) == [kind.text(moment, Reading(zone)) for moment in known]
    assert column([None, written(known[0]), None])[::2] == ["", ""]


def test_only_kinds_that_show_what_they_keep_say_so() -> None:
    faces = {face.kind for register in all_registers().values() for face in register.faces.values()}
    assert {kind.name for kind in faces if kind.told_as_kept} == {"text", "long", "number", "phone", "identity_number"}
    assert all(
        type(kind).text is Kind.text and kind.text("＝1 ", Reading()) == "＝1 " for kind in faces if kind.told_as_kept
    )


@pytest.mark.rule("R-IMPT-08")
def test_a_column_of_texts_is_guarded_as_each_of_them_is() -> None:
    texts = ["=1", "'=1", "''＋", "", None, "平常", "'", "\t", "\r1", "a=1", "－"]
    assert guarded_column(texts) == [guarded(text or "") for text in texts]


def test_a_value_is_told_once_and_a_blank_never() -> None:
    asked: list[str] = []

    def tell(value: str) -> str:
        asked.append(value)
        return value * 2

    column: Callable[[list[str | None]], list[str]] = remembering(tell, "")
    assert column(["a", None, "b", "a"]) == ["aa", "", "bb", "aa"]
    assert column(["b"]) == ["bb"]
    assert asked == ["a", "b"]


@pytest.mark.rule("R-CONF-02", "R-CONF-10")
def test_ids_that_are_nobodys_own_tell_no_records_apart() -> None:
    """For each fact in turn: the person's own ids, those of who looks on as them, and two of others."""
    viewer = Person(id=8, username="admin", name="", profile="p", store_id=80, department_id=800)
    plain = Person(id=7, username="clerk", name="", profile="p", store_id=70, department_id=700)
    for person in (plain, plain.seen_as(viewer)):
        own = told_apart_by(person)
        for one, place in product((7, 8, 70, 80, 700, 800, 91, 92, None), range(6)):
            facts = [None] * 6
            facts[place] = one
            store, department, owner, author, party, custodian = facts
            kept = [fact if fact in own else None for fact in facts]
            whole = Facts(2, (store, department, owner), author, (party,), None, custodian, False, None)
            told = Facts(2, tuple(kept[:3]), kept[3], (kept[4],), None, kept[5], False, None)
            assert standing(person, whole) == standing(person, told)
