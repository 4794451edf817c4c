"""The books of the demo company agree, row by row and with one another; asked of every register by its faces."""

import re
from collections import defaultdict
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from admin_app.models import Register, all_registers
from seed.invented import local_day
from seed.particulars import repeats
from tests.seed.conftest import NOW, Books

TODAY = local_day(NOW)
#: (earlier, later) names of fields that stand in one row
IN_ORDER = (
    ("from_on", "until_on"),
    ("started_on", "planned_on"),
    ("started_on", "finished_on"),
    ("starts_on", "finishes_on"),
    ("start_on", "finish_on"),
    ("contract_from", "contract_until"),
    ("lease_from", "lease_until"),
    ("valid_from", "valid_until"),
    ("period_from", "period_until"),
    ("survey_from", "survey_until"),
    ("week_from", "week_until"),
    ("use_from", "use_until"),
    ("out_at", "back_at"),
    ("started_at", "ended_at"),
    ("visited_at", "ended_at"),
    ("arrived_at", "left_at"),
    ("logged_at", "left_at"),
    ("held_at", "ended_at"),
    ("happened_at", "closed_at"),
    ("accepted_at", "closed_at"),
    ("asked_on", "issued_on"),
    ("destroyed_on", "listed_on")[::-1],
)
#: what the total of a register is the sum of: (register, field) -> (lines, cell)
TOTALS = {
    ("sale", "amount"): ("lines", "amount"),
    ("shipment", "amount"): ("goods", "amount"),
    ("material_order", "total"): ("lines", "amount"),
    ("material_statement", "received"): ("lines", "paid"),
    ("material_statement", "actual"): ("lines", "used"),
    ("vendor_settlement", "gross"): ("lines", "amount"),
    ("material_movement", "amount"): ("lines", "amount"),
    ("change_order", "added_amount"): ("lines", "amount"),
    ("decoration_contract", "amount"): ("stages", "amount"),
    ("repair_report", "parts_amount"): ("parts", "amount"),
    ("repair_budget", "spent"): ("items", "spent"),
    ("repair_budget", "budget"): ("items", "budget"),
    ("survey_plan", "budget"): ("costs", "amount"),
    ("call_quality", "total"): ("items", "score"),
    ("move_out", "compensation"): ("items", "compensation"),
    ("destruction", "file_count"): ("lines", "copies"),
    ("publication_issue", "distributed"): ("distributions", "copies"),
}
#: labels of what is ahead of its row: plans, deadlines, ends of terms
AHEAD = re.compile(
    "要求|计划|预计|下次|期限|应|到期|有效|止|至|约定|承诺|期|再访|生效|失效|收回|销毁|归还|交付|使用|续保|月份|实施|修订|回款|兑付"
)


def every_row(books: Books) -> Iterator[tuple[str, Register]]:
    for table in all_registers():
        for row in books.of(table):
            yield table, row


def every_line(books: Books) -> Iterator[tuple[str, Register, Any]]:
    for table, register in all_registers().items():
        for face in register.faces.values():
            if face.kind.name == "rows":
                yield from ((table, row, line) for row in books.of(table) for line in getattr(row, face.name))


def day_of(value: date | datetime) -> date:
    return local_day(value) if isinstance(value, datetime) else value


def links(row: Register) -> Iterator[tuple[str, str, int]]:
    """(field, register, id) of what *row* links to."""
    for face in type(row).faces.values():
        if face.to and (id_ := getattr(row, face.name)) is not None:
            yield face.name, face.to, id_


def test_what_begins_in_a_row_ends_no_earlier(books: Books):
    rows = [*every_row(books), *((table, line) for table, _, line in every_line(books))]
    wrong = {
        (table, earlier, later)
        for table, row in rows
        for earlier, later in IN_ORDER
        if getattr(row, earlier, None) is not None and getattr(row, later, None) is not None
        if day_of(getattr(row, earlier)) > day_of(getattr(row, later))
    }
    assert wrong == set()


def test_nothing_that_happened_lies_ahead(books: Books):
    wrong = {
        (table, face.name)
        for table, row in every_row(books)
        for face in type(row).faces.values()
        if face.kind.name in ("day", "moment") and not AHEAD.search(face.label)
        if (value := getattr(row, face.name)) is not None and day_of(value) > TODAY
    }
    assert wrong == set()


def test_every_row_was_written_in_the_past(books: Books):
    assert {table for table, row in every_row(books) if row.created_at > NOW} == set()


