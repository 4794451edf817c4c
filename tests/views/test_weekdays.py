"""Days with their weekday where somebody keeps them: a record's page, due moments; lists and files have the day alone."""

from datetime import UTC, date, datetime

import pytest

from admin_app.fields import Reading
from admin_app.fields.times import read_moment
from admin_app.views.words import dated


@pytest.mark.parametrize(
    ("value", "told"),
    [
        (date(2026, 11, 21), "2026-11-21 周六"),
        (datetime(2026, 11, 21, 6, 5, 30, tzinfo=UTC), "2026-11-21 周六 14:05"),
        (datetime(2026, 11, 21, 16, 0, tzinfo=UTC), "2026-11-22 周日"),
        (None, ""),
    ],
)
def test_a_day_is_told_with_its_weekday_in_the_company_s_zone(app, value, told):
    with app.test_request_context():
        assert dated(value) == told


def test_what_is_told_is_read_back(app):
    moment = datetime(2026, 11, 21, 6, 5, tzinfo=UTC)
    with app.test_request_context():
        assert read_moment(dated(moment), Reading().zone)[0] == moment


def test_a_record_s_page_has_the_weekday_in_the_reader_s_language_and_its_list_and_files_the_day_alone(client_of, make):
    made = make("visitor", store_id=1)  # came at 2026-03-02 10:30
    client = client_of("store_manager")
    details = f"/admin/visitor/details/?id={made.public_id}"
    assert "<dd>2026-03-02 周一 10:30</dd>" in client.get(details).text
    for plain in ("/admin/visitor/", "/admin/visitor/export/csv/?reason=核对"):
        assert "2026-03-02 10:30" in client.get(plain).text
    client.set_cookie("language", "en")
    assert "<dd>2026-03-02 Mon 10:30</dd>" in client.get(details).text
