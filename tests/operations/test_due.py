"""What somebody has to do by a day stands on their desk, in time, while it waits, and only what they may see (R-DESK-01)."""

from datetime import timedelta

import pytest

from admin_app.class_words import Due
from admin_app.models import all_registers
from admin_app.permissions import Level
from tests.fixtures.company import today
from tests.fixtures.queries import counted_queries

pytestmark = pytest.mark.rule("R-DESK-01")


@pytest.fixture
def desk(client_of):
    """The desk of a person, as text."""
    return lambda username: client_of(username).get("/due/").text


@pytest.fixture
def greeting(make, world):
    """A greeting due on a day, in charge of somebody."""

    def made(username="customer_manager", days=0, **values):
        person = world.person(username)
        customer = make("customer", store_id=person.store_id, name="钱先来", owner_id=person.id)
        given = {
            "state": "due",
            "due_on": today() + timedelta(days),
            "by_id": person.id,
            "customer_id": customer.id,
        }
        return make("greeting", **{"store_id": person.store_id, "owner_id": person.id, **given, **values})

    return made


def test_what_is_past_is_late_and_what_is_of_today_is_due(desk, greeting):
    greeting(days=-2)
    page = desk("customer_manager")
    assert ("逾期" in page, "今天到期" in page) == (True, False)
    greeting(days=0)
    assert "今天到期" in desk("customer_manager")


def test_what_is_far_ahead_is_not_told_yet(desk, greeting):
    greeting(days=10)
    assert "都办完了" in desk("customer_manager")


def test_what_is_done_or_voided_waits_no_more(desk, greeting, world):
    done, voided = greeting(days=-1), greeting(days=-1)
    register = all_registers()["greeting"]
    with world.writing() as session:
        session.get_one(register, done.id).state = "done"
        record = session.get_one(register, voided.id)
        record.voided_at = record.created_at
    assert "都办完了" in desk("customer_manager")


def test_another_s_work_is_not_mine(desk, greeting):
    greeting(days=-1)
    assert "都办完了" in desk("store_manager2")


@pytest.mark.rule("R-CONF-02")
def test_what_one_may_not_see_is_neither_told_nor_counted(desk, greeting, world):
    hidden = greeting(days=-1, by_id=world.person("store_manager").id)  # in charge as its owner, party to nothing
    assert "逾期" in desk("customer_manager")
    with world.writing() as session:
        session.get_one(all_registers()["greeting"], hidden.id).level = Level.TOP_SECRET
    assert "都办完了" in desk("customer_manager")


def test_the_queries_do_not_grow_with_the_rows(client_of, greeting, world):
    client, numbers = client_of("customer_manager"), []
    for days in (-1, -2, -3, -4):
        greeting(days=days)
        client.get("/due/")
        with counted_queries(world) as queries:
            client.get("/due/")
        numbers.append(len(queries))
    assert numbers[0] == numbers[-1]


def test_every_due_that_is_declared_can_be_asked(world, client_of):
    assert client_of("general_manager").get("/due/").status_code == 200
    assert sum(bool(register.due) for register in all_registers().values()) > 20


def test_the_words_of_due_are_read_in_any_order():
    assert Due.of("a") == ("a", "", "", "", "", "")
    assert Due.of("a until b by c renewed d") == Due.of("a by c renewed d until b") == ("a", "b", "c", "d", "", "")
    assert Due.of("a for f moved e") == ("a", "", "", "", "e", "f")
