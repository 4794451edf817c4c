"""Two people save one record: the level and child lines count too, and so does a save between check and write (R-LIST-04)."""

import re

import pytest

from admin_app.models import lines_of, register_named
from admin_app.operations import clashes, records
from tests.fixtures.company import STORE_IDS
from tests.fixtures.forms import box_on, form_of
from tests.fixtures.web import post
from tests.fixtures.worlds import new_world

pytestmark = pytest.mark.rule("R-LIST-04")
EAST = STORE_IDS["城东店"]


@pytest.fixture(scope="module")
def world(engine_kind):
    with new_world(engine_kind) as made:
        yield made


@pytest.fixture
def designer(make):
    register = register_named("designer")
    job = lines_of(register, register.faces["jobs"])
    return make(
        "designer", store_id=EAST, school="原校", jobs=[job(company="甲公司"), job(company="乙公司", position=1)]
    )


@pytest.fixture
def client(client_of):
    return client_of("store_manager")


def edit(record, table="designer"):
    return f"/admin/{table}/edit/?id={record.public_id}"


def opened(world, designer):
    """The designer's form with its lines, as it opens now."""
    with world.open() as session:
        jobs = session.get_one(register_named("designer"), designer.id).jobs
        lines = {
            f"jobs-{n}-{name}": str(getattr(job, name)) for n, job in enumerate(jobs) for name in ("id", "company")
        }
    return form_of(world, "designer", designer.id) | lines


def clash_on(page, name):
    """Original, theirs and mine of one row of the clash page, and which is chosen beforehand."""
    row = next(row for row in re.findall(r"<tr>.*?</tr>", page, re.DOTALL) if f'name="clash-{name}"' in row)
    cells = [re.sub(r"<[^>]+>", "", cell).strip() for cell in re.findall(r"<td>(.*?)</td>", row, re.DOTALL)]
    return cells, re.search(r'value="(\w+)" checked', row)[1]


def companies(world, designer):
    with world.open() as session:
        return [job.company for job in session.get_one(register_named("designer"), designer.id).jobs]


def test_lines_changed_by_both_are_shown_side_by_side_and_either_can_be_kept(world, client, designer):
    form = opened(world, designer)
    assert (
        post(client, edit(designer), {**form, "jobs-0-company": "对方公司", "jobs-2-company": "丙公司"}).status_code
        == 302
    )
    mine = {**form, "jobs-1-company": "我的公司"}
    answer = post(client, edit(designer), mine)
    assert answer.status_code == 409
    assert clash_on(answer.text, "jobs") == (["甲公司；乙公司", "对方公司；乙公司；丙公司", "甲公司；我的公司"], "mine")
    again = {**mine, "version": box_on(answer.text, "version")}
    assert post(client, edit(designer), {**again, "clash-jobs": "theirs"}).status_code == 302
    assert companies(world, designer) == ["对方公司", "乙公司", "丙公司"]


def test_lines_left_alone_yield_to_the_others(world, client, designer):
    form = opened(world, designer)
    assert post(client, edit(designer), {**form, "jobs-2-company": "丙公司"}).status_code == 302
    answer = post(client, edit(designer), {**form, "manner": "我填的"})
    assert clash_on(answer.text, "jobs") == (["甲公司；乙公司", "甲公司；乙公司；丙公司", "甲公司；乙公司"], "theirs")


def test_a_field_saved_before_a_change_of_lines_is_still_told(world, client, designer):
    form = opened(world, designer)
    assert post(client, edit(designer), {**form, "school": "对方的校"}).status_code == 302
    assert post(client, edit(designer), {**opened(world, designer), "jobs-2-company": "丙公司"}).status_code == 302
    answer = post(client, edit(designer), {**form, "manner": "我填的"})
    assert clash_on(answer.text, "school") == (["原校", "对方的校", "原校"], "theirs")


@pytest.mark.rule("R-CONF-05")
def test_a_level_raised_meanwhile_is_told_and_not_lowered_again(world, client_of, make):
    customer = make("customer", store_id=EAST)
    client, address = client_of("info_officer"), edit(customer, "customer")
    form = form_of(world, "customer", customer.id)
    assert post(client, address, {**form, "level": "2"}).status_code == 302
    answer = post(client, address, {**form, "remark": "我填的"})
    assert clash_on(answer.text, "level") == (["内部", "秘密", "内部"], "theirs")
    assert re.search(r'name="level" value="2" checked', answer.text)
    kept = {
        **form,
        "remark": "我填的",
        "level": "2",
        "version": box_on(answer.text, "version"),
        "clash-level": "theirs",
    }
    assert post(client, address, kept).status_code == 302
    with world.open() as session:
        record = session.get_one(register_named("customer"), customer.id)
        assert (record.level, record.remark) == (2, "我填的")


def test_a_save_between_finding_and_holding_the_record_is_a_clash_too(world, client_of, make, monkeypatch):
    customer = make("customer", store_id=EAST, remark="原来的")
    form = form_of(world, "customer", customer.id)
    hold = clashes.hold

    def late(session, record):
        """Somebody else saves first; on SQLite the write lock is held since the transaction began."""
        if world.kind == "postgresql":
            with world.writing("info_supervisor") as other:
                register = register_named("customer")
                records.change(other, records.find(other, register, customer.public_id), {"remark": "对方的"})
        hold(session, record)

    monkeypatch.setattr(clashes, "hold", late)
    answer = post(client_of("info_officer"), edit(customer, "customer"), {**form, "remark": "我的"})
    if world.kind == "sqlite":
        assert answer.status_code == 302
        return
    assert answer.status_code == 409
    assert clash_on(answer.text, "remark") == (["原来的", "对方的", "我的"], "mine")


#: nobody saves while SQLite's write lock is held
@pytest.mark.postgresql
@pytest.mark.parametrize("engine_kind", ["postgresql"], indirect=True)
def test_of_a_bulk_action_a_row_saved_meanwhile_is_done_as_it_is_and_the_rest_too(world, client_of, make, monkeypatch):
    first, second = make("estate", name="甲园"), make("estate", name="乙园")
    find = records.find

    def late(session, register, public_id):
        found = find(session, register, public_id)
        if public_id == second.public_id:
            with world.writing() as other:
                other.get_one(register, second.id).remark = "对方的"
        return found

    monkeypatch.setattr(records, "find", late)
    form = {"action": "void", "id": [first.public_id, second.public_id], "confirmed": "yes", "reason": "录错了"}
    answer = post(client_of("info_officer"), "/admin/estate/action/", form, follow_redirects=True)
    assert "完成 2 条，未办 0 条" in answer.text
    with world.open() as session:
        kept = session.get_one(register_named("estate"), second.id)
        assert (kept.remark, kept.void_reason) == ("对方的", "录错了")
