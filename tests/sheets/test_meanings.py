"""A word that no option has is said once to mean one, for all lines and for later files (R-IMPT-01, R-IMPT-02)."""

import re

import pytest
from sqlalchemy import select

from admin_app.sheets.choices import Choices
from admin_app.working.imports import ValueMemory
from tests.fixtures.web import post
from tests.sheets.conftest import codes, sheet, verdicts, visitor
from tests.sheets.test_import_screens import upload

LEDGER = sheet(
    visitor(source="微信朋友圈"), visitor(source=" 微信朋友圈", phone="13900001111"), visitor(day="2026-03-03")
)


def said(word: str, means: str | None, field: str = "source") -> dict[str, Choices]:
    return {"choices": Choices(meanings={field: {word: means}})}


@pytest.mark.rule("R-IMPT-01", "R-IMPT-03")
def test_what_a_word_means_is_said_once_for_all_lines_and_the_next_file(office, client_of):
    client = client_of("clerk")
    address = upload(client, LEDGER).location
    page = client.get(f"{address}check/").text
    assert re.findall(r'<th scope="row">(微信朋友圈)</th>.*?<td class="r">(.*?)</td>', page, re.DOTALL) == [
        ("微信朋友圈", "2 行")
    ]
    form = {"field-0": "source", "word-0": "微信朋友圈", "was-0": "?", "means-0": "natural", "meanings": "yes"}
    assert post(client, f"{address}check/", form).location == f"{address}check/"
    page = client.get(f"{address}check/").text
    assert 'value="natural" selected' in page
    assert office.count() == 0
    seen = re.search(r'name="seen" value="(\w+)"', page)[1]
    post(client, f"{address}check/", {"write": "all", "seen": seen})
    assert [record.source for record in office.all()] == ["natural", "natural", "friend"]
    later = office.take_in("b.csv", sheet(visitor(day="2026-04-01", source="微信朋友圈")))
    assert (verdicts(later), later["translated"]) == ({"not_data": 1, "added": 1}, 1)
    next_page = client.get(
        upload(client, sheet(visitor(day="2026-04-02", source="微信朋友圈"))).location + "check/"
    ).text
    assert 'value="natural" selected' in next_page


@pytest.mark.rule("R-IMPT-02")
def test_what_was_remembered_can_be_said_otherwise_and_forgotten(office):
    ledger = sheet(visitor(source="朋友圈"))
    office.take_in("a.csv", ledger, **said("朋友圈", "natural"))
    office.take_in("a.csv", ledger, **said("朋友圈", "friend"))
    assert [record.source for record in office.all()] == ["friend"]
    assert office.take_in("a.csv", ledger)["same"] == 1
    office.take_in("a.csv", ledger, **said("朋友圈", None))
    outcome = office.take_in("a.csv", ledger)
    assert (codes(outcome), outcome["translated"]) == ([(2, "顾客来源", "unknown_choice")], 0)


@pytest.mark.rule("R-IMPT-01")
def test_a_word_may_mean_a_blank_where_the_field_need_not_be_filled(office):
    header = ("来店时间", "顾客姓名", "联系电话", "顾客来源", "接待人", "职业")
    office.take_in("a.csv", sheet(visitor(note="未问"), header=header), **said("未问", "", "occupation"))
    assert [record.occupation for record in office.all()] == [None]
    outcome = office.take_in("b.csv", sheet(visitor(source="未问")), **said("未问", ""))
    assert codes(outcome) == [(2, "顾客来源", "unknown_choice")]


@pytest.mark.rule("R-IMPT-07")
@pytest.mark.parametrize(("field", "means"), [("source", "no_such_code"), ("name", "natural"), ("owner_id", "1")])
def test_only_an_option_of_a_code_list_can_be_meant(office, field, means):
    outcome = office.take_in("a.csv", sheet(visitor(source="朋友圈")), **said("朋友圈", means, field))
    assert codes(outcome) == [(2, "顾客来源", "unknown_choice")]
    with office.world.open() as session:
        assert session.scalars(select(ValueMemory)).all() == []


@pytest.mark.rule("R-CONF-02")
def test_of_a_word_no_more_is_kept_than_its_digest(office):
    office.take_in("a.csv", sheet(visitor(source="金丝雀")), **said("金丝雀", "natural"))
    with office.world.open() as session:
        [kept] = session.scalars(select(ValueMemory)).all()
    assert (kept.means, len(kept.word)) == ("natural", 64)
    assert "金丝雀" not in str(vars(kept))
