"""Papers kept outside the archive room are recorded and called in by the book of receipts (R-ARCH-10)."""

from datetime import date, datetime, timedelta

import pytest

from admin_app import clock
from admin_app.fields.kind import SHANGHAI
from admin_app.models import register_named
from admin_app.operations import records, settings, signatures
from admin_app.operations.archives.rates import rate_month
from admin_app.operations.notices.reading import unread
from admin_app.operations.notices.reminders import remind
from admin_app.operations.settings import Asked
from admin_app.rules.archives import call_in_due, is_handed_in
from admin_app.rules.months import Month
from admin_app.rules.working_days import Calendar
from admin_app.verdicts import Refused
from tests.fixtures.archive_room import WEDNESDAY
from tests.fixtures.company import PERSON_IDS
from tests.fixtures.worlds import person_of

pytestmark = pytest.mark.rule("R-ARCH-10")
TODAY = WEDNESDAY.astimezone(SHANGHAI).date()
#: three working days after Wednesday 11 March 2026: Thursday, Friday, Monday
DUE = date(2026, 3, 16)
FOUND = {"found_on": TODAY, "found_where": "二楼设计室文件柜", "found_papers": "合同复印件一份、身份证复印件两张"}


@pytest.fixture
def report(world, make):
    """Record papers found with somebody, as *by*; the record's id."""
    kind = make("archive_type", name="一般客户", prefix="YB", customer_kinds=None).id

    def report(holder="designer", by="archive_keeper", **values):
        given = {
            "handed_on": TODAY, "archive_type_id": kind, "owner_id": holder and PERSON_IDS[holder],
            "receiver_id": PERSON_IDS["archive_keeper"], "found_by_id": PERSON_IDS[by], **FOUND, **values,
        }  # fmt: skip
        with clock.stopped_at(WEDNESDAY), world.writing(by) as session:
            return records.add(session, register_named("archive_handover"), given).id

    return report


def told(world, username, now=WEDNESDAY):
    with clock.stopped_at(now), world.open(username) as session:
        return [str(one.text) for one in unread(session, person_of(session, username), now)]


def handover(world, id_):
    with world.open() as session:
        one = session.get_one(register_named("archive_handover"), id_)
        return one.number, one.due_on, one.on_time


def receive(world, id_, at):
    with clock.stopped_at(at), world.writing("archive_keeper") as session:
        one = session.get_one(register_named("archive_handover"), id_)
        signatures.sign(session, one, one.faces["received_by_id"], one.version, at, at)


def look(world, now):
    with clock.stopped_at(now), world.open() as session:
        remind(session, now)


def test_papers_are_due_some_working_days_after_they_were_found():
    """Found on Friday 13 March: three working days are Monday, Tuesday, Wednesday; one is Monday."""
    friday = datetime(2026, 3, 13, tzinfo=SHANGHAI)
    assert [call_in_due(friday, days, Calendar()).date().day for days in (3, 1)] == [18, 16]


@pytest.mark.parametrize(("received", "in_time"), [(None, None), (DUE, True), (DUE + timedelta(days=1), False)])
def test_they_came_in_time_by_the_day_they_were_received(received, in_time):
    assert is_handed_in(DUE, received) is in_time


@pytest.mark.parametrize("by", ["archive_keeper", "sales_adviser", "customer_manager"])
def test_who_has_them_and_the_keepers_are_told_at_once_and_once(world, report, by):
    id_ = report(by=by)
    number, due, on_time = handover(world, id_)
    assert (due, on_time) == (DUE, None)
    assert told(world, "designer") == [f"您处存有客户资料，登记 {number}，请于 2026-03-16 前交档案室"]
    for keeper in ("archive_keeper", "archive_keeper2"):
        assert told(world, keeper) == [f"发现别处存放的客户资料，登记 {number}，应于 2026-03-16 前收回"]
    assert told(world, "info_officer") == []
    with clock.stopped_at(WEDNESDAY), world.writing("archive_keeper") as session:
        records.change(session, session.get_one(register_named("archive_handover"), id_), {"remark": "已电话通知"})
    assert len(told(world, "designer")) == 1


def test_what_is_not_received_in_time_rises_to_the_head_and_ends_with_the_signature(world, report):
    id_ = report(holder="sales_adviser")
    late = WEDNESDAY + timedelta(days=6)  # Tuesday 17 March
    look(world, late - timedelta(days=1))
    assert told(world, "store_manager", late) == []
    look(world, late)
    number, *_rest = handover(world, id_)
    assert told(world, "store_manager", late) == [f"本部门档案移交 {number} 应于 2026-03-16 移交，接收人尚未签收"]
    receive(world, id_, late)
    look(world, late)
    assert told(world, "store_manager", late) == told(world, "sales_adviser", late) == []
    assert told(world, "archive_keeper", late) == []
    assert handover(world, id_)[1:] == (DUE, False)


def test_the_days_are_the_companys_of_the_day_they_were_found(world, report):
    with clock.stopped_at(WEDNESDAY), world.writing("admin") as session:
        settings.change(session, Asked(valid_from=TODAY, typed={"call_in_working_days": ["1"]}), WEDNESDAY)
    assert handover(world, report())[1] == date(2026, 3, 12)


@pytest.mark.parametrize("missing", ["found_where", "found_papers", "owner_id"])
def test_where_what_and_with_whom_are_written_down(report, missing):
    with pytest.raises(Refused):
        report(**{missing: None})


def test_they_are_no_delivery_and_count_in_no_rate(world, report):
    report()
    with clock.stopped_at(WEDNESDAY), world.writing() as session:
        rate_month(session, Month.of(TODAY), WEDNESDAY)
        assert session.query(register_named("archive_rate")).count() == 0


def test_whoever_may_not_see_the_book_can_record_nothing(world, report):
    with pytest.raises(Refused) as refused:
        report(by="clerk")
    assert refused.value.verdict.code == "no_right"


def change(world, id_, **values):
    with clock.stopped_at(WEDNESDAY), world.writing("archive_keeper") as session:
        records.change(session, session.get_one(register_named("archive_handover"), id_), values)


def test_who_was_named_wrongly_is_told_no_more_and_who_has_the_papers_is(world, report):
    """Written down with the designer; it was the sales adviser. What the keepers were told stands."""
    id_ = report(holder="designer")
    number = handover(world, id_)[0]
    change(world, id_, owner_id=PERSON_IDS["sales_adviser"])
    assert told(world, "designer") == []
    assert told(world, "sales_adviser") == [f"您处存有客户资料，登记 {number}，请于 2026-03-16 前交档案室"]
    assert len(told(world, "archive_keeper")) == 1


def test_papers_that_were_not_found_after_all_are_told_to_nobody(world, report):
    id_ = report(holder="designer")
    change(world, id_, found_on=None, found_where=None, found_papers=None, found_by_id=None)
    assert [told(world, who) for who in ("designer", "archive_keeper", "archive_keeper2")] == [[], [], []]
