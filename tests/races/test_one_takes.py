"""Of two managers who take one customer from the pool at once one is told that they are too late (R-CUST-09), over HTTP."""

from functools import partial

import pytest

from admin_app.models import register_named
from tests.fixtures.company import PERSON_IDS
from tests.fixtures.records import make_record
from tests.races.conftest import at_once, rounds


@pytest.mark.rule("R-CUST-09")
def test_of_two_who_take_one_customer_one_has_them(world, browser_of):
    with world.writing() as session:
        session.get_one(register_named("employee"), PERSON_IDS["customer_manager2"]).store_id = 1
        pooled = [
            make_record(session, "customer", status="prospect", owner_id=None, store_id=1, withdrawn_on=None)
            for _ in range(rounds(50))
        ]
        waiting = [(one.id, one.public_id) for one in pooled]
    managers = {name: browser_of(name) for name in ("customer_manager", "customer_manager2")}
    for id_, public_id in waiting:
        form = {"act": "take", "customer": public_id}
        answers = at_once([partial(one.post, "/customers/pool/", **form) for one in managers.values()])
        assert sorted(status for status, _page in answers) == [302, 409], answers
        (winner,) = [name for name, (status, _page) in zip(managers, answers, strict=True) if status == 302]
        with world.open() as session:
            assert session.get_one(register_named("customer"), id_).owner_id == PERSON_IDS[winner]
