"""Every verb over HTTP on destroyed, held and listed files, by whoever may most: nothing passes (R-ARCH-07, R-SIGN-06)."""

import pytest

from admin_app import clock
from admin_app.models import register_named
from tests.fixtures.company import PASSWORD
from tests.fixtures.destruction import HERE
from tests.fixtures.forms import form_of
from tests.fixtures.untouched import names_its_rule, untouched
from tests.fixtures.web import post
from tests.operations.test_destroying import CONDITIONS
from tests.races.test_one_holder import granted_to

pytestmark = pytest.mark.rule("R-ARCH-07", "R-SIGN-06", "R-CONF-02")
ASKED = {"purpose": "核对合同", "reason": "客户来电", "facts": "城东店", "borrower_id": ""}
#: whose right most verbs are, who is above all, who sets the program up
MOST_POWERFUL = ("archive_keeper", "general_manager", "admin")
#: verb -> address and form; {file}, {item}, {loan}, {waiting}: ids in addresses
VERBS = {
    "edit file": ("/admin/archive_file/edit/?id={file}", {"title": "改题"}),
    "void file": ("/admin/archive_file/delete/?id={file}", {"reason": "误建"}),
    "edit paper": ("/admin/archive_item/edit/?id={item}", {"name": "改名"}),
    "void paper": ("/admin/archive_item/delete/?id={item}", {"reason": "误建"}),
    "add a paper": ("/admin/archive_item/new/", {"file_id": "{file}", "name": "补一件", "level": "2", "copies": "1"}),
    "borrow": ("/admin/archive_loan/new/", {"item_id": "{item}", **ASKED}),
    "read": ("/admin/access_request/new/", {"item_id": "{item}", **ASKED}),
    "borrow the file": ("/admin/archive_loan/new/?file={file}", ASKED),
    "issue": ("/loans/issue/?id={loan}", {"password": PASSWORD}),
    "list": ("/archives/due/", {"file": "{file}", "department": str(HERE)}),
    "hold": ("/archives/files/hold/?id={file}", {"reason": "再封"}),
}
WRITTEN = ("archive_file", "archive_item", "archive_loan", "access_request", "destruction")
#: a hold comes before a list, and stops it; what is held may grow
PASSES = {("listed", "hold"), ("held", "add a paper")}
#: where the keeper is told something nearer than how the file stands
NEARER = {("destroyed", "borrow the file"): ("R-LOAN-06", "not_in")}


@pytest.fixture
def ids(ending):
    """The file, one of its papers and a loan of it that was granted before."""
    room = ending.room
    with room.world.writing() as session, clock.stopped_at(room.now):
        item = session.get_one(register_named("archive_item"), min(room.items.values()))
        loan = granted_to(session, "customer_manager", item)
        file = session.get_one(register_named("archive_file"), room.file_id)
        return {"file": file.public_id, "item": item.public_id, "loan": loan}


def sent(room, verb, ids):
    """Address and form of *verb*; an edit sends the rest of its form as it stands."""
    address, typed = VERBS[verb]
    form = {name: text.format(**ids) for name, text in typed.items()}
    if verb.startswith("edit"):
        table, id_ = ("archive_file", room.file_id) if "file" in verb else ("archive_item", min(room.items.values()))
        form = {**form_of(room.world, table, id_), **form}
    return address.format(**ids), form


@pytest.mark.parametrize("condition", CONDITIONS)
def test_no_verb_passes_by_whoever_may_most(ending, ids, client_of, condition):
    """The keeper is told the condition; others that, or whose right it is; for admin there is no such file."""
    CONDITIONS[condition](ending)
    with clock.stopped_at(ending.room.now):
        for who in MOST_POWERFUL:
            client = client_of(who)
            for verb in VERBS:
                if (condition, verb) in PASSES:
                    continue
                address, form = sent(ending.room, verb, ids)
                with untouched(ending.room.world, *WRITTEN) as events:
                    answer = post(client, address, form)
                    assert names_its_rule(answer), (who, verb, answer.status_code, answer.text)
                assert (answer.status_code == 404) or "refused" in events, (who, verb)
                if who == "archive_keeper":
                    rule, code = NEARER.get((condition, verb), ("R-ARCH-07", condition))
                    assert (rule in answer.text, f"<code>{code}</code>" in answer.text) == (True, True), (
                        verb,
                        answer.text,
                    )
