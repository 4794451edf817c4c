"""An older ledger of dispatches enters as closed history, and only so (R-DISP-01)."""

from datetime import UTC, datetime

import pytest

from admin_app.models import register_named
from admin_app.operations import records
from admin_app.operations.dispatch.standings import files_of_store, standings
from admin_app.verdicts import Refused
from tests.fixtures.company import PERSON_IDS
from tests.sheets.conftest import codes, sheet, verdicts

NOW = datetime(2026, 3, 11, 2, 0, tzinfo=UTC)
HEADER = ("派单日期", "客户姓名", "设计师", "客户基本情况", "派出时间", "状态")
ORDER = ("2025-03-01 09:00", "钱先来", "0003", "三口之家", "2025-03-01 10:00", "已交定金")


@pytest.fixture
def past(office):
    """The office, with a customer and a designer whom ledgers may name."""
    with office.world.writing() as session:
        values = {"name": "钱先来", "phone": "13812345678", "registered_at": NOW, "store_id": 1}
        records.create(session, register_named("customer"), values)
        file = {"employee_id": PERSON_IDS["designer"], "level_code": "designer", "store_id": 1}
        records.create(session, register_named("designer"), file)
    return office


def take_in(office, *rows, as_="store_manager"):
    return office.take_in("orders.csv", sheet(*rows, header=HEADER), as_=as_, table="dispatch_order")


@pytest.mark.rule("R-DISP-01", "R-IMPT-07")
def test_a_past_order_enters_closed_and_is_held_by_nobody(past):
    assert verdicts(take_in(past, ORDER)) == {"not_data": 1, "added": 1}
    [order] = past.all("dispatch_order")
    assert (order.state, order.facts, order.designer_id) == ("deposit", "三口之家", PERSON_IDS["designer"])
    assert (order.confirmed_by_id, order.lapses_on, order.store_id) == (None, None, 1)
    with past.world.open() as session:
        found = standings(session, files_of_store(session, 1), NOW)[PERSON_IDS["designer"]]
    assert (found.held, found.plans_unsigned) == (0, 0)


@pytest.mark.rule("R-DISP-01")
@pytest.mark.parametrize(
    ("sent", "state", "code"),
    [("2025-03-01 10:00", "待确认", "wrong_state"), ("2025-03-01 10:00", "设计师已接受", "wrong_state"),
     ("2025-02-01 10:00", "已失效", "time_order"), ("2199-01-01 10:00", "已失效", "time_order")],
)  # fmt: skip
def test_an_open_order_or_one_of_the_future_is_refused(past, sent, state, code):
    assert codes(take_in(past, (*ORDER[:4], sent, state))) == [(2, "状态", code)]
    assert past.count("dispatch_order") == 0


@pytest.mark.rule("R-DISP-01")
def test_only_who_may_import_the_register_brings_past_orders_in(past):
    for username in ("customer_manager", "designer", "general_manager", "clerk"):
        with pytest.raises(Refused):
            take_in(past, ORDER, as_=username)
    assert past.count("dispatch_order") == 0


@pytest.mark.rule("R-DISP-01", "R-IMPT-05")
def test_an_order_is_never_changed_by_a_later_ledger(past):
    take_in(past, ORDER)
    outcome = take_in(past, ORDER, (*ORDER[:3], "另一家", *ORDER[4:]))
    assert outcome["same"] == 1
    assert codes(outcome) == [(3, "客户基本情况", "locked")]
