"""A locked month under every verb by every role: as it was, each refusal with its rule; so while all behind it changes (R-SCOR-03).

In the everyday run those who have to do with scores try, and who is above all; in the long one everybody.
"""

import os
from datetime import UTC, date, datetime
from io import BytesIO

import pytest
from click.testing import CliRunner

from admin_app import cli, clock
from admin_app.models import register_named
from admin_app.operations.customers import pool
from admin_app.operations.leaving.leaving import Plan, leave
from admin_app.operations.merging import merging, undoing
from admin_app.operations.scoring import steps
from admin_app.working.settings import Setting
from tests.fixtures.company import PASSWORD, PEOPLE, PERSON_IDS, STORE_IDS
from tests.fixtures.forms import form_of
from tests.fixtures.scoring import values_of
from tests.fixtures.untouched import names_its_rule, untouched
from tests.fixtures.web import post
from tests.sheets.conftest import Office as Ledgers
from tests.sheets.conftest import sheet, visitor
from tests.sheets.test_undoing import undone

pytestmark = pytest.mark.rule("R-SCOR-03", "R-SCOR-04", "R-ROLE-05", "R-SIGN-06")
CONCERNED = ("director", "general_manager", "customer_manager", "store_manager", "hr", "admin", "clerk")
WHO = (*PEOPLE,) if os.environ.get("STRONGROOM_SOAK") else CONCERNED
TABLES = ("score_sheet", "score_deduction")
ACTS = ("review", "approve", "accept", "object", "waive", "count", "add")
REASON = {"reason": "有误", "confirmed": "yes"}


@pytest.fixture
def locked(office):
    """March with the rules' example in it: the one sheet locked, the other still to be reviewed; a week later."""
    office.example()
    office.compute()
    office.lock()
    with clock.stopped_at(office.now):
        yield office


def steps_of(locked):
    """Every step of a sheet, alone and with others ticked. What is added names a record that is there."""
    mine, mark = locked.sheet(), locked.deductions()[0]
    typed = {
        "reason": "有误", "seen": mine.evidence_digest, "password": PASSWORD, "deduction": mark.public_id, "kind": "form",
        "path": f"visitor/{locked.visitor(9).public_id}",
    }  # fmt: skip
    for act in ACTS:
        yield act, f"/scores/{mine.public_id}/", {"act": act, **typed}
    for act in ("review", "approve"):
        ticked = {"month": "2026-03", "sheet": mine.public_id, f"seen-{mine.public_id}": mine.evidence_digest}
        yield f"{act} ticked", "/scores/sign/", {"act": act, **typed, **ticked}


def verbs_of(locked, table):
    """Every verb that records have: typed, edited, signed, voided, restored, taken back to what they were, lowered, chosen
    with others, brought in as a ledger, merged."""
    one = locked.sheet() if table == "score_sheet" else locked.deductions()[0]
    base, at = f"/admin/{table}/", f"?id={one.public_id}"
    form = form_of(locked.world, table, one.id) | {"points": "0", "total": "100", "remark": "改"}
    yield "new", f"{base}new/", form
    yield "edit", f"{base}edit/{at}", form
    for field in ("reviewed_by_id", "approved_by_id", "waived_by_id"):
        yield f"sign {field}", f"{base}sign/{at}&field={field}", {"version": str(one.version), "password": PASSWORD}
    for what in ("delete", "restore"):
        yield what, f"{base}{what}/{at}", REASON
    yield "revert", f"{base}revert/{at}&entry=1", REASON
    yield "lower", f"{base}lower/{at}", {"level": "0", **REASON}
    for what in ("void", "restore"):
        yield f"{what} chosen", f"{base}action/", {"action": what, "id": one.public_id, **REASON}
    yield "ledger", f"{base}import/", {"file": (BytesIO("月份,合计\n2026-03-01,100\n".encode()), "分数.csv")}
    yield "merge", f"/merge/{table}/compare/?kept={one.public_id}&gone={one.public_id}", REASON


def test_no_step_and_no_verb_of_anybody_moves_it_and_each_refusal_names_its_rule(locked, client_of):
    """Whoever may not even look finds nothing there (404); whoever may is told which rule stands against it."""
    for who in WHO:
        client = client_of(who)
        sees = client.get(f"/scores/{locked.sheet().public_id}/").status_code == 200
        for what, address, form in [*steps_of(locked), *verbs_of(locked, TABLES[0]), *verbs_of(locked, TABLES[1])]:
            with untouched(locked.world, *TABLES):
                answer = post(client, address, form)
            nothing_ticked = "ticked" in what and not sees and answer.status_code == 302
            assert names_its_rule(answer) or nothing_ticked, (who, what, answer.status_code)
            assert not sees or what not in ACTS or answer.status_code in (403, 409), (who, what)


