"""Destroyed, held and listed files: no verb passes, whoever asks, and who may not know why isn't told (R-ARCH-07, R-CONF-15)."""

import pytest
from sqlalchemy.exc import NoResultFound

from admin_app.models import register_named
from admin_app.operations import records
from admin_app.operations.archives import holding, overview, reservations
from admin_app.permissions import Level
from admin_app.verdicts import Refused
from admin_app.working.lending import Reservation
from tests.fixtures.company import PERSON_IDS
from tests.fixtures.records import make_record
from tests.operations.test_destroying import CONDITIONS, VERBS, _file, _hold, codes


@pytest.mark.parametrize("condition", CONDITIONS)
def test_no_verb_passes_on_destroyed_held_or_listed_files_whoever_asks(ending, condition):
    """The keeper, whose right most verbs are, is told the condition; the general manager that or whose right it is; for
    admin there is no such file."""
    CONDITIONS[condition](ending)
    for verb in VERBS.keys() - ({"hold"} if condition == "listed" else set()):  # a hold comes first and stops the list
        told = {}
        for who in ("archive_keeper", "general_manager", "admin"):
            with pytest.raises((Refused, NoResultFound)) as stopped, ending.room.acting(who) as session:
                VERBS[verb](session, ending)
            told[who] = codes(stopped) if isinstance(stopped.value, Refused) else {"not found"}
        reason = ("R-ARCH-07", condition)
        assert reason in told["archive_keeper"], (verb, told)
        assert told["general_manager"] & {reason, ("R-ROLE-01", "no_right")}, (verb, told)
        assert told["admin"] == {"not found"}, (verb, told)
    file = ending.room.get("archive_file", ending.room.file_id)
    assert (file.voided_at, file.remark) == (None, None)


@pytest.mark.rule("R-CONF-15")
@pytest.mark.parametrize("condition", ["held", "listed"])
def test_who_reads_neither_hold_nor_list_learns_that_the_paper_is_not_available(ending, condition):
    """A customer manager finds the lists of destruction nowhere; of a 机密 file the keeper reads the catalogue alone."""
    CONDITIONS[condition](ending)
    if condition == "held":
        ending.set("archive_file", ending.room.file_id, level=3)
    who = {"listed": "customer_manager", "held": "archive_keeper"}[condition]
    with pytest.raises(Refused) as refused:
        ending.room.draft(who)
    assert codes(refused) == {("R-LOAN-06", "on_loan")}
    assert str(refused.value.verdict.reason) == "该件现在不可借"


@pytest.mark.parametrize("how", CONDITIONS)
def test_no_paper_is_moved_into_a_file_that_is_destroyed_held_or_listed(ending, how):
    with ending.room.acting("system") as session:
        customer = _file(session, ending).customer_id
        other = make_record(session, "archive_file", customer_id=customer, vin=None)
        paper = make_record(session, "archive_item", file_id=other.id, level=2, copies=1).id
        elsewhere = other.id
    CONDITIONS[how](ending)
    with pytest.raises(Refused) as refused, ending.room.acting("archive_keeper") as session:
        record = session.get_one(register_named("archive_item"), paper)
        records.change(session, record, {"file_id": ending.room.file_id})
    assert codes(refused) == {("R-ARCH-07", how)}
    assert ending.room.get("archive_item", paper).file_id == elsewhere


@pytest.mark.rule("R-LOAN-12")
def test_the_queue_stands_still_while_its_file_is_held_and_goes_on_when_it_is_freed(ending):
    lent = ending.room.on_loan()
    with ending.room.acting("info_officer") as session:
        paper = session.get_one(register_named("archive_item"), ending.room.items[Level.SECRET])
        reservations.reserve(session, paper, PERSON_IDS["info_officer"], ending.room.now)
    ending.room.take_back(lent, good=2)
    told = []
    for step in (None, holding.hold, holding.lift):
        if step is not None:
            with ending.room.acting("service_manager") as session:
                step(session, _file(session, ending), "税务检查")
        with ending.room.world.open() as session:
            (place,) = session.query(Reservation)
            told.append((place.told_at is not None, place.ended))
    assert told == [(True, None), (False, None), (True, None)]


@pytest.mark.rule("R-CONF-15")
def test_who_finds_a_file_in_the_catalogue_alone_neither_holds_it_nor_learns_why_it_is_not_listed(ending):
    _hold(ending)
    ending.set("archive_file", ending.room.file_id, level=3)
    with pytest.raises(Refused) as refused:
        ending.listing()
    assert codes(refused) == {("R-ARCH-07", "wrong_state")}
    with pytest.raises(Refused) as refused, ending.room.acting("archive_keeper") as session:
        holding.hold(session, _file(session, ending), "再封")
    assert codes(refused) == {("R-CONF-04", "no_right")}


@pytest.mark.rule("R-CONF-15", "R-LOAN-06")
def test_a_signer_who_reads_neither_hold_nor_list_learns_only_that_the_paper_is_not_available(ending):
    request = ending.room.submitted()
    ending.listing()
    with pytest.raises(Refused) as refused:
        ending.room.sign("store_manager", request)
    told = codes(refused)
    with ending.room.acting("customer_manager") as session:
        record = session.get_one(register_named("archive_loan"), request)
        shown = overview.overview(session, record, ending.room.now).obstacles
    assert {(one.rule, one.code) for one in shown} == {("R-LOAN-06", "on_loan")}
    assert told == {("R-ARCH-07", "listed")}  # who judges lists reads them
