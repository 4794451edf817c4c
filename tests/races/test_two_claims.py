"""Of two simultaneous registrations of one customer one is the claim; of two rulings on it one stands (R-CUST-03), over HTTP."""

from datetime import UTC, datetime
from functools import partial

import pytest

from admin_app.models import register_named
from tests.fixtures.company import PASSWORD, PERSON_IDS
from tests.races.conftest import at_once, rounds


def sheet(phone):
    """One registration as its form sends it: of the same minute, whoever writes it."""
    now = datetime.now(UTC).astimezone()
    return {
        "day": f"{now:%Y-%m-%d}", "registered_at": "2026-03-11 10:00", "channel": "visit", "name": "陈女士", "phone": phone,
        "wants": "buy", "intending": "yes", "via_intermediary": "no",
    }  # fmt: skip


def claims_of(world, phone):
    claim = register_named("customer_claim")
    with world.open() as session:
        return session.query(claim).filter_by(phone=phone).all()


@pytest.mark.rule("R-CUST-03")
def test_two_claims_on_one_customer_have_one_outcome(world, browser_of):
    managers = [browser_of("customer_manager"), browser_of("sales_adviser")]
    head, again = browser_of("store_manager"), browser_of("store_manager")
    both = {PERSON_IDS["customer_manager"], PERSON_IDS["sales_adviser"]}
    for number in range(rounds(50)):
        phone = f"157{number:08}"
        new = "/admin/customer_registration/new/"
        answers = at_once([partial(one.post, new, **sheet(phone)) for one in managers])
        assert [status for status, _page in answers] == [302, 302], answers[0][1]
        (claim,) = claims_of(world, phone)
        assert {claim.first_owner_id, claim.owner_id} == both
        form = {"reason": "电话相同", "version": str(claim.version), "password": PASSWORD}
        rulings = [(head, "same"), (again, "different")]
        address = f"/customers/claims/{claim.public_id}/"
        ruled = at_once([partial(who.post, address, ruling=ruling, **form) for who, ruling in rulings])
        assert sorted(status for status, _page in ruled) == [302, 409]
        (claim,) = claims_of(world, phone)
        said = [ruling for (_who, ruling), (status, _page) in zip(rulings, ruled, strict=True) if status == 302]
        assert [claim.verdict] == said
        assert claim.owner_after_id == (claim.first_owner_id if said == ["same"] else claim.owner_id)
