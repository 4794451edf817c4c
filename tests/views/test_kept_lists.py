"""Lists kept under a name: one's own or a role's, opened with, and never more than their reader may see (R-LIST-01)."""

import re

import pytest
from sqlalchemy import select

from admin_app.working.at_hand import KeptList, OpensWith
from tests.fixtures.company import STORE_IDS
from tests.fixtures.forms import trail_of
from tests.fixtures.web import post

pytestmark = pytest.mark.rule("R-LIST-01")
EAST = STORE_IDS["城东店"]
FRIENDS = "f-source=friend&f-source-op=in&sort=name"


def keep(client, name="朋友介绍", query=FRIENDS, table="visitor", **more):
    return post(client, f"/lists/{table}/", {"name": name, "query": query, "role": "", **more})


def kept(world):
    """name -> (query, role) of every kept list."""
    with world.open() as session:
        return {row.name: (row.query, row.role) for row in session.scalars(select(KeptList))}


def views(client, url="/admin/visitor/"):
    """The views above a list: words and where they lead."""
    nav = re.search(r'<nav class="views".*?</nav>', client.get(url).text, re.DOTALL)
    return dict(re.findall(r'href="([^"]*)"[^>]*>([^<]+)<', nav[0])) if nav else {}


def id_on(client, name, table="visitor"):
    """The id of a list on the page of the kept lists."""
    page = client.get(f"/lists/{table}/").text
    row = next(row for row in page.split("<tr>")[1:] if name in row)
    return re.search(r'name="id" value="([^"]+)"', row)[1]


def test_a_kept_list_stands_above_the_list_and_leads_to_what_was_asked(world, client_of):
    client = client_of("clerk")
    answer = keep(client)
    assert (answer.status_code, answer.location) == (302, f"/admin/visitor/?{FRIENDS}")
    assert kept(world) == {"朋友介绍": (FRIENDS, None)}
    assert "朋友介绍" in views(client).values()
    assert trail_of(world)[-1][0] == "list_kept"


def test_the_page_of_a_list_and_strange_parameters_are_not_kept(world, client_of):
    keep(client_of("clerk"), query=f"{FRIENDS}&page=7&after=x&csrf_token=y&void=1&evil=1")
    assert kept(world)["朋友介绍"][0] == FRIENDS


def test_a_lower_bound_left_blank_stays_blank(world, client_of):
    keep(client_of("clerk"), query="f-came_at=&f-came_at=2026-11-01&f-came_at-op=between")
    assert kept(world)["朋友介绍"][0] == "f-came_at=&f-came_at=2026-11-01&f-came_at-op=between"


def test_a_list_of_one_s_own_is_nobody_else_s(world, client_of):
    keep(client_of("clerk"))
    assert "朋友介绍" not in views(client_of("clerk2")).values()
    assert "朋友介绍" not in client_of("clerk2").get("/lists/visitor/").text


def test_a_list_shared_with_a_role_is_offered_to_who_holds_it_alone(world, client_of):
    keep(client_of("store_manager"), name="本店朋友介绍", role="clerk")
    assert "本店朋友介绍" in views(client_of("clerk")).values()
    assert "本店朋友介绍" not in client_of("sales_manager").get("/admin/visitor/").text


def test_a_shared_list_shows_each_reader_their_own_rows(world, client_of, make):
    make("visitor", store_id=EAST, name="钱东来", source="friend")
    make("visitor", store_id=STORE_IDS["城西店"], name="赵西来", source="friend")
    keep(client_of("store_manager"), name="共用", role="clerk")
    for username, seen, hidden in (("clerk", "钱东来", "赵西来"), ("clerk2", "赵西来", "钱东来")):
        page = client_of(username).get(f"/admin/visitor/?{FRIENDS}").text
        assert (seen in page, hidden in page) == (True, False)


def test_a_role_that_does_not_see_the_register_shares_no_list_of_it(world, client_of):
    answer = keep(client_of("store_manager"), role="auditor", table="access_request")
    assert (answer.status_code, "R-LIST-01" in answer.text) == (403, True)
    assert kept(world) == {}


