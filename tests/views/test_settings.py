"""The screen of settings: saving what was filled in, faults at their box, taking back, the logo (R-ROLE-01)."""

import io
from datetime import date, timedelta

import pytest

from admin_app import clock
from admin_app.guard.settings import LOGO, all_versions
from tests.fixtures.forms import box_on, faults_on, trail_of
from tests.fixtures.pictures import png
from tests.fixtures.records import MOMENT
from tests.fixtures.web import post

pytestmark = pytest.mark.rule("R-ROLE-01")
TODAY = MOMENT.date()
TOMORROW = TODAY + timedelta(days=1)
SCRIPT = b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>"


@pytest.fixture(autouse=True)
def still():
    with clock.stopped_at(MOMENT):
        yield


def versions(world):
    with world.open() as session:
        return dict(all_versions(session))


def save(client, day=TODAY, **typed):
    return post(client, "/settings/", {"valid_from": day.isoformat(), **typed})


def picture(content):
    return {"logo": (io.BytesIO(content), "logo.png")}


@pytest.mark.rule("R-SCOR-04", "R-AUDT-01")
def test_what_was_filled_in_is_set_from_the_day_on_and_nothing_else(world, client_of):
    admin = client_of("admin")
    assert save(admin, TOMORROW, grant_working_days="2", closing_time="", own_first="2026-10-12").status_code == 302
    own = {"works": False, "note": ""}
    assert versions(world) == {"grant_working_days": [(TOMORROW, 2)], "own_day_2026-10-12": [(TODAY, own)]}
    assert [event for event, _table, _detail in trail_of(world)[-2:]] == ["setting_changed"] * 2
    page = admin.get("/settings/").text
    for text in (f"{TOMORROW} 起", "2 个工作日", "2026-10-12 周一", "系统管理员"):
        assert text in page
    assert post(admin, "/settings/withdraw/", {"name": "grant_working_days", "day": str(TOMORROW)}).status_code == 302
    assert post(admin, "/settings/withdraw/", {"name": "own_day_2026-10-12", "day": "2026-10-12"}).status_code == 302
    assert versions(world) == {"own_day_2026-10-12": [(TODAY, None)]}


def test_a_fault_stands_at_its_box_and_nothing_typed_is_lost(world, client_of):
    answer = save(client_of("admin"), grant_working_days="50", company_name="青石里", own_note="盘点")
    assert answer.status_code == 200
    assert faults_on(answer.text) == {"grant_working_days": "请填 1 到 3 的整数"}
    kept = {name: box_on(answer.text, name) for name in ("grant_working_days", "company_name", "own_note")}
    assert kept == {"grant_working_days": "50", "company_name": "青石里", "own_note": "盘点"}
    assert versions(world) == {}


@pytest.mark.rule("R-SIGN-05")
def test_for_everybody_but_admin_there_is_no_such_page_and_nothing_changes(world, client_of):
    assert save(client_of("admin"), TOMORROW, idle_minutes="15").status_code == 302
    before = versions(world)
    for username in ("general_manager", "auditor"):
        client = client_of(username)
        assert client.get("/settings/").status_code == 404
        assert save(client, idle_minutes="20").status_code == 404
        taken = post(client, "/settings/withdraw/", {"name": "idle_minutes", "day": str(TOMORROW)})
        assert taken.status_code == 404
    assert versions(world) == before


@pytest.mark.rule("R-SCOR-04", "R-SIGN-06")
def test_what_holds_already_is_not_taken_back(world, client_of):
    admin = client_of("admin")
    save(admin, idle_minutes="15")
    answer = post(admin, "/settings/withdraw/", {"name": "idle_minutes", "day": str(TODAY)})
    assert (answer.status_code, "R-SCOR-04" in answer.text) == (409, True)
    assert versions(world) == {"idle_minutes": [(TODAY, 15)]}
    assert post(admin, "/settings/withdraw/", {"name": "nothing", "day": str(TODAY)}).status_code == 404


@pytest.mark.rule("R-SIGN-02")
def test_a_shorter_idle_time_ends_sessions_sooner(client_of):
    clerk = client_of("clerk")
    save(client_of("admin"), idle_minutes="5")
    with clock.stopped_at(MOMENT + timedelta(minutes=4)):
        assert clerk.get("/").status_code == 200
    with clock.stopped_at(MOMENT + timedelta(minutes=11)):
        assert clerk.get("/").location.startswith("/login")


def test_the_logo_stands_on_every_page_and_at_the_door_from_its_day_on(world, client_of, anonymous):
    admin = client_of("admin")
    assert save(admin, TOMORROW, **picture(png(240, 120))).status_code == 302
    assert "/logo/" not in anonymous.get("/login").text
    with clock.stopped_at(MOMENT + timedelta(days=1)):
        address = f"/logo/{versions(world)[LOGO][0][1]['digest']}"
        assert f'src="{address}" width="56" height="28"' in anonymous.get("/login").text
        sent = anonymous.get(address)
        assert (sent.status_code, sent.data, sent.mimetype) == (200, png(240, 120), "image/png")
        assert sent.headers["X-Content-Type-Options"] == "nosniff"
        assert sent.headers["Cache-Control"].startswith("private, max-age=")
        assert save(client_of("admin"), date(2026, 12, 1), logo_remove="yes").status_code == 302
    with clock.stopped_at(MOMENT.replace(year=2027)):
        assert anonymous.get(address).status_code == 404


@pytest.mark.parametrize("content", [SCRIPT, png(240, 120)[:-1], png(4000, 120), b""])
def test_a_file_that_is_no_fit_picture_is_refused_and_nothing_is_stored(world, client_of, content):
    answer = save(client_of("admin"), idle_minutes="15", **picture(content))
    assert answer.status_code == 200
    assert set(faults_on(answer.text)) == {"logo"}
    assert versions(world) == {}
    assert not list((world.settings.data_dir / "files").rglob("*"))
