"""The score on screen: a month's table, a sheet with its evidence, the steps, and whose eyes it is for (R-SCOR-02, R-SCOR-03)."""

import re

import pytest
from click.testing import CliRunner
from sqlalchemy import select

from admin_app import cli, clock
from admin_app.working.trail import TrailEntry
from tests.fixtures.company import PERSON_IDS
from tests.fixtures.scoring import at
from tests.fixtures.web import post

pytestmark = pytest.mark.rule("R-SCOR-03")
MONTH = "/scores/?month=2026-03"


@pytest.fixture
def example(office):
    """March with the rules' example in it; the clock stands at its moment."""
    office.example()
    with clock.stopped_at(office.now):
        yield office


@pytest.fixture
def computed(example):
    example.compute()
    return example


def address(office, username="customer_manager"):
    return f"/scores/{office.sheet(username).public_id}/"


def told(page):
    """A page's words without its marks."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page))


@pytest.mark.rule("R-SCOR-01", "R-SCOR-07")
def test_the_director_computes_a_month_and_sees_all_four_parts_total_rank_state_and_missing_patrols(example, client_of):
    director = client_of("director")
    assert "2026-03 没有考核表" in director.get(MONTH).text
    answer = post(director, "/scores/compute/", {"month": "2026-03"}, follow_redirects=True)
    page = told(answer.text)
    assert "已计算 2 张考核表" in page
    assert "1 客户经理 0002 27 27 18 19 91 待审核 缺 4 周 03-02、03-09、03-16、03-23" in page
    assert "— 客户经理2 0027 30 30 — 20 80 / 80 待审核" in page


@pytest.mark.rule("R-SIGN-06")
@pytest.mark.parametrize("month", ["9999-12", "3000-01", "1999-12", "２０２６-０３", "2026-0३", "2026-13", "x"])
def test_a_month_that_is_none_is_not_found(example, client_of, month):
    director = client_of("director")
    assert director.get("/scores/", query_string={"month": month}).status_code == 404
    assert post(director, "/scores/compute/", {"month": month}).status_code == 404
    with pytest.raises(LookupError):
        example.sheet()


@pytest.mark.parametrize("month", ["2999-12", "2000-01", ""])
def test_a_far_month_is_empty_and_none_named_is_the_last_that_is_over(example, client_of, month):
    page = client_of("director").get("/scores/", query_string={"month": month}).text
    assert f"{month or '2026-03'} 没有考核表" in page


@pytest.mark.rule("R-SCOR-02")
def test_one_click_on_a_point_off_opens_its_record(computed, client_of):
    director = client_of("director")
    page = director.get(address(computed)).text
    links = re.findall(r'<th scope="row"><a href="(/admin/[^"]+)">', page)
    assert len(links) == len(computed.deductions()) == 9
    for link in links:
        assert director.get(link.replace("&amp;", "&")).status_code == 200, link
    assert "应追访 2 次，缺 2 次" in page
    assert "未登记返回时间" in page


@pytest.mark.rule("R-DESK-01")
def test_from_the_desk_to_the_lock_over_the_pages(computed, client_of):
    director, manager, general = map(client_of, ("director", "customer_manager", "general_manager"))
    sheet = address(computed)
    seen = {"seen": computed.sheet().evidence_digest}
    assert f'href="{sheet}"' in director.get("/").text
    assert f'href="{sheet}"' not in manager.get("/").text
    assert post(director, sheet, {"act": "review", **seen}).status_code == 302
    assert f'href="{sheet}"' in manager.get("/").text
    assert post(manager, sheet, {"act": "accept"}).status_code == 302
    assert f'href="{sheet}"' in general.get("/").text
    assert post(general, sheet, {"act": "approve", **seen}).status_code == 302
    assert computed.sheet().state == "approved"
    assert "已批准锁定" in told(general.get(MONTH).text)
    assert re.findall(r'name="act" value="(\w+)"', director.get(sheet).text) == ["correct"]


def test_only_the_newest_sheet_offers_a_correction(computed, client_of):
    computed.lock()
    director, first = client_of("director"), address(computed)
    assert 'value="correct"' in director.get(first).text
    assert post(director, first, {"act": "correct", "reason": "漏记一次外出"}).status_code == 302
    assert 'value="correct"' not in director.get(first).text
    answer = post(director, first, {"act": "correct", "reason": "又漏记一次"})
    assert (answer.status_code, "<code>wrong_state</code>" in answer.text) == (409, True)
    computed.lock()
    assert address(computed) != first
    assert 'value="correct"' not in director.get(first).text
    assert 'value="correct"' in director.get(address(computed)).text


def test_several_sheets_are_reviewed_at_once_and_a_stale_one_says_why(computed, client_of):
    director = client_of("director")
    sheets = {name: computed.sheet(name) for name in ("customer_manager", "customer_manager2")}
    form = {"month": "2026-03", "act": "review", "sheet": [one.public_id for one in sheets.values()]}
    form |= {f"seen-{one.public_id}": one.evidence_digest for one in sheets.values()}
    form[f"seen-{sheets['customer_manager'].public_id}"] = "0" * 64
    answer = post(director, "/scores/sign/", form)
    assert answer.status_code == 409
    assert "<code>changed</code>" in answer.text
    assert "已审核 1 张" in answer.text
    assert [computed.sheet(name).state for name in sheets] == ["computed", "reviewed"]


def test_waiving_adding_and_objecting_go_over_the_page(computed, client_of):
    director, manager = client_of("director"), client_of("customer_manager")
    sheet, late = address(computed), next(one for one in computed.deductions() if one.fault == "late")
    visitor = computed.visitor(9)
    assert f'value="visitor/{visitor.public_id}"' in director.get(sheet).text
    post(director, sheet, {"act": "waive", "deduction": late.public_id, "reason": "纸质表当天交"})
    post(director, sheet, {"act": "add", "kind": "form", "path": f"visitor/{visitor.public_id}", "reason": "字迹不清"})
    assert computed.points()[0] == 27
    post(director, sheet, {"act": "review", "seen": computed.sheet().evidence_digest})
    page = told(manager.get(sheet).text)
    assert "免扣" in page
    assert "调整原因：字迹不清" in page
    post(manager, sheet, {"act": "object", "reason": "9 日的表是同事填的"})
    assert computed.sheet().state == "objected"
    assert "9 日的表是同事填的" in director.get(sheet).text


@pytest.mark.rule("R-SIGN-05", "R-SIGN-06", "R-AUDT-01")
@pytest.mark.parametrize(
    ("username", "form", "status", "code"),
    [
        ("customer_manager", {"act": "accept"}, 409, "wrong_state"),
        ("customer_manager", {"act": "review"}, 403, "own_request"),
        ("general_manager", {"act": "review"}, 403, "not_signer"),
        ("store_manager", {"act": "approve"}, 403, "not_signer"),
        ("director", {"act": "approve"}, 409, "wrong_state"),
        ("director", {"act": "waive", "deduction": "x", "reason": "有误"}, 409, "not_in"),
        ("hr", {"act": "correct", "reason": "有误"}, 403, "no_right"),
    ],
)
def test_an_illegal_step_is_refused_by_its_rule_and_leaves_one_entry_in_the_trail(
    computed, client_of, username, form, status, code
):
    before = {name: getattr(computed.sheet(), name) for name in ("version", "state", "total")}
    answer = post(client_of(username), address(computed), form)
    assert answer.status_code == status
    assert f"<code>{code}</code>" in answer.text
    assert {name: getattr(computed.sheet(), name) for name in before} == before
    with computed.world.open() as session:
        entries = select(TrailEntry.detail).where(
            TrailEntry.actor_id == PERSON_IDS[username], TrailEntry.event == "refused"
        )
        (entry,) = session.scalars(entries)
    assert f'"code": "{code}"' in entry


@pytest.mark.rule("R-CONF-02")
def test_what_one_may_not_see_does_not_exist(computed, client_of):
    """A manager's page has their own row only; another's sheet is answered as one that was never made."""
    other = client_of("customer_manager2")
    assert "客户经理 0002" not in told(other.get(MONTH).text)
    assert other.get(address(computed)).status_code == 404
    assert other.get("/scores/nothing/").status_code == 404
    assert post(other, address(computed), {"act": "accept"}).status_code == 404
    for username in ("clerk", "designer", "admin", "auditor", "service_manager"):
        assert client_of(username).get(MONTH).status_code == 404
        assert "/scores/" not in client_of(username).get("/").text


@pytest.mark.rule("R-CONF-02")
def test_a_rating_never_names_its_author_to_whom_it_is_of(computed, client_of):
    page = client_of("customer_manager").get(address(computed)).text
    assert "评分合计 17.0 分" in page
    assert not re.search("设计师 0003|市场部经理 0010|前台录入员 0001", page)


@pytest.mark.rule("R-CONF-02")
def test_human_resources_see_the_points_and_not_what_they_came_off_for(computed, client_of):
    page = client_of("hr").get(address(computed)).text
    assert "27 / 30" in page
    assert "扣分明细不对您开放" in page
    assert "未登记返回时间" not in page


@pytest.mark.rule("R-AUDT-01")
def test_looking_at_a_month_and_at_a_sheet_is_noted(computed, client_of):
    director = client_of("director")
    director.get(MONTH)
    director.get(address(computed))
    with computed.world.open() as session:
        entries = select(TrailEntry.table_name).where(
            TrailEntry.actor_id == PERSON_IDS["director"], TrailEntry.event == "viewed"
        )
        assert list(session.scalars(entries.order_by(TrailEntry.seq))) == [
            "score_sheet",
            "score_sheet",
            "score_deduction",
        ]


@pytest.mark.rule("R-ROLE-05")
def test_without_a_fresh_password_the_page_asks_for_it(computed, client_of):
    director, sheet = client_of("director"), address(computed)
    seen = computed.sheet().evidence_digest
    with clock.stopped_at(at(2, 10, month=4).replace(minute=15)):
        assert 'type="password"' in director.get(sheet).text
        answer = post(director, sheet, {"act": "review", "seen": seen})
    assert (answer.status_code, "<code>password_due</code>" in answer.text) == (403, True)
    assert computed.sheet().state == "computed"


@pytest.fixture
def run(app, monkeypatch):
    """The command on this test's world, in the application that is there already."""
    monkeypatch.setattr(cli, "create_app", lambda settings: app)
    return lambda *arguments: CliRunner().invoke(cli.main, list(arguments))