@pytest.mark.parametrize("name", ["", "   ", "长" * 41])
def test_a_list_without_a_usable_name_is_refused_and_not_kept(world, client_of, name):
    answer = keep(client_of("clerk"), name=name)
    assert (answer.status_code, "R-LIST-01" in answer.text) == (403, True)
    assert kept(world) == {}


def test_the_same_name_again_replaces_one_s_own_list_and_nobody_else_s(world, client_of):
    keep(client_of("clerk"))
    keep(client_of("clerk"), query="q=王")
    keep(client_of("clerk2"), query="q=李")
    with world.open() as session:
        assert sorted(session.scalars(select(KeptList.query))) == ["q=%E6%9D%8E", "q=%E7%8E%8B"]


def test_a_register_opens_with_the_list_that_was_chosen_and_the_whole_list_stays_in_reach(world, client_of):
    client = client_of("clerk")
    keep(client, opens="yes")
    answer = client.get("/admin/visitor/")
    assert (answer.status_code, answer.location) == (302, f"/admin/visitor/?{FRIENDS}")
    assert client.get("/admin/visitor/?void=0").status_code == 200
    assert views(client, f"/admin/visitor/?{FRIENDS}")["?void=0"] == "在用"
    assert client_of("clerk2").get("/admin/visitor/").status_code == 200


def test_a_list_is_renamed_shared_and_opened_with_from_the_page_of_views(world, client_of):
    client = client_of("clerk")
    keep(client)
    sent = {"id": id_on(client, "朋友介绍"), "what": "change", "name": "老客带新", "role": "clerk", "opens": "yes"}
    assert post(client, "/lists/visitor/", sent).status_code == 302
    assert kept(world) == {"老客带新": (FRIENDS, "clerk")}
    assert client.get("/admin/visitor/").status_code == 302


def test_a_second_list_of_the_same_name_is_refused(world, client_of):
    client = client_of("clerk")
    keep(client)
    keep(client, name="另一个")
    answer = post(
        client, "/lists/visitor/", {"id": id_on(client, "另一个"), "what": "change", "name": "朋友介绍", "role": ""}
    )
    assert (answer.status_code, "同名" in answer.text) == (409, True)
    assert set(kept(world)) == {"朋友介绍", "另一个"}


def test_who_shares_a_list_may_open_with_it_but_neither_rename_nor_drop_it(world, client_of):
    keep(client_of("store_manager"), name="共用", role="clerk")
    client = client_of("clerk")
    id_ = id_on(client, "共用")
    assert (
        post(client, "/lists/visitor/", {"id": id_, "what": "change", "name": "改名", "opens": "yes"}).status_code
        == 302
    )
    assert kept(world) == {"共用": (FRIENDS, "clerk")}
    assert client.get("/admin/visitor/").status_code == 302
    assert post(client, "/lists/visitor/", {"id": id_, "what": "drop"}).status_code == 403
    assert kept(world) == {"共用": (FRIENDS, "clerk")}


def test_a_dropped_list_is_gone_for_everybody_who_opened_with_it(world, client_of):
    owner = client_of("store_manager")
    keep(owner, name="共用", role="clerk")
    client = client_of("clerk")
    post(client, "/lists/visitor/", {"id": id_on(client, "共用"), "what": "change", "opens": "yes"})
    assert post(owner, "/lists/visitor/", {"id": id_on(owner, "共用"), "what": "drop"}).status_code == 302
    assert kept(world) == {}
    with world.open() as session:
        assert session.scalars(select(OpensWith)).all() == []
    assert client.get("/admin/visitor/").status_code == 200


def test_another_s_list_can_neither_be_changed_nor_dropped_by_its_id(world, client_of):
    owner = client_of("clerk")
    keep(owner)
    id_ = id_on(owner, "朋友介绍")
    for what in ("change", "drop"):
        assert post(client_of("clerk2"), "/lists/visitor/", {"id": id_, "what": what, "name": "x"}).status_code == 404
    assert kept(world) == {"朋友介绍": (FRIENDS, None)}


def test_there_are_no_views_of_a_register_that_one_may_not_open(client_of):
    client = client_of("designer")
    assert client.get("/lists/credit_survey/").status_code == client.get("/lists/no_such_thing/").status_code == 404
