"""Last contacts kept on every path, customers going cold, and the pool that one takes from (R-CUST-09)."""

import threading
from datetime import date, timedelta

import pytest
from sqlalchemy import select, update

from admin_app.models import register_named
from admin_app.operations import records
from admin_app.operations.clashes import check_version
from admin_app.operations.customers import contacts, pool
from admin_app.operations.merging import merging, undoing
from admin_app.rules.going_cold import cold_since
from admin_app.rules.notices import CUSTOMER_COLD
from admin_app.verdicts import Refused
from admin_app.working.notices import Notice
from tests.customers.conftest import NOW, id_of
from tests.fixtures.queries import counted_queries
from tests.fixtures.records import make_record, values_of
from tests.fixtures.web import post

pytestmark = pytest.mark.rule("R-CUST-09")


def refused(code):
    return pytest.raises(Refused, check=lambda error: error.verdict.code == code)


def ago(days):
    return NOW - timedelta(days=days)


@pytest.fixture
def customer(make):
    """``customer(days=40)``: the id of an unsold customer of the first store registered so many days ago."""

    def made(days=40, **values):
        theirs = {"owner_id": id_of("customer_manager"), "store_id": 1, "status": "prospect", "withdrawn_on": None}
        return make("customer", **{"registered_at": ago(days), "last_contact_at": None, **theirs, **values}).id

    return made


@pytest.fixture
def last(world):
    """``last(id)``: when the card says that a customer was last contacted."""

    def told(id_):
        with world.open() as session:
            return session.get_one(register_named("customer"), id_).last_contact_at

    return told


def call(world, customer, days, table="follow_up", **values):
    told = {"customer_id": customer, "happened_at": ago(days), "content": "电话", "method": "phone", "completed": True}
    with world.writing() as session:
        return records.create(session, register_named(table), {**told, "by_id": id_of("customer_manager"), **values}).id


def act(world, id_, step, *values):
    with world.writing("info_officer") as session:
        step(session, session.get_one(register_named("follow_up"), id_), *values)


def test_the_newest_completed_contact_counts_through_change_void_and_restore(world, customer, last):
    """Contacts 9 and 3 days ago, one of tomorrow, and one 1 day ago that reached nobody: 3; void: 9; restored: 3."""
    one = customer()
    call(world, one, 9)
    newest = call(world, one, 3)
    call(world, one, -1)
    call(world, one, 1, completed=False)
    assert last(one) == ago(3)
    act(world, newest, records.void, "记错了")
    assert last(one) == ago(9)
    act(world, newest, records.restore)
    assert last(one) == ago(3)
    act(world, newest, records.change, {"happened_at": ago(5)})
    assert last(one) == ago(5)


def test_a_contact_given_to_another_customer_moves_with_it(world, customer, last):
    one, other = customer(), customer()
    call(world, one, 9)
    moved = call(world, one, 3)
    act(world, moved, records.change, {"customer_id": other})
    assert (last(one), last(other)) == (ago(9), ago(3))


def test_hundreds_of_a_ledger_are_kept_together(world, customer, last):
    """Two customers, six contacts of each: the newest is of the first day; the statements don't grow with the rows."""
    both = [customer(), customer()]
    rows = [
        {"customer_id": one, "happened_at": ago(days), "method": "phone", "content": "电话", "completed": True}
        for one in both for days in range(1, 7)
    ]  # fmt: skip
    asked = []
    for some in (rows[:2], rows[2:]):
        with world.writing() as session, counted_queries(world) as statements:
            records.create_many(session, register_named("follow_up"), some)
        asked.append(sum("UNION ALL" in one for one in statements))
    assert [last(one) for one in both] == [ago(1), ago(1)]
    assert asked == [1, 1]


def test_a_merge_takes_the_contacts_along_and_gives_them_back(world, customer, last):
    kept, gone = customer(), customer(store_id=1)
    call(world, kept, 9)
    call(world, gone, 2)
    with world.writing("info_officer") as session:
        cards = [session.get_one(register_named("customer"), id_) for id_ in (kept, gone)]
        done = merging.merge(session, *cards, {}, tuple(card.version for card in cards), NOW)
    assert last(kept) == ago(2)
    with world.writing("info_officer") as session:
        undoing.undo(session, done, NOW)
    assert (last(kept), last(gone)) == (ago(9), ago(2))


