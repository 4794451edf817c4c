"""The same table of signatures over HTTP: what isn't open leaves the form as it was and names its rule (soak)."""

import pytest

from admin_app import clock
from admin_app.models import register_named
from admin_app.permissions import Role
from admin_app.working.trail import TrailEntry
from tests.fixtures.archive_room import WEDNESDAY
from tests.fixtures.records import make_record
from tests.fixtures.web import post
from tests.fixtures.what_leaves import IDS, STATES, TABLE, values_in

pytestmark = [
    pytest.mark.soak,
    pytest.mark.rule("R-CONF-07", "R-CONF-08", "R-CONF-09", "R-CONF-10", "R-ARCH-08", "R-SIGN-06"),
]


@pytest.mark.parametrize(
    ("table", "place", "state"), [(table, place, state) for table, place in TABLE for state in STATES[table]]
)
def test_a_step_is_done_by_those_of_the_table_and_by_nobody_else(world, client_of, table, place, state):
    roles, answers = TABLE[table, place]
    register, code_and_rule = register_named(table), answers[state]
    with clock.stopped_at(WEDNESDAY):
        for role in Role:
            with world.writing() as session:
                record = make_record(session, table, **values_in(table, state))
                public_id, id_, version, held = record.public_id, record.id, record.version, getattr(record, place)
            address = f"/admin/{table}/sign/?id={public_id}&field={place}"
            answer = post(client_of(role.value), address, {"version": str(version), "confirmed": "yes"})
            with world.open() as session:
                signed = getattr(session.get_one(register, id_), place)
                noted = session.query(TrailEntry).filter_by(table_name=table, record_id=id_, event="signed").count()
            if role in roles and code_and_rule == ("", "") and held is None:
                assert (answer.status_code, signed, noted) == (302, IDS[role], 1), role
            else:
                assert (answer.status_code in (403, 404, 409), signed, noted) == (True, held, 0), role
            if role in roles and code_and_rule != ("", ""):
                assert code_and_rule[1] in answer.text, role
