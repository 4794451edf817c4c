"""What a form must survive: the database's own refusals, boxes it can't fill, codes retired since, masked columns."""

from dataclasses import replace

import pytest
from sqlalchemy import select

from admin_app.fields import DeclarationError, child_rows
from admin_app.models import lines_of, register_named
from admin_app.working.codes import CodeEntry
from tests.fixtures.company import STORE_IDS
from tests.fixtures.forms import box_on, faults_on, form_of
from tests.fixtures.web import post
from tests.fixtures.worlds import new_world

EAST, WEST = STORE_IDS.values()
VISIT = {"came_at": "2026-03-02 10:00", "left_at": "2026-03-02 09:00", "name": "顾青", "phone": "13800001111",
         "received_by": "前台"}  # fmt: skip


@pytest.fixture(scope="module")
def world(engine_kind):
    with new_world(engine_kind) as made:
        yield made


def stored(world, table, id_, name):
    with world.open() as session:
        return getattr(session.get_one(register_named(table), id_), name)


def source_code(world):
    with world.open() as session:
        return session.scalars(select(CodeEntry.code).where(CodeEntry.codes == "source", ~CodeEntry.retired)).first()


# --- what the database refuses -----------------------------------------------------------------------------------


def test_times_in_the_wrong_order_are_told_at_the_field_and_nothing_typed_is_lost(world, client_of):
    answer = post(client_of("info_officer"), "/admin/visitor/new/", {**VISIT, "source": source_code(world)})
    assert answer.status_code == 200
    assert faults_on(answer.text) == {"left_at": "“离店时间”不能早于“来店时间”"}
    assert (box_on(answer.text, "name"), box_on(answer.text, "phone")) == ("顾青", "13800001111")


def test_the_same_holds_for_a_change_which_stays_at_the_version_it_was_opened_at(world, client_of, make):
    visitor = make("visitor", store_id=EAST)
    client, address = client_of("info_officer"), f"/admin/visitor/edit/?id={visitor.public_id}"
    form = {**form_of(world, "visitor", visitor.id), "result": "改过", "left_at": "2026-03-01 09:00"}
    answer = post(client, address, form)
    assert list(faults_on(answer.text)) == ["left_at"]
    assert (box_on(answer.text, "result"), box_on(answer.text, "version")) == ("改过", "1")
    assert stored(world, "visitor", visitor.id, "result") is None


def test_a_check_with_a_sentence_of_its_own_says_it(world, client_of, make):
    place = make("archive_place")
    form = {**form_of(world, "archive_place", place.id), "shelf": "0"}
    answer = post(client_of("archive_keeper"), f"/admin/archive_place/edit/?id={place.public_id}", form)
    assert "层和位从 1 数起" in faults_on(answer.text).values()


@pytest.mark.rule("R-CONF-15")
def test_a_name_that_is_taken_is_refused_in_one_sentence_and_one_of_a_hidden_record_is_free(world, client_of, make):
    seen, hidden = make("estate", name="可见花园"), make("estate", name="隐藏花园", level=4)
    client = client_of("info_officer")
    assert client.get(f"/admin/estate/details/?id={hidden.public_id}").status_code == 404
    assert client.get(f"/admin/estate/details/?id={seen.public_id}").status_code == 200
    answers = [post(client, "/admin/estate/new/", {"name": name}) for name in ("可见花园", "隐藏花园")]
    assert [answer.status_code for answer in answers] == [200, 302]
    assert faults_on(answers[0].text) == {"name": "这个值不能使用，请核对或换一个"}


@pytest.mark.rule("R-CONF-15", "R-ARCH-03")
def test_a_vehicle_that_has_its_file_is_told_so_and_nothing_more(world, client_of, make):
    make("archive_file", vin="LSVAA4187E2123456", store_id=WEST, level=4)
    file = make("archive_file", store_id=EAST)
    form = {**form_of(world, "archive_file", file.id), "vin": "LSVAA4187E2123456"}
    answer = post(client_of("archive_keeper"), f"/admin/archive_file/edit/?id={file.public_id}", form)
    assert faults_on(answer.text) == {"vin": "该车辆已建档，一车一档"}


def test_an_earlier_state_that_is_no_longer_possible_is_not_brought_back(world, client_of, make):
    estate = make("estate", name="旧名花园")
    client = client_of("info_officer")
    form = {**form_of(world, "estate", estate.id), "name": "新名花园"}
    assert post(client, f"/admin/estate/edit/?id={estate.public_id}", form).status_code == 302
    make("estate", name="旧名花园")
    asked = client.get(f"/admin/estate/details/?id={estate.public_id}").text
    number = asked.split("entry=")[1].split('"')[0]
    address = f"/admin/estate/revert/?id={estate.public_id}&entry={number}"
    answer = post(client, address, {"confirmed": "yes"}, follow_redirects=True)
    assert "没有恢复" in answer.text
    assert stored(world, "estate", estate.id, "name") == "新名花园"


