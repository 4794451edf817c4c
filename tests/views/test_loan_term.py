"""The due time agreed at the desk: earlier is fine, a fourth day is not (R-LOAN-05)."""

from datetime import timedelta

import pytest

from admin_app import clock
from tests.fixtures.company import PASSWORD
from tests.fixtures.web import post


def issue(room, clients, request, until):
    url = f"/loans/issue/?id={room.get('archive_loan', request).public_id}"
    with clock.stopped_at(room.now):
        return post(clients("archive_keeper"), url, {"password": PASSWORD, "until": until})


@pytest.mark.rule("R-LOAN-05")
def test_a_fourth_day_is_refused_at_the_desk_with_its_rule(room, clients):
    request = room.granted()
    answer = issue(room, clients, request, "2026-03-15 10:00")
    assert answer.status_code in (403, 409)
    assert "R-LOAN-05" in answer.text
    assert room.get("archive_loan", request).state == "granted"
    assert room.item().state == "in"


@pytest.mark.rule("R-LOAN-05")
def test_an_earlier_due_time_agreed_at_the_desk_stands(room, clients):
    request = room.granted()
    assert issue(room, clients, request, "2026-03-12 09:30").status_code == 302
    assert room.get("archive_loan", request).due_at - room.now < timedelta(hours=24)
