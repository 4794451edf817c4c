"""What filters, search and bulk actions of a list mean, on either database."""

import re
from datetime import date, datetime, timedelta

import pytest

from admin_app.fields.kind import SHANGHAI
from admin_app.guard.conditions import filtered
from admin_app.guard.listing import ListQuery, all_ids, count
from admin_app.models import register_named
from admin_app.views.register import bulk
from tests.fixtures.company import STORE_IDS, today
from tests.fixtures.web import post
from tests.fixtures.worlds import new_world

EAST = STORE_IDS["城东店"]
LIST = "/admin/customer/?size=100&"


@pytest.fixture(scope="module")
def world(engine_kind):
    with new_world(engine_kind) as made:
        yield made


@pytest.fixture
def listed(client_of):
    """Which of some made records a list shows."""

    def shown(made, asked):
        page = client_of("info_officer").get(LIST + asked).text
        return [name for name, record in made.items() if record.public_id in page]

    return shown


@pytest.fixture
def by_grade(make):
    return {grade: make("customer", store_id=EAST, grade=grade) for grade in "ABCD"}


@pytest.mark.parametrize(("operator", "found"), [("in", ["A", "C", "D"]), ("not_in", ["B"])])
def test_a_filter_takes_every_choice_that_is_sent(by_grade, listed, operator, found):
    chosen = "&".join(f"f-grade={grade}" for grade in "ACD")
    assert listed(by_grade, f"f-grade-op={operator}&{chosen}") == found


@pytest.fixture
def by_time(make):
    def at(day, *time):
        return make("customer", store_id=EAST, registered_at=datetime(2026, 3, day, *time, tzinfo=SHANGHAI))

    return {
        "before": at(1, 23, 59),
        "9:00": at(2, 9),
        "14:05:30": at(2, 14, 5, 30),
        "23:59": at(2, 23, 59),
        "next": at(3, 0),
    }


@pytest.mark.parametrize(
    ("operator", "typed", "found"),
    [
        ("equals", ["2026-03-02"], ["9:00", "14:05:30", "23:59"]),
        ("equals", ["2026-03-02 14:05"], ["14:05:30"]),
        ("equals", ["2026-03-02 14:05:31"], []),
        ("between", ["2026-03-02", "2026-03-02"], ["9:00", "14:05:30", "23:59"]),
        ("between", ["2026-03-02", "2026-03-02 10点00分"], ["9:00"]),
        ("between", ["2026-03-02", "2026-03-02 下午2点05分"], ["9:00", "14:05:30"]),
        ("between", ["", "2026-03-01"], ["before"]),
        ("between", ["2026-03-03", ""], ["next"]),
    ],
)
def test_a_moment_is_as_long_as_it_was_written(by_time, listed, operator, typed, found):
    asked = "&".join(f"f-registered_at={text}" for text in typed)
    assert listed(by_time, f"f-registered_at-op={operator}&{asked}") == found


@pytest.mark.rule("R-LIST-01")
def test_of_several_groups_of_conditions_one_is_enough(client_of, by_grade, listed):
    asked = "f-grade=A&f-grade-op=in&f-name-op=filled&f-2-grade=B&f-3-grade-op=empty"
    assert listed(by_grade, asked) == ["A", "B"]
    page = client_of("info_officer").get(LIST + asked).text
    chips = re.search(r'<p class="chips">.*?</p>', page, re.DOTALL)[0]
    said = re.findall(r'(或者)|<span class="chip">([^<]+)', chips)
    assert [one or other for one, other in said] == [
        "客户名称 已填", "客户级别 是 A 已签订设计协议并交定金", "或者", "客户级别 是 B 未交定金很有意向", "或者", "客户级别 为空",
    ]  # fmt: skip


def test_one_condition_of_a_group_that_nobody_can_read_leaves_the_other_groups(by_grade, listed):
    assert listed(by_grade, "f-registered_at=2026-13-45&f-registered_at-op=equals&f-2-grade=B") == ["B"]


def test_a_further_group_is_offered_once_there_is_a_condition(client_of):
    client = client_of("info_officer")
    assert "或者…" not in client.get(LIST).text
    offer = re.search(r'href="([^"]+)">＋ 或者…', client.get(f"{LIST}f-grade=A").text)[1].replace("&amp;", "&")
    page = client.get(f"/admin/customer/{offer}").text
    assert "<legend>或者</legend>" in page
    assert 'name="f-2-grade"' in page


@pytest.mark.parametrize(
    ("asked", "kind"),
    [("op=between&{0}=2026-03-02", "date"), ("op=last_days&{0}=7", "text"), ("op=equals&{0}=2026-03-02 14:05", "text")],
)
def test_a_box_of_days_holds_days_and_shows_everything_else_as_text(client_of, asked, kind):
    page = client_of("info_officer").get(f"{LIST}f-registered_at-{asked.format('f-registered_at')}").text
    box = re.search(r'<input( type="date")? data-day name="f-registered_at"', page)
    assert bool(box[1]) is (kind == "date")


