"""A score sheet is locked while its points change: what is locked is what was signed, the change in it or refused (R-SCOR-03)."""

from datetime import UTC, datetime
from functools import partial

import pytest

from admin_app.models import register_named
from admin_app.operations.scoring import adjusting, steps
from tests.fixtures.company import PASSWORD, PERSON_IDS
from tests.fixtures.forms import form_of
from tests.fixtures.scoring import MARCH
from tests.races.conftest import at_once, rounds

pytestmark = pytest.mark.rule("R-SCOR-03", "R-ROLE-05")
WAIVED = {"act": "waive", "reason": "已核实"}


@pytest.fixture
def office(office):
    """March with the rules' example, computed now."""
    office.now = datetime.now(UTC)
    office.example()
    office.compute()
    return office


def next_sheet(office, accepted):
    """A sheet that is reviewed, and *accepted* or still to be: that of the last round, or its correction where it is locked."""
    office.now = datetime.now(UTC)
    if office.sheet().state == "accepted" and not accepted:
        office.approve()
    if office.sheet().approved_at:
        office.take(steps.correct, "director", "再核一次", office.now)
    if office.sheet().state == "computed":
        office.review()
    if accepted and office.sheet().state != "accepted":
        office.accept()
    return office.sheet()


def standing_of(office):
    """What counts on the newest sheet now: its points, and the sum of what its deductions take off."""
    sheet, taken = office.sheet(), [one for one in office.deductions() if not one.waived]
    return sheet.full_marks - sheet.total, sum(one.points for one in taken)


def test_a_waiver_is_in_before_the_lock_and_counts_or_comes_too_late_and_is_refused(office, browser_of):
    """Reviewed, not yet accepted: waiving takes the sheet back to be reviewed anew; accepting closes it to waivers."""
    director, person, manager = map(browser_of, ("director", "customer_manager", "general_manager"))
    for _round in range(rounds(50)):
        sheet = next_sheet(office, accepted=False)
        deduction = next(one for one in office.deductions() if not one.waived)
        address = f"/scores/{sheet.public_id}/"
        (waived, told), (accepted, _page), (locked, _told) = at_once(
            [
                partial(director.post, address, **WAIVED, deduction=deduction.public_id),
                partial(person.post, address, act="accept"),
                partial(manager.post, address, act="approve", seen=sheet.evidence_digest, password=PASSWORD),
            ]
        )
        after, gone = office.sheet(), office.deductions()
        assert (waived, accepted, locked) in {(302, 409, 409), (409, 302, 302), (409, 302, 409)}
        counted = next(one for one in gone if one.id == deduction.id)
        assert counted.waived is (waived == 302)
        assert (after.state == "approved") is (locked == 302)
        if waived == 409:
            assert "R-SCOR-03" in told
            assert (after.total, after.evidence_digest) == (sheet.total, sheet.evidence_digest)
        else:
            assert (after.state, after.reviewed_at) == ("computed", None)
        off, taken = standing_of(office)
        assert off == taken
        if waived == 302:
            office.take(
                partial(adjusting.waive, waived=False), "director", deduction.public_id, "再核", datetime.now(UTC)
            )


def test_a_record_edited_while_its_month_is_computed_and_locked_never_moves_what_was_signed(office, browser_of):
    """A contact of March is taken for none and for one by turns, while the month is computed and the sheet approved: either
    the points that were signed are locked, or computing has seen the edit first and they are to be signed again."""
    person, director, manager = map(browser_of, ("customer_manager", "director", "general_manager"))
    contact = a_contact(office)
    for turn in range(rounds(50)):
        sheet = next_sheet(office, accepted=True)
        form = form_of(office.world, "follow_up", contact.id) | {"completed": "yes" if turn % 2 else "no"}
        (edited, page), (computed, _page), (locked, told) = at_once(
            [
                partial(person.post, f"/admin/follow_up/edit/?id={contact.public_id}", **form),
                partial(director.post, f"/scores/compute/?month={MARCH}"),
                partial(manager.post, f"/scores/{sheet.public_id}/", act="approve", seen=sheet.evidence_digest,
                        password=PASSWORD),
            ]
        )  # fmt: skip
        after = office.sheet()
        assert (edited, computed, locked in (302, 409)) == (302, 302, True), page
        if locked == 302:
            assert (after.id, after.state, after.total, after.evidence_digest) == (
                sheet.id, "approved", sheet.total, sheet.evidence_digest,
            )  # fmt: skip
        else:
            assert "R-SCOR-03" in told
            assert (after.state, after.approved_at, after.total == sheet.total) == ("computed", None, False)
        off, taken = standing_of(office)
        assert off == taken


def a_contact(office):
    """A contact of the customer of grade A, who lacks one more without it."""
    contact = register_named("follow_up")
    with office.world.open() as session:
        return session.query(contact).filter_by(owner_id=PERSON_IDS["customer_manager"]).order_by(contact.id).first()
