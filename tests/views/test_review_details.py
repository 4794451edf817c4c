"""What a record's page, its questions and its look-ups tell, to whom, and what of it is noted."""

import re

import pytest

from admin_app.guard.codes import reading
from admin_app.guard.shown import rows_of
from admin_app.models import register_named
from admin_app.operations import lookups, records
from admin_app.operations.histories import history
from admin_app.permissions import Level
from tests.fixtures.company import FOUNDED, PERSON_IDS, STORE_IDS
from tests.fixtures.forms import form_of, trail_of
from tests.fixtures.queries import counted_queries
from tests.fixtures.web import post
from tests.fixtures.worlds import new_world

EAST, WEST = STORE_IDS.values()


@pytest.fixture(scope="module")
def world(engine_kind):
    with new_world(engine_kind) as made:
        yield made


def details(client, table, made):
    return client.get(f"/admin/{table}/details/?id={made.public_id}").text


def history_on(page):
    """The history of a page as plain text."""
    found = re.search(r'<ol class="history">.*?</ol>', page, re.DOTALL)
    return re.sub(r"<[^>]+>", "", found[0]) if found else ""


def change(world, table, made, **values):
    """A change by the system."""
    with world.writing() as session:
        record = session.get_one(register_named(table), made.id)
        for name, value in values.items():
            setattr(record, name, value)


def void(world, table, made, reason):
    change(world, table, made, voided_at=FOUNDED, void_reason=reason)


# --- what depends on a record ---------------------------------------------------------------------------------------


@pytest.mark.rule("R-CONF-02", "R-CONF-04")
def test_what_is_seen_by_catalogue_only_does_not_tell_to_whom_it_belongs(world, client_of, make):
    customer = make("customer", store_id=EAST)
    make("archive_file", customer_id=customer.id, level=Level.TOP_SECRET)
    make("contact_person", customer_id=customer.id)
    page = client_of("info_supervisor").get(f"/admin/customer/delete/?id={customer.public_id}").text
    assert "联系人" in page.split("与它相关的")[1]
    assert "客户档案（案卷）" not in page.split("与它相关的")[1].split("</ul>")[0]


def test_registers_that_are_closed_to_the_person_are_not_asked(world, make):
    customer = make("customer", store_id=EAST)
    make("archive_file", customer_id=customer.id)
    with world.open("clerk") as session:
        mine = records.find(session, register_named("customer"), customer.public_id)
        assert "archive_file" not in session.person.rights
        assert [one.register.__tablename__ for one in lookups.depending(session, mine)] == []


@pytest.mark.rule("R-CONF-04", "R-CONF-14")
def test_why_a_record_was_voided_is_for_who_sees_it_in_full(world, client_of, make):
    file = make("archive_file", level=Level.TOP_SECRET, store_id=EAST)
    void(world, "archive_file", file, "因举报作废")
    by_catalogue, in_full = (
        details(client_of(who), "archive_file", file) for who in ("archive_keeper", "general_manager")
    )
    assert "作废" in by_catalogue
    assert "因举报作废" not in by_catalogue
    customer = make("customer", store_id=EAST)
    void(world, "customer", customer, "录错了")
    assert "原因：录错了" in details(client_of("info_officer"), "customer", customer)
    assert "因举报作废" not in in_full


# --- history --------------------------------------------------------------------------------------------------------


@pytest.mark.rule("R-AUDT-02")
def test_history_names_what_links_led_to_and_tells_levels_in_words(world, client_of, make):
    customer = make("customer", store_id=EAST, owner_id=PERSON_IDS["customer_manager"])
    with world.writing("info_officer") as session:
        record = records.find(session, register_named("customer"), customer.public_id)
        records.change(session, record, {"owner_id": PERSON_IDS["customer_manager2"], "level": 2})
    history = history_on(details(client_of("info_officer"), "customer", customer))
    assert re.search(r"客户经理\s*客户经理 0002 → 客户经理2 0027", history)
    assert re.search(r"密级\s*内部 → 秘密", history)


def test_child_lines_are_a_table_of_the_columns_that_are_filled(world, client_of, make):
    designer = make("designer", store_id=EAST)
    client = client_of("store_manager")
    lines = {"jobs-0-company": "甲公司", "jobs-0-from_on": "2020-01-01", "jobs-1-company": "乙公司"}
    form = form_of(world, "designer", designer.id) | lines
    assert post(client, f"/admin/designer/edit/?id={designer.public_id}", form).status_code == 302
    page = details(client, "designer", designer)
    table = re.search(r'aria-label="工作简历"><table.*?</table>', page, re.DOTALL)[0]
    assert len(re.findall("<th ", table)) == 2
    assert re.findall(r"<td[^>]*>([^<]*)", table) in (
        ["甲公司", "2020-01-01", "乙公司", ""],
        ["2020-01-01", "甲公司", "", "乙公司"],
    )


