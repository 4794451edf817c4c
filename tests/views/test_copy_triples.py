"""Every state of what copies are handed out of, with every verb over HTTP, from literal tables (R-CONF-07, R-ARCH-08).

What isn't in them leaves the form and its copies as they were, one entry of the trail, and names its rule. In the everyday run
those of the tables and the most powerful try, in the long one every role.
"""

import os

import pytest

from admin_app import clock
from admin_app.models import lines_of, register_named
from admin_app.operations import followups
from admin_app.permissions import Role
from tests.fixtures.archive_room import WEDNESDAY
from tests.fixtures.company import PERSON_IDS
from tests.fixtures.records import make_record
from tests.fixtures.untouched import names_its_rule, untouched
from tests.fixtures.web import post
from tests.fixtures.what_leaves import ANOTHER, APPLICANT, CHECKED, DAY, EARLIER

pytestmark = pytest.mark.rule("R-CONF-07", "R-ARCH-08", "R-ROLE-03", "R-SIGN-06")
KEEPER, OFFICER, SUPERVISOR = "archive_keeper", "info_officer", "info_supervisor"
GENERAL = "general_manager"
PERMIT, RELEASE = "copy_permit", "report_release"
#: who is above all, and who judges such forms and hands none out
MOST_POWERFUL = (GENERAL, "service_manager", "admin", KEEPER, SUPERVISOR)

_SIGNED = {"approved_by_id": EARLIER}
_JUDGED = {"reviewed_by_id": EARLIER, "approved_by_id": ANOTHER}
_CHECKED = {**_JUDGED, **CHECKED}
_GIVEN = {PERMIT: {**_SIGNED, "handed_out_on": DAY}, RELEASE: {**_CHECKED, "issued_on": DAY}}
_GONE = {"voided_at": WEDNESDAY, "void_reason": "重复"}
#: state -> what stands on a form of two copies, and for each copy handed out whether it is still out
STATES = {
    PERMIT: {
        "asked": ({}, ()), "refused": ({"decision": "refused"}, ()), "signed": (_SIGNED, ()),
        "run out": ({**_SIGNED, "use_until": DAY}, ()), "void": ({**_SIGNED, **_GONE}, ()),
        "one out": (_GIVEN[PERMIT], (True,)), "both out": (_GIVEN[PERMIT], (True, True)),
        "first back": (_GIVEN[PERMIT], (False, True)), "both back": (_GIVEN[PERMIT], (False, False)),
    },
    RELEASE: {
        "asked": ({}, ()), "refused": ({"state": "refused"}, ()), "judged": (_JUDGED, ()), "signed": (_CHECKED, ()),
        "void": ({**_CHECKED, **_GONE}, ()),
        "one out": (_GIVEN[RELEASE], (True,)), "both out": (_GIVEN[RELEASE], (True, True)),
        "first back": (_GIVEN[RELEASE], (False, True)), "both back": (_GIVEN[RELEASE], (False, False)),
    },
}  # fmt: skip
#: verb -> address, and what is sent; the first copy is the one that is taken back or shredded
VERBS = {
    "give one": ("/copies/{table}/", {"employee__text": f"{PERSON_IDS['designer']:04}", "wanted": "1"}),
    "give two": ("/copies/{table}/", {"employee__text": f"{PERSON_IDS['designer']:04}", "wanted": "2"}),
    "take back": ("/copies/{table}/", {"act": "returned", "number": "1/2"}),
    "shred": ("/copies/{table}/", {"act": "destroyed", "number": "1/2"}),
    "note a change": ("/copies/change/", {"item": "投诉件数", "before": "36", "after": "35"}),
}
#: whose each verb is; a change is noted by who keeps releases, and by the general manager
WHOSE = {
    PERMIT: dict.fromkeys(("give one", "give two", "take back", "shred"), {KEEPER}),
    RELEASE: {
        **dict.fromkeys(("give one", "give two", "take back", "shred"), {OFFICER, SUPERVISOR}),
        "note a change": {OFFICER, SUPERVISOR, GENERAL},
    },
}  # fmt: skip
MAY = ""
#: to the keeper a permit exists while there is something of it to give or to call in
NOWHERE = "404"
#: table, state -> in the order of ``VERBS`` what those are told whose it is: the code of the refusal, or that they may
TABLE = {
    (PERMIT, "asked"): (NOWHERE, NOWHERE, NOWHERE, NOWHERE),
    (PERMIT, "refused"): (NOWHERE, NOWHERE, NOWHERE, NOWHERE),
    (PERMIT, "signed"): (MAY, MAY, "wrong_state", "wrong_state"),
    (PERMIT, "run out"): ("lapsed", "lapsed", "wrong_state", "wrong_state"),
    (PERMIT, "void"): (NOWHERE, NOWHERE, NOWHERE, NOWHERE),
    (PERMIT, "one out"): (MAY, "copies", MAY, MAY),
    (PERMIT, "both out"): ("copies", "copies", MAY, MAY),
    (PERMIT, "first back"): ("copies", "copies", "wrong_state", "wrong_state"),
    (PERMIT, "both back"): (NOWHERE, NOWHERE, NOWHERE, NOWHERE),
    (RELEASE, "asked"): ("not_signed", "not_signed", "wrong_state", "wrong_state", "wrong_state"),
    (RELEASE, "refused"): ("wrong_state", "wrong_state", "wrong_state", "wrong_state", "wrong_state"),
    (RELEASE, "judged"): ("not_signed", "not_signed", "wrong_state", "wrong_state", "wrong_state"),
    (RELEASE, "signed"): (MAY, MAY, "wrong_state", "wrong_state", "wrong_state"),
    (RELEASE, "void"): ("wrong_state", "wrong_state", "wrong_state", "wrong_state", "wrong_state"),
    (RELEASE, "one out"): (MAY, "copies", MAY, "wrong_state", MAY),
    (RELEASE, "both out"): ("copies", "copies", MAY, "wrong_state", MAY),
    (RELEASE, "first back"): ("copies", "copies", "wrong_state", "wrong_state", MAY),
    (RELEASE, "both back"): ("copies", "copies", "wrong_state", "wrong_state", MAY),
}


