"""Every state of what comes in and leaves, with every signature and verb over HTTP, from literal tables (R-SIGN-06).

What isn't in them leaves the form as it was, one entry of the trail, and names its rule. One world for each register. In the
everyday run those of the tables and the most powerful try, in the long one every role.
"""

import os

import pytest

from admin_app import clock
from admin_app.models import register_named
from admin_app.permissions import Role
from admin_app.working.trail import TrailEntry
from tests.fixtures.archive_room import WEDNESDAY
from tests.fixtures.forms import form_of
from tests.fixtures.records import make_record
from tests.fixtures.untouched import names_its_rule, untouched
from tests.fixtures.web import post
from tests.fixtures.what_leaves import IDS, MAY, STATES, TABLE, values_in

pytestmark = pytest.mark.rule(
    "R-ARCH-04", "R-CONF-07", "R-CONF-08", "R-CONF-09", "R-CONF-10", "R-ARCH-08", "R-ROLE-05", "R-SIGN-06"
)
KEEPER, OFFICER, SUPERVISOR = Role.ARCHIVE_KEEPER, Role.INFO_OFFICER, Role.INFO_SUPERVISOR
MANAGER, GENERAL = Role.SERVICE_MANAGER, Role.GENERAL_MANAGER
#: who is above all, whose room it is, who sets the program up
MOST_POWERFUL = (GENERAL, KEEPER, Role.ADMIN)
VERBS = ("edit", "void")
#: who may change a form and who may void it, in every state but those of ``CLOSED``; a void asks for the right to it
VERBS_MAY = {
    ("archive_handover", "edit"): {KEEPER, Role.SALES_ADVISER},
    ("archive_handover", "void"): {KEEPER},
    ("copy_permit", "edit"): {SUPERVISOR, MANAGER},
    ("copy_permit", "void"): {SUPERVISOR},
    ("external_provision", "edit"): {SUPERVISOR, MANAGER},
    ("external_provision", "void"): {SUPERVISOR},
    ("classified_transfer", "edit"): {SUPERVISOR, MANAGER, KEEPER},
    ("classified_transfer", "void"): {SUPERVISOR},
    ("report_release", "edit"): {OFFICER, SUPERVISOR},
    ("report_release", "void"): {SUPERVISOR},
    ("leak_report", "edit"): {SUPERVISOR, MANAGER, GENERAL},
    ("leak_report", "void"): {GENERAL},
}
#: signed to the end: nobody changes or voids it any more
CLOSED = {("leak_report", "closed")}
#: what the rules know and the database holds no row of
UNWRITTEN = {("classified_transfer", "unguarded")}


def states(table):
    return [state for state in STATES[table] if (table, state) not in UNWRITTEN]


def written(world, table, state):
    """A new form in that *state*: its id, and its id in addresses."""
    with world.writing() as session:
        record = make_record(session, table, **values_in(table, state))
        return record.id, record.public_id


def sign(world, client, table, place, id_, public_id):
    with world.open() as session:
        version = session.get_one(register_named(table), id_).version
    return post(
        client, f"/admin/{table}/sign/?id={public_id}&field={place}", {"version": str(version), "confirmed": "yes"}
    )


def do(world, client, table, verb, id_, public_id):
    if verb == "edit":
        form = {**form_of(world, table, id_), "remark": "改"}
        return post(client, f"/admin/{table}/edit/?id={public_id}", form)
    return post(client, f"/admin/{table}/delete/?id={public_id}", {"reason": "误建", "confirmed": "yes"})


def trying(may):
    """Who tries: in the long run every role; whoever *may* comes last, on what nobody has touched."""
    all_ = [*Role] if os.environ.get("STRONGROOM_SOAK") else [*dict.fromkeys((*MOST_POWERFUL, *sorted(may)))]
    return sorted(all_, key=lambda role: role in may)


@pytest.mark.parametrize("table", STATES)
def test_a_form_is_signed_by_those_of_the_table_and_by_nobody_else(world, client_of, table):
    with clock.stopped_at(WEDNESDAY):
        clients = {role: client_of(role.value) for role in Role}
        for place in (face for one, face in TABLE if one == table):
            roles, answers = TABLE[table, place]
            for state in states(table):
                id_, public_id = written(world, table, state)
                given = values_in(table, state).get(place) is not None
                may = roles if answers[state] == MAY and not given else set()
                for role in trying(roles):
                    told = (table, place, state, role)
                    if role in may:
                        assert sign(world, clients[role], table, place, id_, public_id).status_code == 302, told
                        assert signature_of(world, table, id_, place) == (IDS[role], 1), told
                        id_, public_id = written(world, table, state)
                        continue
                    with untouched(world, table) as events:
                        answer = sign(world, clients[role], table, place, id_, public_id)
                        assert names_its_rule(answer), (*told, answer.status_code, answer.text)
                    assert answer.status_code == 404 or "refused" in events, told
                    if role in roles:
                        assert answers[state][1] in answer.text, told


def signature_of(world, table, id_, place):
    """Who signed there, and how often the trail says that somebody signed the form."""
    with world.open() as session:
        noted = session.query(TrailEntry).filter_by(table_name=table, record_id=id_, event="signed").count()
        return getattr(session.get_one(register_named(table), id_), place), noted


@pytest.mark.parametrize("table", STATES)
def test_a_form_is_changed_and_voided_by_those_of_the_table_and_by_nobody_else(world, client_of, table):
    with clock.stopped_at(WEDNESDAY):
        clients = {role: client_of(role.value) for role in Role}
        for state in states(table):
            id_, public_id = written(world, table, state)
            for verb in VERBS:
                granted = VERBS_MAY[table, verb]
                may = set() if (table, state) in CLOSED else granted
                for role in trying(granted):
                    told = (table, state, verb, role.value)
                    if role in may:
                        assert do(world, clients[role], table, verb, id_, public_id).status_code == 302, told
                        id_, public_id = written(world, table, state)
                        continue
                    with untouched(world, table) as events:
                        answer = do(world, clients[role], table, verb, id_, public_id)
                        assert names_its_rule(answer), (*told, answer.status_code, answer.text)
                    assert answer.status_code == 404 or "refused" in events, told
                    if role in granted:
                        assert ("R-ROLE-05" in answer.text, "<code>locked</code>" in answer.text) == (True, True), told