@pytest.mark.rule("R-SCOR-01", "R-SCOR-05")
def test_the_command_computes_and_prints_the_month_and_again_the_same(example, run):
    first = run("score", "2026-03", "--as", "director")
    assert first.exit_code == 0, first.output
    lines = [line.split("\t") for line in first.output.splitlines()]
    assert lines[1][2:] == ["27", "27", "18", "19", "91", "100", "已计算"]
    assert lines[2][:1] + lines[2][2:] == ["-", "30", "30", "-", "20", "80", "80", "已计算"]
    assert run("score", "2026-03", "--as", "general_manager").output == first.output


@pytest.mark.parametrize(
    ("month", "username", "said"),
    [("2026-13", "director", "2026-10"), ("9999-12", "director", "2026-10"), ("２０２６-０３", "director", "2026-10"),
     ("2999-12", "director", "R-SCOR-01"), ("2026-03", "clerk", "R-ROLE-01"), ("2026-04", "director", "R-SCOR-01"),
     ("2026-03", "nobody", "没有用户")],
)  # fmt: skip
def test_the_command_fails_with_words_and_computes_nothing(example, run, month, username, said):
    result = run("score", month, "--as", username)
    assert result.exit_code != 0
    assert said in result.output
    with pytest.raises(LookupError):
        example.sheet()
