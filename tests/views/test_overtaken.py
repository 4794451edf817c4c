"""A record that nobody held is written by somebody else first: said as a lost update, on a form and off it (R-LIST-04).

Nobody can be let in between on SQLite, where whoever writes is alone; so the version in the database goes up beneath the
transaction, as somebody's commit would let it on PostgreSQL. That one does, tests/races shows.
"""

import pytest
from sqlalchemy import event, update

from admin_app.guard import GuardedSession
from admin_app.models import register_named
from tests.fixtures.company import PERSON_IDS, STORE_IDS
from tests.fixtures.forms import box_on, form_of, trail_of
from tests.fixtures.web import post

pytestmark = pytest.mark.rule("R-LIST-04")
EAST = STORE_IDS["城东店"]
SAID = "别人刚刚改了同一条记录"


@pytest.fixture
def overtaken():
    """``overtaken("customer")``: the next flush that changes a customer finds that somebody else has changed it."""
    ready = []

    def overtake(session, context, instances):
        for record in session.dirty:
            if ready and record.__tablename__ == ready[0] and session.is_modified(record):
                table = register_named(ready.pop()).__table__
                newer = update(table).where(table.c.id == record.id).values(version=table.c.version + 1)
                session.connection().execute(newer)

    event.listen(GuardedSession, "before_flush", overtake)
    yield ready.append
    event.remove(GuardedSession, "before_flush", overtake)


def remark_of(world, customer):
    with world.open() as session:
        return session.get_one(register_named("customer"), customer.id).remark


def test_an_edit_keeps_all_that_was_typed_and_goes_through_when_sent_again(world, client_of, make, overtaken):
    customer = make("customer", store_id=EAST, remark="原来的")
    address = f"/admin/customer/edit/?id={customer.public_id}"
    form = form_of(world, "customer", customer.id) | {"remark": "我的"}
    client = client_of("info_officer")
    overtaken("customer")
    answer = post(client, address, form)
    assert answer.status_code == 409
    assert "<code>outdated</code>" in answer.text and "R-LIST-04" in answer.text and SAID in answer.text
    assert box_on(answer.text, "version") == form["version"] and "我的" in answer.text
    assert remark_of(world, customer) == "原来的"
    assert [detail["code"] for what, _table, detail in trail_of(world) if what == "refused"] == ["outdated"]
    assert post(client, address, form).status_code == 302
    assert remark_of(world, customer) == "我的"


def test_a_new_record_that_writes_in_another_keeps_its_form(world, client_of, make, overtaken):
    """A contact tells the customer's card of itself."""
    customer = make("customer", store_id=EAST, owner_id=PERSON_IDS["customer_manager"])
    typed = {
        "customer_id": customer.public_id, "happened_at": "2026-03-02", "happened_at__time": "10:00", "method": "phone",
        "completed": "yes", "content": "约了周末来店",
    }  # fmt: skip
    client = client_of("customer_manager")
    overtaken("customer")
    answer = post(client, "/admin/follow_up/new/", typed)
    assert answer.status_code == 409
    assert "<code>outdated</code>" in answer.text and "约了周末来店" in answer.text
    with world.open() as session:
        assert session.query(register_named("follow_up")).filter_by(customer_id=customer.id).count() == 0
    assert post(client, "/admin/follow_up/new/", typed).status_code == 302


def test_where_there_is_no_form_of_a_record_a_page_says_it_and_sends_what_was_typed_again(
    world, client_of, make, overtaken
):
    customer = make("customer", store_id=EAST)
    address = f"/admin/customer/delete/?id={customer.public_id}"
    form = {"reason": "重复登记", "confirmed": "yes"}
    client = client_of("store_manager")
    overtaken("customer")
    answer = post(client, address, form)
    assert answer.status_code == 409
    assert "<code>outdated</code>" in answer.text and SAID in answer.text
    assert 'name="reason" value="重复登记"' in answer.text and "再次提交" in answer.text
    assert post(client, address, form).status_code == 302
    with world.open() as session:
        assert session.get_one(register_named("customer"), customer.id).void_reason == "重复登记"