def test_a_row_is_written_after_what_it_links_to(books: Books):
    wrong = defaultdict(int)
    for table, row in every_row(books):
        for name, to, id_ in links(row):
            if to != "employee" and (table, name) not in LATER_LINKS and books.get(to, id_).created_at > row.created_at:
                wrong[table, name] += 1
    assert dict(wrong) == {}


#: links filled in after the row was written
LATER_LINKS = {("referral", "introduced_id"), ("department", "head_id"), ("store", "manager_id")}


def test_what_a_row_links_to_is_of_the_same_customer(books: Books):
    wrong = {
        (table, name)
        for table, row in every_row(books)
        if getattr(row, "customer_id", None)
        for name, to, id_ in links(row)
        if to not in ("customer", "employee") and (table, name) not in (("property_unit", "estate_id"),)
        if getattr(books.get(to, id_), "customer_id", None) not in (None, row.customer_id)
    }
    assert wrong == set()


def test_a_customer_is_called_the_same_everywhere(books: Books):
    wrong = set()
    for table, row in every_row(books):
        if table in ("visitor", "customer_registration") or not getattr(row, "customer_id", None):
            continue
        customer = books.get("customer", row.customer_id)
        facts = {"customer": customer}
        for face in type(row).faces.values():
            theirs = face.kind.name == "phone" and repeats(table, face, facts)  # type: ignore[arg-type]
            if theirs and getattr(row, face.name) not in (None, customer.phone):
                wrong.add((table, face.name))
    assert wrong == set()


def test_a_record_of_a_customer_is_of_the_customers_store(books: Books):
    wrong = {
        table
        for table, row in every_row(books)
        if any(face.belongs and face.to == "customer" for face in type(row).faces.values())
        if getattr(row, "store_id", None) and getattr(row, "customer_id", None)
        if row.store_id != books.get("customer", row.customer_id).store_id
    }
    assert wrong == set()


def test_whoever_is_named_was_with_the_company(books: Books):
    wrong = {
        (table, name)
        for table, row in every_row(books)
        for name, to, id_ in links(row)
        if to == "employee" and books.get("employee", id_).joined_on > local_day(row.created_at)
    }
    assert wrong == set()


def test_an_amount_is_quantity_times_price(books: Books):
    wrong = set()
    for table, row in [*every_row(books), *((table, line) for table, _, line in every_line(books))]:
        price = getattr(row, "price", None) or getattr(row, "unit_price", None)
        told = (getattr(row, "quantity", None), price, getattr(row, "amount", None))
        if None not in told and abs(told[0] * told[1] - told[2]) >= 1:
            wrong.add(table)
    assert wrong == set()


@pytest.mark.parametrize(("table", "field"), TOTALS)
def test_a_total_is_the_sum_of_its_lines(books: Books, table: str, field: str):
    lines, cell = TOTALS[table, field]
    rows = [row for row in books.of(table) if getattr(row, lines)]
    assert [
        row.id for row in rows if getattr(row, field) != sum(getattr(one, cell) for one in getattr(row, lines))
    ] == []


def test_months_are_named_by_their_first_day(books: Books):
    wrong = {
        table for table, row in every_row(books) if getattr(row, "month_on", None) is not None and row.month_on.day != 1
    }
    assert wrong == set()


def test_quarters_are_whole(books: Books):
    for row in books.of("complaint_analysis"):
        assert (row.from_on.day, row.from_on.month % 3) == (1, 1)
        assert (row.until_on + timedelta(days=1)).day == 1 and (row.until_on - row.from_on).days in range(89, 92)
        assert row.quarter == f"{row.from_on.year}年第{'一二三四'[row.from_on.month // 3]}季度"


def test_numbers_of_a_series_run_without_gaps_in_the_order_of_writing(books: Books):
    wrong = {}
    for table, register in all_registers().items():
        for face in register.faces.values():
            if not face.series or table in ("archive_loan", "access_request"):
                continue
            numbers = [
                getattr(row, face.name) for row in sorted(books.of(table), key=lambda row: (row.created_at, row.id))
            ]
            per_year = defaultdict(list)
            for number in numbers:
                per_year[number.split("-")[-2]].append(int(number.split("-")[-1]))
            for year, counters in per_year.items():
                if counters != list(range(1, len(counters) + 1)):
                    wrong[table, year] = counters
    assert wrong == {}


def test_every_register_that_lives_by_its_lines_has_some(books: Books):
    lived = (
        "sale",
        "shipment",
        "material_order",
        "decoration_contract",
        "call_quality",
        "survey_plan",
        "material_movement",
    )
    assert [table for table in lived if not all(any(getattr(row, face.name) for face in type(row).faces.values()
            if face.kind.name == "rows") for row in books.of(table))] == []  # fmt: skip