@pytest.mark.rule("R-CONF-02")
def test_what_is_more_secret_than_the_card_leaves_no_mark_on_it(world, customer, last, make):
    """A contact of level 2 counts on a card of level 2, not on one of level 1."""
    open_card, secret_card = customer(), customer(level=2)
    for one in (open_card, secret_card):
        call(world, one, 3, level=2)
    assert (last(open_card), last(secret_card)) == (None, ago(3))


@pytest.mark.parametrize("table, moment, values", [
    ("visitor", "came_at", {}),
    ("inbound_call", "called_at", {}),
    ("outbound_call", "called_at", {"result": "reached"}),
    ("call_record", "started_at", {"answered": True}),
    ("callback", "called_at", {}),
])  # fmt: skip
def test_every_kind_of_contact_counts(world, customer, last, table, moment, values):
    one = customer()
    with world.writing() as session:
        register = register_named(table)
        filled = values_of(session, register, customer_id=one, **{moment: ago(4)}, **values)
        records.create(session, register, filled)
    assert last(one) == ago(4)


def test_a_call_that_nobody_answered_is_no_contact(world, customer, last):
    one = customer()
    with world.writing() as session:
        register = register_named("outbound_call")
        records.create(
            session, register, values_of(session, register, customer_id=one, called_at=ago(4), result="no_answer")
        )
    assert last(one) is None


@pytest.mark.parametrize("status, last_on, withdrawn, since", [
    ("prospect", date(2026, 2, 9), None, date(2026, 3, 11)),  # thirty days ago: today
    ("negotiating", date(2026, 2, 10), None, None),  # twenty-nine
    ("signed", date(2026, 1, 1), None, None),
    ("lost", date(2026, 1, 1), None, None),
    ("prospect", date(2026, 1, 1), date(2026, 3, 11), None),  # may not be contacted any more
    ("prospect", date(2026, 1, 1), date(2026, 3, 12), date(2026, 1, 31)),
])  # fmt: skip
def test_unsold_customers_go_cold_on_the_thirtieth_day(status, last_on, withdrawn, since):
    assert cold_since(status, last_on, withdrawn, date(2026, 3, 11), 30) == since


def test_the_night_tells_the_manager_once_and_a_contact_ends_it(world, customer):
    """Registered 32 days ago and cold for two: told; 29 days: warm; 60 days: no news any more."""
    one = customer(days=32)
    customer(days=29)
    customer(days=60)

    def told():
        with world.open() as session:
            asked = select(Notice.person_id, Notice.record_id).where(
                Notice.event == CUSTOMER_COLD.name, Notice.read_at.is_(None)
            )
            return session.execute(asked).all()

    for _night in range(2):
        with world.writing() as session:
            pool.tell_of_cold(session, NOW)
        assert told() == [(id_of("customer_manager"), one)]
    call(world, one, 0)
    assert told() == []


def test_one_takes_from_the_pool_of_the_own_store_and_the_second_is_too_late(world, client_of, customer):
    one = customer(owner_id=None, name="池中客")
    with world.open() as session:
        address = session.get_one(register_named("customer"), one).public_id
    page = client_of("customer_manager").get("/customers/pool/").text
    assert "池中客" in page
    asked = {"act": "take", "customer": address}
    assert post(client_of("store_manager"), "/customers/pool/", asked).status_code == 403
    assert post(client_of("customer_manager"), "/customers/pool/", asked).status_code == 302
    with world.open() as session:
        assert session.get_one(register_named("customer"), one).owner_id == id_of("customer_manager")
    assert post(client_of("customer_manager"), "/customers/pool/", asked).status_code == 409


@pytest.mark.rule("R-CONF-02")
def test_who_does_not_see_a_customer_neither_finds_nor_takes_them(world, client_of, customer):
    one = customer(owner_id=None, name="别店客", store_id=2)
    with world.open() as session:
        address = session.get_one(register_named("customer"), one).public_id
    client = client_of("customer_manager")
    assert "别店客" not in client.get("/customers/pool/").text
    assert post(client, "/customers/pool/", {"act": "take", "customer": address}).status_code == 404
    assert client_of("clerk").get("/customers/pool/").status_code == 404
    with world.open() as session:
        assert session.get_one(register_named("customer"), one).owner_id is None