def test_computing_it_again_on_screen_and_by_command_leaves_it(locked, client_of, app, monkeypatch):
    monkeypatch.setattr(cli, "create_app", lambda settings: app)
    locked.outing(9, back=False)
    for who in WHO:
        with untouched(locked.world, *TABLES):
            answer = post(client_of(who), "/scores/compute/", {"month": "2026-03"})
            told = CliRunner().invoke(cli.main, ["score", "2026-03", "--as", who])
        if who in ("director", "general_manager"):
            assert (answer.status_code, "锁定未动 1 张" in told.output) == (302, True), told.output
        else:
            assert names_its_rule(answer), who
            assert told.exit_code == 1 and "R-ROLE-01" in told.output, (who, told.output)


def test_whatever_becomes_of_the_records_behind_it_it_stays(locked, client_of, tmp_path):
    """Records edited, voided and restored, a ledger brought in and taken back, customers merged and parted, one put into the
    pool, a figure changed, the manager gone with all they had charge of. A correction shows that it would have counted."""
    before = rows_of(locked)
    for change in (edited, voided, brought_in, merged, given_back, other_figures, handed_over):
        change(locked, client_of, tmp_path)
        assert rows_of(locked) == before, change.__name__
        locked.compute()
        assert rows_of(locked) == before, change.__name__
    locked.take(steps.correct, "director", "再核一次", locked.now)
    assert locked.sheet().total < before[0]["total"]


def rows_of(office):
    """The sheet and its deductions, those taken back too."""
    return values_of(office.sheet()), [values_of(one) for one in office.deductions(voided=True)]


def first(office, table, **values):
    with office.world.open() as session:
        register = register_named(table)
        return session.query(register).filter_by(**values).order_by(register.id).first()


def edited(office, client_of, tmp_path):
    made = first(office, "follow_up", completed=True)
    form = form_of(office.world, "follow_up", made.id) | {"completed": "no"}
    answer = post(client_of("customer_manager"), f"/admin/follow_up/edit/?id={made.public_id}", form)
    assert answer.status_code == 302


def voided(office, client_of, tmp_path):
    made, client = first(office, "visitor", estate=None), client_of("store_manager")
    for what in ("delete", "restore", "delete"):
        assert post(client, f"/admin/visitor/{what}/?id={made.public_id}", REASON).status_code == 302


def brought_in(office, client_of, tmp_path):
    ledgers = Ledgers(office.world, tmp_path)
    ledgers.take_in("来店.csv", sheet(visitor(day="2026-03-20", name="迟到的人")))
    assert first(office, "visitor", name="迟到的人") is not None
    office.compute()
    undone(ledgers)


def merged(office, client_of, tmp_path):
    kept, gone = first(office, "customer", grade="A"), first(office, "customer", grade="C")
    with office.world.writing("info_officer") as session:
        both = [session.get_one(type(one), one.id) for one in (kept, gone)]
        done = merging.merge(session, *both, {}, (kept.version, gone.version), office.now)
    office.compute()
    with office.world.writing("info_officer") as session:
        undoing.undo(session, done, office.now)


def given_back(office, client_of, tmp_path):
    cold = first(office, "customer", grade="D")
    office.now = datetime(2026, 6, 1, 2, tzinfo=UTC)
    with office.acting("store_manager") as session:
        pool.release(session, session.get_one(type(cold), cold.id), office.now)


def other_figures(office, client_of, tmp_path):
    with office.world.writing() as session:
        from_day, now = date(2026, 3, 1), office.now
        session.add(Setting(name="contacts_b", value="9", valid_from=from_day, set_by_id=1, set_at=now))


def handed_over(office, client_of, tmp_path):
    with office.world.writing() as session:
        successor = session.get_one(register_named("employee"), PERSON_IDS["customer_manager2"])
        successor.store_id = STORE_IDS["城东店"]
    plan = Plan(first=PERSON_IDS["customer_manager2"], last_day=office.now.date())
    with office.acting("general_manager") as session:
        leaver = session.get_one(register_named("employee"), PERSON_IDS["customer_manager"])
        leave(session, leaver, plan, office.now)