def written(world, table, state):
    """A new form in that *state*, known to those whose turn it is: its id, and its id in addresses."""
    values, copies = STATES[table][state]
    register = register_named(table)
    line = lines_of(register, register.faces["copies_given"])
    given = [line(copy_number=f"{number}/2", **_where(table, out)) for number, out in enumerate(copies, 1)]
    with world.writing() as session:
        asked = {"applicant_id": APPLICANT, "created_by_id": APPLICANT, "copies": 2}
        record = make_record(session, table, **asked, copies_given=given, **values)
        followups.keep_true(session, record, {})
        return record.id, record.public_id


def _where(table, out):
    here = {"holder_id": PERSON_IDS["sales"], "given_on": DAY}
    if table == PERMIT:
        return {**here, "state": "out" if out else "returned", "ended_on": None if out else DAY}
    return {**here, "returned_on": None if out else DAY}


def lines(world, table, id_):
    """How many copies have been handed out, how many of them are out, and how many changes are noted."""
    with world.open() as session:
        form = session.get_one(register_named(table), id_)
        out = [one for one in form.copies_given if getattr(one, "ended_on", None) is getattr(one, "returned_on", None)]
        return len(form.copies_given), len(out), len(getattr(form, "changes", ()))


#: what each verb adds to the numbers of ``lines``
ADDS = {
    "give one": (1, 1, 0), "give two": (2, 2, 0), "take back": (0, -1, 0), "shred": (0, -1, 0), "note a change": (0, 0, 1),
}  # fmt: skip


def trying(may):
    """Who tries: in the long run every role; whoever *may* comes last, on what nobody has touched."""
    soak = os.environ.get("STRONGROOM_SOAK")
    everybody = [role.value for role in Role] if soak else [*dict.fromkeys((*MOST_POWERFUL, *sorted(may)))]
    return sorted(everybody, key=lambda name: name in may)


@pytest.mark.parametrize("table", STATES)
def test_copies_are_given_and_called_in_by_those_of_the_table_and_by_nobody_else(world, client_of, table):
    with clock.stopped_at(WEDNESDAY):
        clients = {role.value: client_of(role.value) for role in Role}
        for state in STATES[table]:
            id_, public_id = written(world, table, state)
            for verb, said in zip(VERBS, TABLE[table, state], strict=False):
                address, form = VERBS[verb]
                whose = WHOSE[table][verb]
                for name in trying(whose):
                    told, before = (table, state, verb, name), lines(world, table, id_)
                    send = f"{address.format(table=table)}?id={public_id}", {"id": public_id, **form}
                    if name in whose and said == MAY:
                        assert post(clients[name], *send).status_code == 302, told
                        after = tuple(had + more for had, more in zip(before, ADDS[verb], strict=True))
                        assert lines(world, table, id_) == after, told
                        id_, public_id = written(world, table, state)
                        continue
                    with untouched(world, table) as events:
                        answer = post(clients[name], *send)
                        assert names_its_rule(answer), (*told, answer.status_code, answer.text)
                    assert lines(world, table, id_) == before, told
                    assert answer.status_code == 404 or "refused" in events, told
                    if name in whose:
                        assert _says(answer, said), (*told, answer.status_code, answer.text)


def _says(answer, code):
    return answer.status_code == 404 if code == NOWHERE else f"<code>{code}</code>" in answer.text


def test_of_a_permit_no_change_is_noted(world, client_of):
    _id, permit = written(world, PERMIT, "one out")
    for name in (KEEPER, SUPERVISOR, GENERAL):
        with untouched(world, PERMIT, RELEASE):
            assert (
                post(client_of(name), "/copies/change/", {"id": permit, **VERBS["note a change"][1]}).status_code == 404
            )
