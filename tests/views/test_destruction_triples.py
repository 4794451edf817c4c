"""Every state of a destruction with every signature and verb over HTTP, from a literal table (R-ARCH-07).

What isn't in the table leaves list, files and papers as they were, one entry of the trail, and names its rule. In the everyday
run those of the table and the most powerful try, in the long one every role.
"""

import os
from datetime import timedelta

import pytest

from admin_app import clock
from admin_app.models import register_named
from admin_app.operations import records
from admin_app.permissions import Role
from tests.fixtures.archive_room import WEDNESDAY
from tests.fixtures.company import PASSWORD
from tests.fixtures.destruction import CLOSED, HERE, SIGNERS
from tests.fixtures.forms import form_of
from tests.fixtures.untouched import names_its_rule, untouched
from tests.fixtures.web import post

pytestmark = pytest.mark.rule("R-ARCH-07", "R-ROLE-04", "R-ROLE-05", "R-SIGN-06")
OFFICER, SUPERVISOR, HEAD = "info_officer", "info_supervisor", "store_manager"
KEEPER, GENERAL = "archive_keeper", "general_manager"
#: in order; "carried out": how it was destroyed is written, "witnessed": by the first, "done": by both
STATES = ("listed", "appraised", "head", "approved", "carried out", "witnessed", "done", "given up")
#: what can be done besides signing: what somebody writes into the list, and giving it up
EDITS = {
    "change": {"opinion": "照办"},
    "note": {"remark": "照片另附"},
    "carry out": {"destroyed_on": "2026-03-11", "way": "burn"},
}
VERBS = (*SIGNERS, *EDITS, "void", "restore")
_JUDGED = ("appraised", "head", "approved")
#: state, verb -> who may; everybody else is refused, and so is every verb that isn't there
MAY = {
    ("listed", "appraised_by_id"): {OFFICER, SUPERVISOR},
    ("appraised", "head_signed_by_id"): {HEAD},
    ("head", "approved_by_id"): {GENERAL},
    ("carried out", "first_witness_by_id"): {OFFICER, SUPERVISOR},
    # the first witness was the officer
    ("witnessed", "second_witness_by_id"): {SUPERVISOR},
    **{(state, verb): {KEEPER, OFFICER, SUPERVISOR}
       for state in ("listed", *_JUDGED, "carried out") for verb in EDITS},
    ("witnessed", "note"): {KEEPER, OFFICER, SUPERVISOR},
    **{(state, "void"): {KEEPER} for state in ("listed", *_JUDGED, "carried out")},
    ("given up", "restore"): {KEEPER},
}  # fmt: skip
WHO = (KEEPER, OFFICER, SUPERVISOR, HEAD, GENERAL, "service_manager", "admin")
WRITTEN = ("destruction", "archive_file", "archive_item")


def list_in(ending, state):
    """A list of a new file whose time is up, as far as *state*: its id."""
    with ending.room.acting("system") as session:
        like = session.get_one(register_named("archive_file"), ending.room.file_id)
        values = {
            "customer_id": like.customer_id, "archive_type_id": like.archive_type_id, "title": "旧档",
            "opened_on": CLOSED - timedelta(days=30), "department_id": HERE,
        }  # fmt: skip
        file = records.create(session, register_named("archive_file"), values).id
        records.create(session, register_named("archive_item"), {"file_id": file, "name": "合同"})
    ending.close(file)
    listing = ending.listing(file)
    for place, reached in zip(SIGNERS, ("appraised", "head", "approved"), strict=False):
        if STATES.index(reached) <= STATES.index(state) != STATES.index("given up"):
            ending.sign(listing, place)
    if state in ("carried out", "witnessed", "done"):
        ending.change(listing, destroyed_on=ending.today, way="shred")
    if state in ("witnessed", "done"):
        ending.sign(listing, "first_witness_by_id")
    if state == "done":
        ending.sign(listing, "second_witness_by_id")
    if state == "given up":
        with ending.room.acting(KEEPER) as session:
            records.void(session, session.get_one(register_named("destruction"), listing), "选错了")
    return listing


def send(client, ending, listing, verb):
    record = ending.room.get("destruction", listing)
    if verb in SIGNERS:
        form = {"version": str(record.version), "confirmed": "yes", "password": PASSWORD}
        return post(client, f"/admin/destruction/sign/?id={record.public_id}&field={verb}", form)
    if verb in EDITS:
        form = {**form_of(ending.room.world, "destruction", listing), **EDITS[verb]}
        return post(client, f"/admin/destruction/edit/?id={record.public_id}", form)
    what = {"void": "delete"}.get(verb, verb)
    return post(client, f"/admin/destruction/{what}/?id={record.public_id}", {"reason": "选错了", "confirmed": "yes"})


def test_only_those_of_the_table_take_the_steps_of_the_table(ending, client_of):
    who = [role.value for role in Role] if os.environ.get("STRONGROOM_SOAK") else WHO
    with clock.stopped_at(WEDNESDAY):
        clients = {name: client_of(name) for name in who}
    with clock.stopped_at(WEDNESDAY):
        for state in STATES:
            listing = list_in(ending, state)
            for verb in VERBS:
                may = MAY.get((state, verb), set())
                for name in sorted(who, key=lambda one, may=may: one in may):
                    told = (state, verb, name)
                    if name in may:
                        assert send(clients[name], ending, listing, verb).status_code == 302, told
                        listing = list_in(ending, state)
                        continue
                    with untouched(ending.room.world, *WRITTEN) as events:
                        answer = send(clients[name], ending, listing, verb)
                        assert names_its_rule(answer), (*told, answer.status_code, answer.text)
                    assert answer.status_code == 404 or "refused" in events, told
