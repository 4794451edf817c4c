"""Labels to print: the code that the desk scans and the number, never whose it is, and only of what one reads (R-LOAN-11)."""

import re

import pytest
import segno

from admin_app.permissions import Level
from admin_app.rules.label_codes import code_of
from tests.fixtures.company import PERSON_IDS
from tests.fixtures.web import post

pytestmark = pytest.mark.rule("R-LOAN-11")


def sheets(page):
    """The labels of each sheet as they follow one another: the number, or nothing for one used before."""
    return [
        [re.sub(r"<[^>]+>", "", label).strip() for label in re.findall(r"<li>(.*?)</li>", sheet, re.S)]
        for sheet in re.findall(r'<ol class="labels.*?</ol>', page, re.S)
    ]


def test_a_chosen_file_is_printed_from_label_n_with_its_code_and_number_and_without_its_customer(room, clients):
    file = room.get("archive_file", room.file_id)
    sent = {"id": file.public_id, "action": "labels", "sheet": "a4", "start": "24"}
    page = post(clients("archive_keeper"), "/admin/archive_file/labels/", sent).text
    assert sheets(page) == [[""] * 23 + [file.number]]
    code = segno.make_qr(code_of("archive_file", file.public_id), error="m")
    assert code.svg_inline(border=4, omitsize=True) in page
    assert "沈若兰" not in page


def test_on_a_roll_each_label_is_a_sheet(room, clients):
    ids = [room.item(level).public_id for level in (Level.SECRET, Level.CONFIDENTIAL)]
    query = {"id": ids, "sheet": "40x30", "start": "9"}
    page = clients("archive_keeper").get("/admin/archive_item/labels/", query_string=query)
    assert sheets(page.text) == [[room.item(level).number] for level in (Level.SECRET, Level.CONFIDENTIAL)]


@pytest.mark.rule("R-CONF-02")
def test_what_one_does_not_see_has_no_label_and_a_register_without_labels_no_such_page(room, clients):
    hidden, seen = room.item(Level.CONFIDENTIAL), room.item()
    client = clients("customer_manager")
    page = client.get(
        "/admin/archive_item/labels/", query_string={"id": [hidden.public_id, seen.public_id], "sheet": "40x30"}
    )
    assert sheets(page.text) == [[seen.number]]
    assert client.get("/admin/customer/labels/").status_code == 404


def test_a_persons_label_bears_number_and_name_and_who_keeps_papers_is_led_there(room, clients):
    person = room.get("employee", PERSON_IDS["sales"])
    keeper = clients("archive_keeper")
    page = keeper.get("/admin/employee/labels/", query_string={"id": person.public_id, "sheet": "60x40"}).text
    assert sheets(page) == [[f"{person.number}{person.name}"]]
    assert (
        "/admin/archive_file/labels/?id="
        in keeper.get(f"/admin/archive_file/details/?id={room.get('archive_file', room.file_id).public_id}").text
    )
