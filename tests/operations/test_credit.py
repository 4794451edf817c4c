"""Shipments against the credit of their day, from the offer to the signature, money, plans and bad debts (R-CRED-01 … 03)."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from sqlalchemy import func, select

from admin_app.fields import Face
from admin_app.guard.stamps import operating
from admin_app.models import register_named
from admin_app.operations import records, settings, signatures
from admin_app.operations.credit import bad_debts, lines, offering, overview, plans
from admin_app.operations.credit.offering import Sent
from admin_app.verdicts import Refused
from admin_app.working.trail import TrailEntry
from tests.fixtures.archive_room import _At
from tests.fixtures.company import DEPARTMENT_IDS, PERSON_IDS

#: ten in the morning in Shanghai of Tuesday 10 March 2026
NOW = datetime(2026, 3, 10, 2, 0, tzinfo=UTC)
TODAY = date(2026, 3, 10)
SALES_DEPARTMENT = DEPARTMENT_IDS["客户开发部"]


class Shop:
    """A customer with credit of whom the salesperson named sales has charge; days are counted from today."""

    def __init__(self, world):
        self.world, self.now, self.numbers = world, NOW, iter(range(1, 100))
        self.customer = self.create(
            "customer",
            name="丰泽建材",
            phone="13800000001",
            owner_id=PERSON_IDS["sales"],
            department_id=SALES_DEPARTMENT,
            registered_at=NOW,
        )

    def create(self, table, **values):
        with self.acting("system") as session, operating(session):
            return records.create(session, register_named(table), values).id

    def debt(self, shipment, amount, found_on=TODAY):
        values = {"found_on": found_on, "customer_id": self.customer, "shipment_id": shipment, "ground": "within"}
        return self.create("bad_debt", amount=Decimal(amount), **values)

    def acting(self, who):
        return _At(self.world, who, self.now)

    def credit(self, credit_days=30, **changed):
        """A line with all its evidence."""
        with self.world.open() as session:
            file = session.scalar(select(register_named("archive_file").id))  # opened with the customer
        contract = self.create(
            "contract",
            customer_id=self.customer,
            signed_on=date(2026, 1, 5),
            number="JX-1",
            kind="distribution",
            settlement=True,
            credit_days=credit_days,
            approved_by_id=PERSON_IDS["sales_manager"],
            approved_at=NOW,
        )
        return self.create(
            "credit_line",
            **{
                "valid_from": date(2026, 1, 6),
                "customer_id": self.customer,
                "file_complete": True,
                "archive_file_id": file,
                "identity_copy": True,
                "contract_id": contract,
                "cleared": True,
                "cleared_on": date(2026, 1, 4),
                "state": "valid",
                "approved_by_id": PERSON_IDS["director"],
                "approved_at": NOW,
                **changed,
            },
        )

    def invoice(self, ago, amount, kind="within", **values):
        """A shipment of so many days ago, as an older ledger has it."""
        return self.create(
            "shipment",
            customer_id=self.customer,
            shipped_on=TODAY - timedelta(days=ago),
            amount=Decimal(amount),
            invoice_number=f"FP-{next(self.numbers)}",
            kind=kind,
            seller_id=PERSON_IDS["sales"],
            **values,
        )

    def receive(self, ago, amount, **values):
        return self.create(
            "receipt",
            customer_id=self.customer,
            received_on=TODAY - timedelta(days=ago),
            amount=Decimal(amount),
            receipt_number=f"SJ-{next(self.numbers)}",
            seller_id=PERSON_IDS["sales"],
            method="cash",
            **values,
        )

    def offer(self, amount, who="sales"):
        with self.acting(who) as session:
            return offering.offer_for(
                session, session.get_one(register_named("customer"), self.customer), Decimal(amount), self.now
            )

    def send(self, amount, kind, who="sales", **more):
        with self.acting(who) as session:
            sent = Sent(Decimal(amount), kind, f"FP-{next(self.numbers)}", **more)
            return offering.send(session, session.get_one(register_named("customer"), self.customer), sent, self.now).id

    def sign(self, shipment, who, field="signed_by_id"):
        with self.acting(who) as session:
            one = session.get_one(register_named("shipment"), shipment)
            signatures.sign(session, one, _face(one, field), one.version, self.now, self.now)

    def get(self, table, id_):
        with self.world.open() as session:
            return session.get_one(register_named(table), id_)

    def entries(self):
        with self.world.open() as session:
            return session.scalar(select(func.count()).select_from(TrailEntry))


def _face(record, name) -> Face:
    return record.faces[name]


@pytest.fixture
def shop(world):
    return Shop(world)


def code(step, *arguments, **more):
    with pytest.raises(Refused) as refused:
        step(*arguments, **more)
    return refused.value.verdict.code


@pytest.mark.rule("R-CRED-01")
def test_a_line_follows_invoices_money_and_its_evidence_and_computing_it_again_changes_nothing(shop):
    """60 (20 days ago) + 40 (5 days ago) - 30 paid: limit 100, used 70, free 30."""
    line = shop.credit()
    shop.invoice(20, 60)
    shop.invoice(5, 40)
    shop.receive(1, 30)
    one = shop.get("credit_line", line)
    assert (one.eligible, one.limit_amount, one.used_amount, one.free_amount) == (True, 100, 70, 30)
    entries = shop.entries()
    with shop.acting("system") as session:
        lines.refresh_all(session, NOW + timedelta(hours=3))
    assert shop.entries() == entries
    with shop.acting("system") as session:
        lines.refresh_all(session, NOW + timedelta(days=11))  # the 60 are out of the window
    one = shop.get("credit_line", line)
    assert (one.limit_amount, one.used_amount) == (40, 70)
    with shop.acting("service_manager") as session:
        records.change(
            session,
            session.get_one(register_named("credit_line"), line),
            {"identity_copy": False, "file_complete": False},
        )
    assert shop.get("credit_line", line).eligible is False


@pytest.mark.rule("R-CRED-02", "R-CRED-03")
def test_over_the_limit_goes_one_first_then_one_last_each_with_its_signature_then_only_prepaid(shop):
    """Limit 90 (20 days ago), used 90. Today 20 passes: first. Still today 20 more: last, due on 31 March. Then 5: prepaid."""
    shop.credit()
    shop.invoice(20, 90)
    assert shop.offer(20).offered.kind == "first_over"
    assert code(shop.send, 20, "within") == "over_limit"
    assert code(shop.send, 30, "first_over") == "out_of_range"
    assert code(shop.send, 20, "last_over") == "wrong_state"
    first = shop.send(20, "first_over")
    made = shop.get("shipment", first)
    assert (made.limit_amount, made.used_amount, made.over_amount, made.third_ok, made.needs_plan) == (
        90,
        90,
        20,
        True,
        False,
    )
    assert code(shop.sign, first, "director") == "not_signer"
    shop.sign(first, "sales_manager")
    assert code(shop.send, 20, "first_over") == "wrong_state"
    last = shop.send(20, "last_over")
    assert shop.get("shipment", last).due_on == date(2026, 3, 31)
    assert shop.offer(5).offered.kind == "prepaid"
    assert code(shop.send, 5, "prepaid", remitted=Decimal(5)) == "incomplete"  # without a plan
    assert code(shop.send, 5, "prepaid", remitted=Decimal("4.99"), plan_on=TODAY) == "incomplete"
    prepaid = shop.send(5, "prepaid", remitted=Decimal(5), plan_on=TODAY + timedelta(days=20))
    plan = register_named("collection_plan")
    with shop.world.open() as session:
        found = session.scalars(select(plan).where(plan.shipment_id == prepaid)).one()
        assert (found.amount, found.outstanding, found.state, found.reason) == (5, 0, "done", "prepaid")
        assert found.collector_id == PERSON_IDS["sales"]
    line = shop.get("shipment", first).credit_line_id
    one = shop.get("credit_line", line)
    assert (one.over_since, one.first_used, one.last_used, one.used_amount) == (TODAY, True, True, 130)
    shop.receive(0, 50)  # the 5 remitted are among them
    one = shop.get("credit_line", line)
    assert (one.over_since, one.first_used, one.last_used, one.used_amount) == (None, False, False, 85)
    assert shop.offer(20).offered.kind == "first_over"


@pytest.mark.rule("R-CRED-02")
def test_without_credit_goods_go_for_cash_with_a_plan_and_leave_only_with_it(shop):
    assert shop.offer(1).offered.kind == "cash"
    assert code(shop.send, 1, "prepaid", remitted=Decimal(1), plan_on=TODAY) == "incomplete"
    cash = shop.send(1, "cash", plan_on=TODAY)
    older = shop.invoice(3, 5, "cash", clerk_id=PERSON_IDS["sales2"])
    with shop.acting("system") as session:
        session.get_one(register_named("shipment"), cash).clerk_id = PERSON_IDS["sales2"]
    assert code(shop.sign, older, "sales2", "delivered_by_id") == "incomplete"
    shop.sign(cash, "sales2", "delivered_by_id")
    assert shop.get("shipment", cash).delivered_by_id == PERSON_IDS["sales2"]


@pytest.mark.rule("R-CRED-02")
def test_with_a_term_of_more_than_thirty_days_the_sales_manager_approves_every_shipment(shop):
    """Also one of 1 within the limit of 90, of which 10 are used."""
    shop.credit(credit_days=45)
    shop.invoice(10, 90)
    shop.receive(9, 80)
    assert shop.offer(1).offered.kind == "special"
    assert code(shop.send, 1, "within") == "wrong_state"
    shop.sign(shop.send(1, "special"), "sales_manager")


@pytest.mark.rule("R-CRED-02", "R-CRED-03")
def test_what_went_out_before_is_written_down_as_it_was_and_shows_as_gone_without_approval(shop):
    shop.credit()
    shop.invoice(20, 90)
    gone = shop.invoice(2, 50, "within", clerk_id=PERSON_IDS["clerk"], warehouse_id=PERSON_IDS["clerk2"])
    assert (shop.get("shipment", gone).over_amount, shop.get("shipment", gone).third_ok) == (50, False)
    with shop.acting("sales_manager") as session:
        assert gone in [one.id for one in overview.without_approval(session)]
    debt = shop.debt(gone, "50.00")
    with shop.world.open() as session:
        one = session.get_one(register_named("bad_debt"), debt)
        assert (one.ground, one.within, one.company_share) == ("unapproved", False, 0)
        assert [(line.person_id, line.role, line.amount) for line in one.shares] == [
            (PERSON_IDS["clerk"], "logistics", Decimal("16.67")),
            (PERSON_IDS["clerk2"], "warehouse", Decimal("16.67")),
            (PERSON_IDS["marketing_manager"], "marketing", Decimal("16.66")),
        ]


@pytest.mark.rule("R-CRED-03")
def test_a_last_one_not_paid_by_its_months_end_is_charged_to_who_signed_it_once(shop):
    """Signed by the service manager; 8 of 20 came in, so that 12 are charged, all of it to the signer."""
    shop.credit()
    shop.invoice(45, 90)
    shop.invoice(44, 1, "first_over")
    last = shop.invoice(43, 20, "last_over", signed_by_id=PERSON_IDS["service_manager"], signed_at=NOW)
    assert shop.get("shipment", last).due_on == date(2026, 1, 31)
    shop.receive(1, 8, shipment_id=last)
    with shop.acting("info_supervisor") as session:
        (one,) = bad_debts.uncollected(session, TODAY)
        debt = bad_debts.charge(session, one, NOW, TODAY)
        assert (one.id, debt.amount, debt.ground, debt.responsible_id) == (
            last,
            12,
            "last_over",
            PERSON_IDS["service_manager"],
        )
        assert [(line.person_id, line.amount) for line in debt.shares] == [(PERSON_IDS["service_manager"], 12)]
        assert bad_debts.uncollected(session, TODAY) == []
        shipment = session.get_one(register_named("shipment"), last)
        assert code(bad_debts.charge, session, shipment, NOW, TODAY) == "wrong_state"


@pytest.mark.rule("R-CRED-03")
def test_a_debt_is_shared_by_the_proportions_of_the_day_it_was_found_and_signed_only_if_they_add_up(shop):
    """20 % and 10 % of 100.01 until 1 April, 50 % for sales from then on: 20.00, 10.00, 70.01 and 50.01, 10.00, 40.00."""
    with shop.acting("system") as session:
        settings.put(session, "bad_debt_sales", 50, NOW, date(2026, 4, 1))
    shop.credit()
    shop.invoice(25, 300)
    shop.receive(24, 300)
    shipment = shop.invoice(20, 200)
    debt = shop.debt(shipment, "100.01")
    with shop.world.open() as session:
        one = session.get_one(register_named("bad_debt"), debt)
        assert [line.amount for line in one.shares] == [Decimal("20.00"), Decimal("10.00")]
        assert one.company_share == Decimal("70.01")
    later = shop.debt(shipment, "100.01", date(2026, 4, 1))
    with shop.world.open() as session:
        one = session.get_one(register_named("bad_debt"), later)
        assert [line.amount for line in one.shares] == [Decimal("50.01"), Decimal("10.00")]
    with shop.acting("service_manager") as session:
        one = session.get_one(register_named("bad_debt"), debt)
        records.change(session, one, {"company_share": Decimal("70.00")})
    with shop.acting("director") as session:
        one = session.get_one(register_named("bad_debt"), debt)
        assert (
            code(signatures.sign, session, one, _face(one, "approved_by_id"), one.version, NOW, NOW) == "inconsistent"
        )
    with shop.acting("service_manager") as session:
        bad_debts.share_out(session, session.get_one(register_named("bad_debt"), debt))
    with shop.acting("director") as session:
        one = session.get_one(register_named("bad_debt"), debt)
        signatures.sign(session, one, _face(one, "approved_by_id"), one.version, NOW, NOW)
        assert one.approved_by_id == PERSON_IDS["director"]


@pytest.mark.rule("R-CONF-14", "R-CRED-03")
def test_who_sees_a_part_of_a_debt_is_not_told_the_sums_of_the_rest(shop):
    """29.99 + 70.00 isn't 100.01; the info supervisor is to sign it, and sees of 绝密 what a party does."""
    shop.credit()
    shop.invoice(25, 300)
    debt = shop.debt(shop.invoice(20, 200), "100.01")
    with shop.acting("service_manager") as session:
        one = session.get_one(register_named("bad_debt"), debt)
        change = {"company_share": Decimal("70.00"), "responsible_id": PERSON_IDS["info_supervisor"]}
        records.change(session, one, change)
    said = []
    for level in (3, 4):
        with shop.acting("service_manager") as session:
            records.change(session, session.get_one(register_named("bad_debt"), debt), {"level": level})
        with shop.acting("info_supervisor") as session:
            one = session.get_one(register_named("bad_debt"), debt)
            with pytest.raises(Refused) as refused:
                signatures.sign(session, one, _face(one, "proposed_by_id"), one.version, NOW, NOW)
            said.append((refused.value.verdict.code, str(refused.value.verdict.reason)))
            assert one.proposed_by_id is None
    assert [code for code, _reason in said] == ["inconsistent", "inconsistent"]
    assert "100.01" in said[0][1]
    assert not any(character.isdigit() for character in said[1][1])