@pytest.mark.rule("R-AUDT-02")
def test_history_tells_child_lines_in_words(world, client_of, make):
    designer = make("designer", store_id=EAST)
    client = client_of("store_manager")
    form = form_of(world, "designer", designer.id) | {"jobs-0-company": "甲公司", "jobs-0-from_on": "2020-01-01"}
    assert post(client, f"/admin/designer/edit/?id={designer.public_id}", form).status_code == 302
    assert re.search(r"工作简历\s*— → 甲公司　2020-01-01", history_on(details(client, "designer", designer)))


@pytest.mark.rule("R-CONF-02", "R-AUDT-02")
def test_entries_are_counted_without_those_that_the_reader_is_not_told_of(world, client_of, make):
    customer = make("customer", store_id=EAST)
    for values in ({"identity_number": "99999919800101002X"}, {"remark": "一"}, {"remark": "二"}):
        change(world, "customer", customer, **values)
    page = details(client_of("clerk"), "customer", customer)
    assert "身份证" not in history_on(page)
    assert re.findall(r"entry=(\d+)", page) == ["3", "2"]
    client = client_of("clerk")
    assert (
        post(client, f"/admin/customer/revert/?id={customer.public_id}&entry=3", {"confirmed": "yes"}).status_code
        == 302
    )
    with world.open() as session:
        record = session.get_one(register_named("customer"), customer.id)
        assert (record.remark, record.identity_number) == ("一", "99999919800101002X")


# --- what is noted --------------------------------------------------------------------------------------------------


@pytest.fixture
def secret(make):
    """A customer with a contact of the level from which views are noted."""
    customer = make("customer", store_id=EAST)
    return customer, make("contact_person", customer_id=customer.id, name="林深", level=Level.SECRET)


def views_since(world, before):
    return [(table, detail["via"]) for event, table, detail in trail_of(world)[before:] if event == "viewed"]


@pytest.mark.rule("R-AUDT-01")
def test_a_secret_row_on_another_records_page_is_noted_once(world, client_of, secret):
    customer, contact = secret
    before = len(trail_of(world))
    assert "林深" in details(client_of("info_officer"), "customer", customer)
    assert views_since(world, before) == [("contact_person", "related")]


@pytest.mark.rule("R-AUDT-01")
@pytest.mark.parametrize("typed", [{"age": "几岁"}, {"version": "0", "remark": "我填的"}])
def test_a_secret_record_shown_again_after_a_fault_or_a_clash_is_noted_once(world, client_of, secret, typed):
    _, contact = secret
    address = f"/admin/contact_person/edit/?id={contact.public_id}"
    form = form_of(world, "contact_person", contact.id) | typed
    before = len(trail_of(world))
    answer = post(client_of("info_officer"), address, form)
    assert answer.status_code in (200, 409)
    assert "林深" in answer.text
    assert views_since(world, before) == [("contact_person", "form")]


@pytest.mark.rule("R-AUDT-01")
def test_a_saved_form_shows_nothing_and_notes_no_view(world, client_of, secret):
    _, contact = secret
    form = form_of(world, "contact_person", contact.id) | {"remark": "补充"}
    before = len(trail_of(world))
    address = f"/admin/contact_person/edit/?id={contact.public_id}"
    assert post(client_of("info_officer"), address, form).status_code == 302
    assert views_since(world, before) == []


@pytest.mark.rule("R-AUDT-01")
def test_secret_records_that_a_look_up_offers_are_noted(world, client_of, make):
    make("customer", store_id=EAST, name="叶知秋", level=Level.SECRET)
    before = len(trail_of(world))
    found = client_of("info_officer").get("/admin/customer/ajax/lookup/?name=introduced_by_id&query=叶知秋").json
    assert [title for _id, title, _second in found] == ["叶知秋"]
    assert views_since(world, before) == [("customer", "lookup")]


def test_a_details_page_asks_as_many_queries_for_many_old_links_as_for_one(world, make):
    register, numbers = register_named("customer"), []
    for owners in (("customer_manager",), ("customer_manager", "sales", "designer", "sales2")):
        customer = make("customer", store_id=EAST)
        for owner in owners:
            change(world, "customer", customer, owner_id=PERSON_IDS[owner])
        with world.open("general_manager") as session:
            record = records.find(session, register, customer.public_id)
            row = rows_of(session, register, [record], (), reading(session), None)[0]
            with counted_queries(world) as queries:
                history(session, row)
            numbers.append(len(queries))
    assert numbers[0] == numbers[1]
