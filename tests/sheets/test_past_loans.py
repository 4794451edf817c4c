"""The paper ledger of past loans enters as closed history, and only so (R-LOAN-02)."""

import pytest

from admin_app.operations import records
from admin_app.verdicts import Refused
from tests.sheets.conftest import codes, sheet, verdicts

HEADER = ("借出日期", "资料名称", "借阅人姓名", "份数", "借阅理由", "归还日期")
LOAN = ("2024-03-01 09:00", "购房合同", "李静", "1", "办理过户", "2024-03-20 17:00")


def take_in(office, *rows, as_: str = "archive_keeper") -> dict:
    return office.take_in("loans.csv", sheet(*rows, header=HEADER), as_=as_, table="archive_loan")


@pytest.mark.rule("R-LOAN-02", "R-IMPT-07")
def test_a_past_loan_enters_closed_and_exempt_from_the_limits(office):
    assert verdicts(take_in(office, LOAN)) == {"not_data": 1, "added": 1}
    [loan] = office.all("archive_loan")
    assert (loan.source, loan.state, loan.ledger_item_name, loan.item_id) == ("ledger", "returned", "购房合同", None)
    assert loan.number.startswith("JY-")
    assert (loan.returned_at - loan.issued_at).days == 19


@pytest.mark.rule("R-LOAN-02")
@pytest.mark.parametrize(
    ("returned", "code"), [("", "no_return_date"), ("2024-02-01", "time_order"), ("2199-01-01", "time_order")]
)
def test_a_past_loan_without_a_true_return_is_refused(office, returned, code):
    assert codes(take_in(office, (*LOAN[:5], returned))) == [(2, "归还日期", code)]
    assert office.count("archive_loan") == 0


@pytest.mark.rule("R-LOAN-02")
def test_only_who_may_import_the_register_brings_past_loans_in(office):
    for username in ("general_manager", "info_supervisor", "clerk"):
        with pytest.raises(Refused):
            take_in(office, LOAN, as_=username)


@pytest.mark.rule("R-LOAN-02", "R-IMPT-05")
def test_a_past_loan_is_never_changed_by_a_later_ledger(office):
    take_in(office, LOAN)
    outcome = take_in(office, LOAN, (*LOAN[:4], "另一个理由", LOAN[5]))
    assert outcome["same"] == 1
    assert codes(outcome) == [(3, "借阅理由", "locked")]


@pytest.mark.rule("R-LOAN-02")
def test_a_past_loan_is_not_edited_by_hand_either(office):
    take_in(office, LOAN)
    [loan] = office.all("archive_loan")
    with pytest.raises(Refused), office.world.writing("archive_keeper") as session:
        records.change(session, session.get(type(loan), loan.id), {"reason": "另一个"})
