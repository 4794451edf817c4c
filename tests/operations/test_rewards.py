"""Rewards and fines on every path: in range or refused, approved with what and by whom, the informant told to none (R-SCOR-06)."""

from datetime import date
from decimal import Decimal

import pytest
from sqlalchemy import select

from admin_app import clock
from admin_app.guard.stamps import operating
from admin_app.models import register_named
from admin_app.operations import records, signatures
from admin_app.permissions import Level
from admin_app.sheets import results
from admin_app.storage import folder_of
from admin_app.verdicts import Refused
from tests.fixtures.company import DEPARTMENT_IDS, PERSON_IDS
from tests.fixtures.scoring import COUNTED_ON
from tests.fixtures.web import post

pytestmark = pytest.mark.rule("R-SCOR-06")
EAST = {"store_id": 1, "department_id": DEPARTMENT_IDS["城东店"]}
ABSENT = {
    "decided_on": date(2026, 3, 9), "person_id": PERSON_IDS["customer_manager"], "kind": "penalty", "penalty_clause": "absence",
    "clause_text": "空岗", "amount": Decimal(20), "reason": "离岗四十分钟",
}  # fmt: skip
REPORT = {
    "decided_on": date(2026, 3, 9), "kind": "reward", "reward_clause": "private_deal_report", "clause_text": "检举私单",
    "amount": Decimal(1000), "reason": "属实", "informant": "陆某",
}  # fmt: skip


@pytest.fixture(autouse=True)
def now():
    with clock.stopped_at(COUNTED_ON):
        yield


def paid():
    return register_named("reward_penalty")


def write(world, who="director", **values):
    """Added as that person; its id."""
    with world.writing(who) as session:
        return records.add(session, paid(), {**EAST, **values}).id


def held(world, id_):
    with world.open() as session:
        return session.get_one(paid(), id_)


def change(world, id_, who="director", **values):
    with world.writing(who) as session:
        records.change(session, session.get_one(paid(), id_), values)


def proposed(world, id_, by="store_manager"):
    with world.writing() as session, operating(session):
        one = session.get_one(paid(), id_)
        one.proposed_by_id, one.proposed_at = PERSON_IDS[by], COUNTED_ON


def approve(world, id_, who):
    with world.writing(who) as session:
        one = session.get_one(paid(), id_)
        signatures.sign(session, one, one.faces["approved_by_id"], one.version, COUNTED_ON, COUNTED_ON)


def code(step, *arguments, **more):
    with pytest.raises(Refused) as refused:
        step(*arguments, **more)
    return refused.value.verdict.rule, refused.value.verdict.code


@pytest.mark.parametrize(
    ("clause", "amount", "in_range"),
    [("absence", 20, True), ("absence", 21, False), ("disobedience", 49, False), ("disobedience", 75, True),
     ("leak", 500, True), ("leak", 501, False), ("private_deal", 1_000_000, True)],
)  # fmt: skip
def test_an_amount_outside_its_clause_is_refused_when_added_and_when_changed(world, clause, amount, in_range):
    """By the list: 空岗 20, 不服从管理 50 to 100, 泄密 200 to 500, 私单 from 0 without end."""
    told = {**ABSENT, "penalty_clause": clause, "amount": Decimal(amount)}
    one = write(world, **ABSENT)
    if in_range:
        assert held(world, write(world, **told)).amount == amount
        change(world, one, penalty_clause=clause, amount=Decimal(amount))
        return
    assert code(write, world, **told) == ("R-SCOR-06", "out_of_range")
    assert code(change, world, one, penalty_clause=clause, amount=Decimal(amount)) == ("R-SCOR-06", "out_of_range")
    assert (held(world, one).penalty_clause, held(world, one).amount) == ("absence", 20)


@pytest.mark.rule("R-IMPT-04")
def test_of_a_ledger_only_the_line_outside_its_clause_is_refused_and_mended_it_comes_in(world, tmp_path):
    """空岗 is 20 and no more: of three lines the 21 is refused. Then the first is changed to 19, which is refused alike."""
    header = "奖惩日期,当事人,奖或惩,惩罚条款,条款,金额,事由,门店,部门"
    who, clause = held_name(world), "不按时到岗、空岗、脱岗、串岗"
    lines = [
        f"2026-03-0{day},{who},惩罚,{clause},空岗,{amount},离岗{day},城东店,城东店"
        for day, amount in ((2, 20), (3, 21), (4, 20))
    ]
    outcome = take_in(world, tmp_path, header, *lines)
    assert (outcome["added"], outcome["refused"]) == (2, 1), outcome["errors"]
    assert [(one["line"], one["column"], one["code"]) for one in outcome["errors"]] == [(3, "金额", "out_of_range")]
    outcome = take_in(world, tmp_path, header, lines[0].replace(",20,", ",19,"), lines[1].replace(",21,", ",20,"))
    assert (outcome["added"], outcome["changed"], outcome["refused"]) == (1, 0, 1), outcome
    with world.open() as session:
        assert list(session.scalars(select(paid().amount))) == [20, 20, 20]


