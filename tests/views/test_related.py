"""The tabs of a record's page: what leads to it, counted within rights, one open at a time."""

import re

import pytest

from tests.fixtures.company import STORE_IDS
from tests.fixtures.queries import counted_queries
from tests.fixtures.worlds import new_world

EAST, _WEST = STORE_IDS.values()


@pytest.fixture(scope="module")
def world(engine_kind):
    with new_world(engine_kind) as made:
        yield made


@pytest.fixture
def customer(make):
    return make("customer", store_id=EAST, name="秦望舒")


def details(client, made, table="customer", **more):
    return client.get(f"/admin/{table}/details/", query_string={"id": made.public_id, **more}).text


def tabs(page):
    """Title -> count of each tab, as shown."""
    return dict(re.findall(r'&tab=[^"]*"[^>]*>([^<]+) <b>([^<]+)</b>', page.replace("&amp;", "&")))


def opened(page):
    found = re.search(r'<section class="related".*?</section>', page, re.DOTALL)
    return found[0].split("</nav>")[1] if found else ""


@pytest.mark.rule("R-CONF-02", "R-CONF-04")
def test_tabs_count_only_what_the_reader_may_see(make, client_of, customer):
    make("follow_up", customer_id=customer.id, store_id=EAST)
    make("follow_up", customer_id=customer.id, level=3)
    make("archive_file", customer_id=customer.id, level=4)
    seen = tabs(details(client_of("clerk"), customer))
    assert list(seen.values()) == ["1"]
    assert tabs(details(client_of("general_manager"), customer)) != seen


@pytest.mark.rule("R-CONF-02")
def test_the_head_of_a_page_leads_to_the_same_tabs_with_the_same_counts(make, client_of, customer):
    make("contact_person", customer_id=customer.id)
    for _time in range(2):
        make("follow_up", customer_id=customer.id, store_id=EAST)
    make("archive_file", customer_id=customer.id, level=4)
    page = details(client_of("store_manager"), customer)
    head = re.search(r'<nav class="at-hand".*?</nav>', page, re.DOTALL)[0]
    assert list(tabs(head).values()) == ["1", "2"]
    assert head.count("#related") == 2


def test_the_first_tab_is_open_and_another_opens_by_its_address(make, client_of, customer):
    make("contact_person", customer_id=customer.id, name="林深")
    make("property_home", customer_id=customer.id, store_id=EAST)
    client = client_of("store_manager")
    first = details(client, customer)
    assert ("林深" in opened(first), len(tabs(first))) == (True, 2)
    other = details(client, customer, tab="property_home.customer_id")
    assert ("林深" in opened(other), len(tabs(other))) == (False, 2)


@pytest.mark.parametrize("tab", ["nothing", "employee.password", "archive_file.customer_id", ""])
def test_a_tab_that_does_not_exist_for_the_reader_opens_the_first(make, client_of, customer, tab):
    make("contact_person", customer_id=customer.id, name="林深")
    assert "林深" in opened(details(client_of("store_manager"), customer, tab=tab))


def test_a_new_record_from_a_tab_begins_with_the_link_filled(make, client_of, customer):
    make("follow_up", customer_id=customer.id)
    client = client_of("clerk")
    address = re.search(r'href="([^"]+/new/\?customer_id=[^"]+)"', details(client, customer))[1]
    form = client.get(address).text
    assert f'value="{customer.public_id}"' in form
    assert "秦望舒" in form


@pytest.mark.rule("R-CONF-02")
def test_a_link_to_a_hidden_record_is_not_filled_into_a_new_form(make, client_of):
    hidden = make("customer", store_id=EAST, level=4, name="林中人")
    form = client_of("clerk").get(f"/admin/contact_person/new/?customer_id={hidden.public_id}").text
    assert hidden.public_id not in form
    assert "林中人" not in form


def test_all_of_a_tab_lead_to_the_list_filtered_by_the_record(make, client_of, customer):
    for _ in range(11):
        make("follow_up", customer_id=customer.id, store_id=EAST)
    make("follow_up", customer_id=make("customer", store_id=EAST).id, store_id=EAST)
    client = client_of("store_manager")
    address = re.search(r'href="(/admin/follow_up/\?f-customer_id=[^"]+)"', details(client, customer))[1]
    page = client.get(address).text
    assert len(set(re.findall(r'"(?:/admin/follow_up/)?details/\?id=([^"]+)"', page))) == 11
    assert "客户 是 秦望舒" in re.sub(r"<[^>]+>", "", page)


def test_a_page_with_many_related_registers_asks_as_many_queries_as_one_with_few(world, make, client_of, customer):
    make("contact_person", customer_id=customer.id)
    client, numbers = client_of("general_manager"), []
    details(client, customer)  # the first page builds statements and fragments
    for table in (None, "follow_up", "property_home", "visitor", "consultation"):
        if table:
            make(table, customer_id=customer.id, store_id=EAST)
        with counted_queries(world) as queries:
            details(client, customer, tab="contact_person.customer_id")
        numbers.append(len(queries))
    assert len(set(numbers)) == 1
    assert numbers[0] <= 25