def test_a_form_sent_again_after_a_fault_still_meets_the_other_savers_version(world, client_of, make):
    customer = make("customer", store_id=EAST)
    address, client = f"/admin/customer/edit/?id={customer.public_id}", client_of("info_officer")
    opened = form_of(world, "customer", customer.id)
    assert post(client, address, {**opened, "remark": "对方的"}).status_code == 302
    faulty = post(client, address, {**opened, "phone": "1"})
    assert box_on(faulty.text, "version") == opened["version"]
    assert (
        post(client, address, {**opened, "version": box_on(faulty.text, "version"), "remark": "我的"}).status_code
        == 409
    )


# --- boxes ----------------------------------------------------------------------------------------------------------


@pytest.mark.rule("R-CONF-02")
def test_a_link_to_a_hidden_record_stays_when_the_form_is_saved_as_it_came(world, client_of, make):
    hidden = make("customer", store_id=WEST)
    customer = make("customer", store_id=EAST, introduced_by_id=hidden.id)
    client, address = client_of("clerk"), f"/admin/customer/edit/?id={customer.public_id}"
    page = client.get(address).text
    box = box_on(page, "introduced_by_id__text")
    assert (box, box_on(page, "introduced_by_id")) == (stored(world, "customer", hidden.id, "number"), "")
    form = form_of(world, "customer", customer.id) | {
        "introduced_by_id": "",
        "introduced_by_id__text": box,
        "remark": "补充",
    }
    form.pop("identity_number", None)
    assert post(client, address, form).status_code == 302
    assert stored(world, "customer", customer.id, "introduced_by_id") == hidden.id
    assert stored(world, "customer", customer.id, "remark") == "补充"
    cleared = {**form, "version": "2", "introduced_by_id__text": ""}
    assert post(client, address, cleared).status_code == 302
    assert stored(world, "customer", customer.id, "introduced_by_id") is None


def test_a_retired_code_stays_where_it_is_but_is_not_chosen_anew(world, client_of, make):
    holder, other = make("customer", store_id=EAST, grade="D"), make("customer", store_id=EAST)
    with world.writing() as session:
        session.get_one(CodeEntry, ("grade", "D")).retired = True
    client = client_of("info_officer")
    form = {**form_of(world, "customer", holder.id), "remark": "补充"}
    assert post(client, f"/admin/customer/edit/?id={holder.public_id}", form).status_code == 302
    assert stored(world, "customer", holder.id, "grade") == "D"
    form = {**form_of(world, "customer", other.id), "grade": "D"}
    assert "已停用" in faults_on(post(client, f"/admin/customer/edit/?id={other.public_id}", form).text)["grade"]
    assert holder.public_id in client.get("/admin/customer/?f-grade-op=in&f-grade=D").text


@pytest.mark.rule("R-CONF-06")
def test_what_was_typed_over_a_mask_is_shown_again_after_a_fault(world, client_of, make):
    customer = make("customer", store_id=EAST, phone="13811112222")
    form = {**form_of(world, "customer", customer.id), "phone": "13900003333", "registered_at": "何时"}
    page = post(client_of("store_manager"), f"/admin/customer/edit/?id={customer.public_id}", form).text
    assert box_on(page, "phone") == "13900003333"
    assert "13811112222" not in page


# --- child lines ----------------------------------------------------------------------------------------------------


@pytest.fixture
def designer(world, make):
    """A designer with one line of work and no award."""
    return make("designer", store_id=EAST, jobs=[job(company="甲公司", post="组长")])


def job(**values):
    register = register_named("designer")
    return lines_of(register, register.faces["jobs"])(**values)


def lines_in_form(world, designer):
    with world.open() as session:
        jobs = session.get_one(register_named("designer"), designer.id).jobs
        return {f"jobs-{n}-{name}": str(getattr(one, name) or "")
                for n, one in enumerate(jobs) for name in ("id", "company", "post", "city")}  # fmt: skip


@pytest.mark.parametrize("number", [200, 201])
def test_lines_beyond_the_most_are_refused_with_all_of_them_kept_on_the_page(world, client_of, designer, number):
    form = form_of(world, "designer", designer.id) | {f"jobs-{n}-company": f"第{n}家" for n in range(number)}
    answer = post(client_of("store_manager"), f"/admin/designer/edit/?id={designer.public_id}", form)
    if number == 200:
        assert answer.status_code == 302
        return
    assert faults_on(answer.text) == {"jobs": "最多 200 行，现有 201 行，没有保存"}
    assert all(f'value="第{n}家"' in answer.text for n in range(number))
    with world.open() as session:
        assert [one.company for one in session.get_one(register_named("designer"), designer.id).jobs] == ["甲公司"]


@pytest.fixture
def secret_column(monkeypatch):
    """Make a column of the lines of work above a level, or masked."""

    def secret(name, **options):
        table = type(job())
        faces = {**table.faces, name: replace(table.faces[name], **options)}
        monkeypatch.setattr(table, "faces", faces)

    return secret