def held_name(world):
    with world.open() as session:
        return session.get_one(register_named("employee"), PERSON_IDS["customer_manager"]).name


def take_in(world, folder, *lines):
    (folder / "奖惩.csv").write_text("\n".join(lines), encoding="utf-8")
    with world.open("director") as session:
        return results.import_file(session, "reward_penalty", folder / "奖惩.csv", store=folder_of(world.settings))


def test_on_screen_the_form_stays_and_says_the_range(world, client_of):
    with world.open() as session:
        manager = session.get_one(register_named("employee"), ABSENT["person_id"]).public_id
    typed = {**ABSENT, "decided_on": "2026-03-09", "person_id": manager, "amount": "35", "store_id": "", "level": "2"}
    answer = post(client_of("director"), "/admin/reward_penalty/new/", typed)
    assert answer.status_code == 403
    assert "按这一条款，金额为 20.00 元" in answer.text and "离岗四十分钟" in answer.text and "R-SCOR-06" in answer.text


def test_a_fine_is_approved_with_clause_and_proposal_by_another(world):
    one = write(world, who="director", **ABSENT, proposed_by_id=None)
    assert code(approve, world, one, "general_manager") == ("R-SCOR-06", "not_signed")
    proposed(world, one)
    assert code(approve, world, one, "director") == ("R-ROLE-04", "own_request")
    approve(world, one, "general_manager")
    assert held(world, one).approved_by_id == PERSON_IDS["general_manager"]
    unnamed = write(world, **{**ABSENT, "penalty_clause": None})
    proposed(world, unnamed)
    assert code(approve, world, unnamed, "general_manager") == ("R-SCOR-06", "incomplete")


def test_a_private_deal_is_approved_with_dismissal_and_the_whole_loss(world):
    deal = {
        **ABSENT,
        "penalty_clause": "private_deal",
        "amount": Decimal(5000),
        "loss": Decimal(8000),
        "dismissed": True,
    }
    one = write(world, **deal)
    proposed(world, one)
    assert code(approve, world, one, "general_manager") == ("R-SCOR-06", "incomplete")
    change(world, one, amount=Decimal(8000))
    proposed(world, one)
    approve(world, one, "general_manager")


def test_a_report_is_paid_in_cash_confidential_and_approved_by_the_general_manager(world):
    """Whoever writes it down, it is 机密 and in cash; one that becomes a report is, too."""
    one = write(world, who="store_manager", **REPORT)
    assert (held(world, one).level, held(world, one).cash) == (Level.CONFIDENTIAL, True)
    proposed(world, one)
    assert code(approve, world, one, "director") == ("R-SCOR-06", "not_signer")
    approve(world, one, "general_manager")
    praise = {
        **REPORT,
        "reward_clause": "public_praise",
        "clause_text": "表扬",
        "amount": Decimal(100),
        "informant": None,
    }
    other = write(world, **praise, person_id=PERSON_IDS["customer_manager"])
    change(world, other, reward_clause="private_deal_report", amount=Decimal(1000))
    assert (held(world, other).level, held(world, other).cash) == (Level.CONFIDENTIAL, True)


def test_who_reported_is_told_to_nobody_below_top_secret_neither_by_field_nor_history_nor_trail(world, client_of):
    """The store manager wrote it down. The director reads the row of 机密, and finds neither name."""
    one = write(world, who="store_manager", **REPORT)
    address = f"/admin/reward_penalty/details/?id={held(world, one).public_id}"
    with world.open() as session:
        writer = session.get_one(register_named("employee"), PERSON_IDS["store_manager"]).name
    page = client_of("director").get(address).text
    assert "检举私单" in page and "陆某" not in page and writer not in page and "不公开" in page
    assert client_of("store_manager").get(address).status_code == 404
    assert "陆某" in client_of("general_manager").get(address).text