def test_a_head_puts_only_cold_customers_back(world, client_of, customer):
    old, new = customer(days=40, name="冷客户"), customer(days=5)
    client = client_of("store_manager")
    assert "冷客户" in client.get("/customers/pool/").text
    for one, status, owner in ((old, 302, None), (new, 409, id_of("customer_manager"))):
        with world.open() as session:
            address = session.get_one(register_named("customer"), one).public_id
        assert post(client, "/customers/pool/", {"act": "release", "customer": address}).status_code == status
        with world.open() as session:
            assert session.get_one(register_named("customer"), one).owner_id == owner


@pytest.mark.rule("R-CUST-09", "R-PRIV-01")
def test_who_withdrew_consent_is_not_in_the_pool_to_be_taken(world, client_of, customer):
    one = customer(owner_id=None, ground_on=ago(90).date(), withdrawn_on=ago(10).date())
    with world.open() as session:
        address = session.get_one(register_named("customer"), one).public_id
    answer = post(client_of("customer_manager"), "/customers/pool/", {"act": "take", "customer": address})
    assert answer.status_code == 409
    with world.open() as session:
        assert session.get_one(register_named("customer"), one).owner_id is None


@pytest.mark.rule("R-LIST-04")
def test_a_contact_written_meanwhile_clashes_with_nobodys_open_form(world, customer):
    one = customer()
    with world.open() as session:
        version = session.get_one(register_named("customer"), one).version
    call(world, one, 3)
    with world.writing("customer_manager") as session:
        card = session.get_one(register_named("customer"), one)
        assert card.version > version
        check_version(session, card, version)


@pytest.mark.rule("R-CUST-09")
def test_the_night_brings_up_cards_from_before_contacts_were_kept(world, customer, last):
    told, silent = customer(), customer()
    call(world, told, 3)
    with world.writing() as session:
        session.connection().execute(update(register_named("customer").__table__).values(last_contact_at=None))
    with world.writing() as session:
        contacts.bring_up_old(session, NOW)
    assert (last(told), last(silent)) == (ago(3), None)


def test_a_long_pool_goes_on_on_the_next_page(world, client_of):
    """Sixty in the pool, none of them cold: fifty, then ten; two pages cost the same statements."""
    with world.writing() as session:
        for n in range(60):
            told = {
                "name": f"池客{n:02}",
                "phone": f"139{n:08}",
                "kind": "general",
                "form": "person",
                "ground": "consent",
            }
            own = {"store_id": 1, "owner_id": None, "status": "prospect", "registered_at": ago(1)}
            make_record(session, "customer", **told, **own, withdrawn_on=None)
    client, asked = client_of("customer_manager"), []
    client.get("/customers/pool/")
    pages = []
    for address in ("/customers/pool/", "/customers/pool/?pool=2"):
        with counted_queries(world) as statements:
            pages.append(client.get(address).text)
        asked.append(len(statements))
    assert [page.count("池客") // 2 for page in pages] == [50, 10]
    assert "共 60 条，第 1 / 2 页" in pages[0] and "pool=2" in pages[0]
    assert asked[0] == asked[1]


@pytest.mark.parametrize("engine_kind", [pytest.param("postgresql", marks=pytest.mark.postgresql)], indirect=True)
def test_the_night_waits_for_a_contact_that_is_being_written_and_counts_it(world, customer, last):
    """One of nine days ago that the card doesn't tell of yet, one of yesterday not committed when the night comes: yesterday."""
    one, faults = customer(), []
    call(world, one, 9)
    with world.writing() as session:
        session.connection().execute(update(register_named("customer").__table__).values(last_contact_at=None))

    def night():
        try:
            with world.writing() as session:
                contacts.bring_up_old(session, NOW)
        except Exception as fault:  # a thread's own would be lost
            faults.append(fault)

    told = {"customer_id": one, "happened_at": ago(1), "content": "电话", "method": "phone", "completed": True}
    with world.writing() as session:
        records.create(session, register_named("follow_up"), {**told, "by_id": id_of("customer_manager")})
        other = threading.Thread(target=night)
        other.start()
        other.join(0.5)
        assert other.is_alive()
    other.join(10)
    assert (faults, last(one)) == ([], ago(1))