@pytest.mark.rule("R-CRED-02")
def test_a_plan_follows_its_receipts_and_the_night_notes_what_is_overdue(shop):
    plan = shop.create(
        "collection_plan",
        planned_on=TODAY,
        customer_id=shop.customer,
        amount=Decimal(100),
        collector_id=PERSON_IDS["sales"],
    )
    receipt = shop.receive(0, 40, plan_id=plan)
    one = shop.get("collection_plan", plan)
    assert (one.state, one.collected, one.outstanding) == ("part", 40, 60)
    with shop.acting("system") as session:
        plans.note_overdue(session, NOW + timedelta(days=2))
    one = shop.get("collection_plan", plan)
    assert (one.state, one.overdue_days) == ("overdue", 2)
    shop.receive(0, 60, plan_id=plan)
    assert shop.get("collection_plan", plan).state == "done"
    with shop.acting("sales_manager") as session:
        records.void(session, session.get_one(register_named("receipt"), receipt), "重复登记")
    assert shop.get("collection_plan", plan).collected == 60


@pytest.mark.rule("R-CRED-02")
def test_two_shipments_at_once_dont_both_take_the_one_first(shop):
    shop.credit()
    shop.invoice(20, 90)

    def send(_n):
        with shop.acting("sales") as session:
            sent = Sent(Decimal(20), "first_over", f"FP-R{_n}")
            offering.send(session, session.get_one(register_named("customer"), shop.customer), sent, NOW)

    with ThreadPoolExecutor(2) as pool:
        outcomes = [one.exception() for one in [pool.submit(send, n) for n in range(2)]]
    assert sorted(type(one).__name__ for one in outcomes) == ["NoneType", "Refused"]
    shipment = register_named("shipment")
    with shop.world.open() as session:
        assert (
            session.scalar(select(func.count()).where(shipment.kind == "first_over", shipment.voided_at.is_(None))) == 1
        )