@pytest.mark.rule("R-LIST-01")
def test_what_is_mine_and_my_store_s_is_so_for_whoever_looks(world, make, client_of):
    officer, manager = world.person("info_officer"), world.person("store_manager")
    made = {
        "mine": make("customer", store_id=EAST, owner_id=officer.id),
        "ours": make("customer", store_id=EAST, owner_id=manager.id),
        "west": make("customer", store_id=STORE_IDS["城西店"], owner_id=officer.id),
    }

    def shown(username, asked):
        page = client_of(username).get(f"{LIST}{asked}").text
        return [name for name, record in made.items() if record.public_id in page]

    assert shown("info_officer", "f-owner_id-op=me") == ["mine", "west"]
    assert shown("store_manager", "f-owner_id-op=me") == ["ours"]
    assert shown("store_manager", "f-store_id-op=my_store") == ["mine", "ours"]
    assert shown("info_officer", "f-store_id-op=my_store") == []
    page = client_of("info_officer").get("/admin/customer/?f-owner_id-op=me").text
    assert '<a href="?f-owner_id-op=me" aria-current="page">我负责的</a>' in page


@pytest.mark.rule("R-LIST-01")
@pytest.mark.parametrize(("days", "done", "shown"), [(-1, None, True), (0, None, False), (-1, date(2026, 3, 1), False)])
def test_overdue_is_what_still_waits_after_its_day(client_of, make, days, done, shown):
    due = today() + timedelta(days)
    made = make("closed_customer_file", store_id=EAST, closed_on=date(2026, 1, 5), due_on=due, filed_on=done)
    page = client_of("general_manager").get("/admin/closed_customer_file/?f-due_on-op=late")
    assert (page.status_code, made.public_id in page.text) == (200, shown)


@pytest.mark.rule("R-LIST-01")
def test_whatever_stands_in_the_list_can_be_asked_for(client_of, make):
    made = [make("customer", store_id=EAST, company=name) for name in ("甲公司", "乙公司")]
    client = client_of("info_officer")
    assert 'name="f-company"' not in client.get(LIST).text
    page = client.get(f"{LIST}col=name&col=company&f-company=甲&f-company-op=contains").text
    assert 'name="f-company"' in page
    assert [one.public_id in page for one in made] == [True, False]


def test_columns_stand_in_the_order_they_are_asked_in_and_the_chooser_begins_with_them(client_of):
    page = client_of("info_officer").get(f"{LIST}col=company&col=name").text
    assert re.findall(r'<th scope="col" data-name="(\w+)"', page) == ["company", "name"]
    assert re.findall(r'name="col" value="(\w+)" checked', page) == ["company", "name"]
    assert re.findall(r'type="checkbox" name="col" value="(\w+)"', page)[:2] == ["company", "name"]


def test_what_people_wrote_stands_in_a_list_as_text(client_of, make):
    odd = "<b>\"甲'&"
    make("estate", name=odd)
    made = make("visitor", store_id=EAST, estate=odd, received_by=odd)
    escaped = "&lt;b&gt;&quot;甲&#x27;&amp;"
    client = client_of("info_officer")
    first_cells, others = client.get("/admin/estate/?size=100").text, client.get("/admin/visitor/?size=100").text
    assert odd not in first_cells + others
    assert f">{escaped}</a>" in first_cells
    assert others[others.index(made.public_id) :].count(f"<td>{escaped}") == 2


def test_search_and_filters_find_letters_of_either_case(make, listed):
    made = {"Smith": make("customer", store_id=EAST, name="Smith", company="ACME Home")}
    for asked in ("q=smith", "q=SMITH", "q=acme", "q=100%25", "q=sm_th"):
        assert listed(made, asked) == ([] if "%" in asked or "_" in asked else ["Smith"]), asked


def test_separators_alone_find_nobody_by_phone(make, listed):
    made = {"one": make("customer", store_id=EAST, phone="13800009999")}
    assert listed(made, "q=-") == []


@pytest.mark.parametrize("operator", ["contains", "starts"])
def test_a_filter_for_blank_text_lets_nothing_through(world, make, operator):
    made, register = make("customer", store_id=EAST), register_named("customer")
    with world.open("info_officer") as session:
        blank, part = (
            ListQuery(register, ["id"], [filtered(register.faces["name"], operator, [text])]) for text in ("", "第")
        )
        assert count(session, blank) == 0
        assert made.id in all_ids(session, part)


@pytest.mark.parametrize("days", ["²", "٣", "abc", "0", "99999999999999999999"])
def test_days_that_are_no_number_leave_a_list(client_of, days):
    page = client_of("info_officer").get(f"{LIST}f-registered_at-op=last_days&f-registered_at={days}")
    assert page.status_code == 200


@pytest.mark.rule("R-LIST-02")
@pytest.mark.parametrize("chosen", ["everything", "ids"])
def test_more_than_can_be_done_at_once_is_said_before_anything_is_done(client_of, make, monkeypatch, chosen):
    monkeypatch.setattr(bulk, "_LIMIT", 2)
    made = [make("estate") for _ in range(3)]
    client = client_of("info_officer")
    which = {"everything": "yes"} if chosen == "everything" else {"id": [one.public_id for one in made]}
    form = {"action": "void", "confirmed": "yes", "reason": "录错了", **which}
    answer = post(client, "/admin/estate/action/", form, follow_redirects=True)
    assert "一次最多办理 2 条，什么都没有做" in answer.text
    assert all(one.public_id in client.get("/admin/estate/?size=100").text for one in made)


@pytest.mark.rule("R-IMPT-07")
def test_old_loans_can_be_brought_in_from_their_list(client_of):
    assert 'href="/admin/archive_loan/import/"' in client_of("archive_keeper").get("/admin/archive_loan/").text
    assert 'href="/admin/archive_loan/import/"' not in client_of("info_officer").get("/admin/archive_loan/").text
