"""Every state of a loan and of a reading with every verb over HTTP, by whoever might: a literal table (R-LOAN-02).

What isn't in the table leaves the request, the paper, the signatures and the notices as they were, one entry of the trail,
and names its rule. In the everyday run those of the table and the most powerful try, in the long one every role.
"""

import os
from dataclasses import replace
from datetime import timedelta
from itertools import count

import pytest

from admin_app import clock
from admin_app.guard.stamps import operating
from admin_app.models import register_named
from admin_app.operations import records
from admin_app.operations.archives import requests
from admin_app.permissions import Level, Role
from tests.fixtures.company import PASSWORD
from tests.fixtures.untouched import names_its_rule, untouched
from tests.fixtures.web import post

pytestmark = pytest.mark.rule("R-LOAN-02", "R-LOAN-05", "R-ROLE-03", "R-ROLE-04", "R-SIGN-06")
APPLICANT, HEAD, KEEPER = "customer_manager", "store_manager", "archive_keeper"
REVIEWERS = ("archive_keeper", "info_officer", "info_supervisor", "service_manager")
#: the states, two of them as they are signed: "head" and "last" wait for the head and for the keeper; "lapses" is granted, its
#: time over, "lapsed" what the night makes of it
STATES = (
    "draft", "head", "last", "granted", "lapses", "lapsed", "refused", "withdrawn", "out", "returned",
)  # fmt: skip
#: state, verb -> who may, and the state after; everybody else, and every other verb, is refused
_APPLICANTS = {
    ("draft", "change"): "draft", ("draft", "submit"): "signing", ("draft", "withdraw"): "withdrawn",
    ("head", "change"): "draft", ("head", "withdraw"): "withdrawn",
    ("last", "change"): "draft", ("last", "withdraw"): "withdrawn",
    ("granted", "change"): "draft", ("granted", "withdraw"): "withdrawn",
    ("lapses", "change"): "draft", ("lapses", "withdraw"): "withdrawn",
}  # fmt: skip
LOAN = {move: ((APPLICANT,), after) for move, after in _APPLICANTS.items()} | {
    ("head", "sign"): ((HEAD,), "signing"), ("head", "refuse"): ((HEAD,), "refused"),
    ("last", "sign"): ((KEEPER,), "granted"), ("last", "refuse"): ((KEEPER,), "refused"),
    ("granted", "issue"): ((KEEPER,), "on_loan"),
    ("out", "return part"): ((KEEPER,), "on_loan"), ("out", "return all"): ((KEEPER,), "returned"),
}  # fmt: skip
ACCESS = LOAN | {
    ("last", "sign"): (REVIEWERS, "granted"), ("last", "refuse"): (REVIEWERS, "refused"),
    ("granted", "issue"): ((KEEPER,), "reading"), ("out", "return part"): ((KEEPER,), "reading"),
}  # fmt: skip
TABLES = {"archive_loan": LOAN, "access_request": ACCESS}
VERBS = {
    "change": ("/admin/{table}/edit/", {"purpose": "改用途", "reason": "改", "facts": "城东店", "borrower_id": ""}),
    "submit": ("/admin/{table}/submit/", {}),
    "sign": ("/admin/{table}/sign/", {"decision": "approve", "password": PASSWORD}),
    "refuse": ("/admin/{table}/sign/", {"decision": "refuse", "reason": "用途不明", "password": PASSWORD}),
    "withdraw": ("/admin/{table}/withdraw/", {"confirmed": "yes"}),
    "issue": ("/loans/issue/", {"password": PASSWORD}),
    "return part": ("/loans/return/", {"good": "1"}),
    "return all": ("/loans/return/", {"good": "2"}),
}
#: those who might, and those above all; in the long run every role
WHO = {
    "archive_loan": (APPLICANT, HEAD, KEEPER, "general_manager", "admin"),
    "access_request": (APPLICANT, HEAD, KEEPER, "info_officer", "service_manager", "general_manager"),
}
WRITTEN = ("archive_loan", "access_request", "archive_item", "archive_violation", "archive_repair")
_numbers = count(1)


def request_in(room, table, state):
    """A new request of the applicant for a new paper in two copies, as far as *state*: its id."""
    with room.world.writing() as session, clock.stopped_at(room.now):
        values = {"file_id": room.file_id, "name": f"合同{next(_numbers)}", "copies": 2}
        paper = records.create(session, register_named("archive_item"), values).id
    here = replace(room, items={Level.SECRET: paper})
    request = here.draft(table=table) if state in ("draft", "withdrawn") else here.submitted(table=table)
    if state == "refused":
        here.sign(HEAD, request, table, approve=False, reason="用途不明")
    elif state == "withdrawn":
        with here.acting(APPLICANT) as session:
            requests.withdraw(session, session.get_one(register_named(table), request), here.now)
    elif state not in ("draft", "head"):
        here.sign(HEAD, request, table)
    if state in ("granted", "lapses", "lapsed", "out", "returned"):
        here.sign(KEEPER, request, table)
    if state in ("lapses", "lapsed"):
        with here.acting("system") as session, operating(session):
            one, before = session.get_one(register_named(table), request), here.now - timedelta(hours=1)
            one.submitted_at = one.granted_at = one.lapses_at = before
            one.state = "granted" if state == "lapses" else "lapsed"
    if state in ("out", "returned"):
        here.issue(request, table=table)
    if state == "returned":
        here.take_back(request, table=table, good=2)
    return request


def send(client, room, table, request, verb):
    record = room.get(table, request)
    address, typed = VERBS[verb]
    form = {"version": str(record.version), "digest": room.digest(request, table), **typed}
    return post(client, f"{address.format(table=table)}?id={record.public_id}", form)


@pytest.mark.parametrize("table", TABLES)
def test_only_those_of_the_table_take_the_steps_of_the_table(room, clients, table):
    who = [role.value for role in Role] if os.environ.get("STRONGROOM_SOAK") else WHO[table]
    for state in STATES:
        request = request_in(room, table, state)
        for verb in VERBS:
            may, after = TABLES[table].get((state, verb), ((), None))
            for name in sorted(
                who, key=lambda one, may=may: one in may
            ):  # whoever may comes last, on what nobody touched
                told = (table, state, verb, name)
                if name in may:
                    answer = send(clients(name), room, table, request, verb)
                    assert (answer.status_code, room.get(table, request).state) == (302, after), told
                    request = request_in(room, table, state)
                    continue
                with untouched(room.world, *WRITTEN) as events:
                    answer = send(clients(name), room, table, request, verb)
                    assert names_its_rule(answer), (*told, answer.status_code, answer.text)
                assert answer.status_code == 404 or "refused" in events, told