@pytest.mark.rule("R-CONF-01")
def test_a_column_of_lines_above_the_readers_level_is_nowhere_and_survives_their_saving(
    world, client_of, designer, secret_column
):
    secret_column("post", level=3)
    client, address = client_of("store_manager"), f"/admin/designer/edit/?id={designer.public_id}"
    form = form_of(world, "designer", designer.id) | lines_in_form(world, designer) | {"jobs-0-company": "乙公司"}
    del form["jobs-0-post"]
    for page in (client.get(address).text, client.get(address.replace("edit", "details")).text):
        assert "甲公司" in page
        assert "组长" not in page
        assert "职务" not in page
    assert post(client, address, form).status_code == 302
    with world.open() as session:
        (kept,) = session.get_one(register_named("designer"), designer.id).jobs
        assert (kept.company, kept.post) == ("乙公司", "组长")
    assert "组长" not in client.get(address.replace("edit", "details")).text


@pytest.mark.rule("R-CONF-06")
def test_a_masked_column_of_lines_shows_its_mask_and_stays_when_left_empty(world, client_of, designer, secret_column):
    secret_column("post", mask=True)
    client, address = client_of("store_manager"), f"/admin/designer/edit/?id={designer.public_id}"
    form = (
        form_of(world, "designer", designer.id)
        | lines_in_form(world, designer)
        | {"jobs-0-post": "", "jobs-0-city": "杭州"}
    )
    for page in (client.get(address).text, client.get(address.replace("edit", "details")).text):
        assert "组***" in page
        assert "组长" not in page
    assert post(client, address, form).status_code == 302
    with world.open() as session:
        (kept,) = session.get_one(register_named("designer"), designer.id).jobs
        assert (kept.city, kept.post) == ("杭州", "组长")
    typed = {**form, **lines_in_form(world, designer), "version": "2", "jobs-0-post": "主管"}
    assert post(client, address, typed).status_code == 302
    history = client.get(address.replace("edit", "details")).text
    assert "主***" in history
    assert "主管" not in history


# --- what no form sends ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "text"), [("level", "²"), ("level", "٣"), ("version", "abc"), ("jobs-²-company", "乙公司")]
)
def test_numbers_in_other_than_plain_digits_are_no_numbers(world, client_of, designer, name, text):
    form = {**form_of(world, "designer", designer.id), name: text}
    answer = post(client_of("store_manager"), f"/admin/designer/edit/?id={designer.public_id}", form)
    assert answer.status_code == (409 if name == "version" else 302)


@pytest.mark.parametrize("entry", ["²", "abc", "-1", "0", "99999999999999999999"])
def test_an_entry_of_the_history_that_does_not_exist_is_not_found(world, client_of, designer, entry):
    address = f"/admin/designer/revert/?id={designer.public_id}&entry={entry}"
    assert client_of("store_manager").get(address).status_code == 404


@pytest.mark.parametrize("number", ["99999999999999999999", "²", "-1"])
def test_numbers_in_addresses_that_no_column_holds_are_none(client_of, number):
    assert client_of("auditor").get(f"/audit/?before={number}&page={number}").status_code == 200
    assert client_of("auditor").get(f"/audit/?after={number}").status_code == 200
    assert post(client_of("store_manager"), f"/stand-ins/end/?id={number}").status_code == 404
    assert client_of("info_officer").get(f"/admin/customer/?page={number}&size={number}").status_code == 200


def test_the_nul_character_is_answered_with_400_wherever_it_is_sent(world, client_of, anonymous, make):
    estate = make("estate")
    client = client_of("info_officer")
    for address in ("customer/?q=%00", "customer/details/?id=%00", "estate/?f-district-op=contains&f-district=%00"):
        assert client.get(f"/admin/{address}").status_code == 400
    assert post(client, "/admin/estate/new/", {"name": "花\0园"}).status_code == 400
    voided = {"confirmed": "yes", "reason": "录\0错"}
    assert post(client, f"/admin/estate/delete/?id={estate.public_id}", voided).status_code == 400
    assert post(anonymous, "/login", {"username": "clerk\0", "password": "x"}).status_code == 400


def test_lines_may_be_masked_column_by_column_only():
    with pytest.raises(DeclarationError, match="mask the fields of the lines"):
        child_rows("工作简历", type(job()), mask=True)


@pytest.mark.rule("R-SIGN-06", "R-ROLE-01")
def test_what_a_rule_refuses_comes_back_in_the_form_with_all_that_was_typed(world, client_of):
    adviser = world.person("sales_adviser")
    with world.open() as session:
        named = session.get(register_named("employee"), adviser.id).public_id
    typed = {
        "recorded_at": "2026-03-03 10:00", "adviser_id": named, "adviser_kind": "sales", "clause": "sale_late",
        "items": "1", "description": "车辆交付四天后才移交", "performance_cut": "15",
    }  # fmt: skip
    answer = post(client_of("archive_keeper"), "/admin/archive_violation/new/", typed)
    assert (answer.status_code, "R-ROLE-01" in answer.text) == (403, True)  # pay is cut by the director
    assert "车辆交付四天后才移交" in answer.text
    with world.open() as session:
        assert session.scalars(select(register_named("archive_violation"))).all() == []
