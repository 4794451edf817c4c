"""A month's and a year's results from the records, ranked, published, with bonuses (R-INCE-01 … 05)."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from sqlalchemy import func, select

from admin_app.guard.stamps import operating
from admin_app.models import register_named
from admin_app.operations import records
from admin_app.operations.sales import bonuses, ranking, results
from admin_app.operations.sales.ranking import Period
from admin_app.rules.months import Month
from admin_app.verdicts import Refused
from admin_app.working.trail import TrailEntry
from tests.fixtures.archive_room import _At
from tests.fixtures.company import DEPARTMENT_IDS, PERSON_IDS

MARCH, APRIL = Period(Month(2026, 3)), Period(Month(2026, 4))
YEAR = Period(Month(2026, 1), yearly=True)
#: ten in the morning in Shanghai of 5 May 2026
NOW = datetime(2026, 5, 5, 2, 0, tzinfo=UTC)
ANNA, BO, CHEN = (PERSON_IDS[who] for who in ("sales", "sales2", "sales_manager"))


class Books:
    """Orders, returns and money of three salespeople; days are (month, day) of 2026."""

    def __init__(self, world):
        self.world, self.now, self.numbers = world, NOW, iter(range(1, 1000))
        self.customer = self.add("customer", name="丰泽建材", phone="13800000001", registered_at=NOW, owner_id=ANNA,
                                 department_id=DEPARTMENT_IDS["客户开发部"])  # fmt: skip

    def acting(self, who):
        return _At(self.world, who, self.now)

    def add(self, table, **values):
        with self.acting("system") as session, operating(session):
            return records.create(session, register_named(table), values).id

    def _row(self, table, day_field, day, amount, person, **values):
        told = {
            day_field: date(2026, *day),
            "amount": Decimal(amount),
            "seller_id": person,
            "customer_id": self.customer,
        }
        return self.add(table, **{**told, **values})

    def order(self, day, amount, person=ANNA, **values):
        told = {"list_number": f"SH-{next(self.numbers)}", "order_kind": "visit", **values}
        return self._row("sale", "ordered_on", day, amount, person, **told)

    def back(self, day, amount, sale, person=ANNA):
        return self._row(
            "sale_return", "returned_on", day, amount, person, sale_id=sale, cause="quality", product="灯", quantity=1
        )

    def receive(self, day, amount, person=ANNA, **values):
        return self._row("receipt", "received_on", day, amount, person, receipt_number=f"SJ-{next(self.numbers)}",
                         **{"method": "cash", **values})  # fmt: skip

    def target(self, month, amount, person=ANNA):
        return self.add("sales_target", month_on=date(2026, month, 1), period="month", person_id=person, standard=Decimal(amount),
                        target=Decimal(amount))  # fmt: skip

    def result(self, period, person=ANNA):
        with self.world.open() as session:
            return results.results(session, period.first, period.last).get(person)

    def compute(self, period=MARCH, who="service_manager"):
        with self.acting(who) as session:
            return ranking.compute(session, period, self.now)

    def publish(self, period=MARCH, who="director", seen=None):
        with self.acting(who) as session:
            seen = ranking.digest_of(ranking.held(session, period)) if seen is None else seen
            return ranking.publish(session, period, seen, self.now, self.now)

    def pay(self, period, who="service_manager"):
        with self.acting(who) as session:
            return bonuses.compute(session, period, self.now)

    def places(self, period=MARCH, who="system"):
        with self.world.open(who) as session:
            return {
                person: (one.rank_no, one.net_sales, one.published)
                for person, one in ranking.held(session, period).items()
            }

    def measured(self, period):
        """Person -> what their sales are measured by, and the percentage reached."""
        with self.world.open() as session:
            return {person: (one.target, one.achievement) for person, one in ranking.held(session, period).items()}

    def bonus(self, month, person, kind):
        one = register_named("sales_bonus")
        with self.world.open() as session:
            return session.scalars(
                select(one).filter_by(month_on=date(2026, month, 1), person_id=person, kind=kind)
            ).one()

    def entries(self):
        with self.world.open() as session:
            return session.scalar(select(func.count()).select_from(TrailEntry))


@pytest.fixture
def books(world):
    return Books(world)


def code(step, *arguments, **more):
    with pytest.raises(Refused) as refused:
        step(*arguments, **more)
    return refused.value.verdict.code


@pytest.mark.rule("R-INCE-01", "R-INCE-02")
def test_a_months_result_counts_each_register_once_and_a_return_in_its_own_month(books):
    """March: 1000 - 20 discount - 15 rebate by its form, though the order says 10 - 100 cancelled; 7 - 7 rebate that only
    an order tells: 865; 700 cost, 65 spent: 100 gross.
    A bill of 5000 shipped on 1 January, due on 1 April: 30 days x 0.0002 x 5000 = 30 lost: 70 profit. April: - 300."""
    sale = books.order((3, 10), 1000, discount=Decimal(20), rebate=Decimal(10))
    books.order((3, 11), 7, rebate=Decimal(7))
    line = register_named("sale").lines.property.mapper.class_
    with books.acting("system") as session:
        goods = {
            "product": "灯",
            "quantity": 1,
            "price": Decimal(1000),
            "amount": Decimal(1000),
            "marginal_cost": Decimal(700),
        }
        order = session.get_one(register_named("sale"), sale)
        order.lines.append(line(position=0, **goods))
    books._row("sale_discount", "granted_on", (3, 12), 15, ANNA, sale_id=sale, kind="rebate", reason="老客户")
    books._row("sale_discount", "granted_on", (3, 12), 9, ANNA, sale_id=sale, kind="commission", reason="介绍")
    books._row("sale_cancellation", "cancelled_on", (3, 20), 100, ANNA, sale_id=sale, reason="改期")
    books.add(
        "sales_expense", spent_on=date(2026, 3, 31), person_id=ANNA, kind="travel", amount=Decimal(65), purpose="出差"
    )
    books.receive((3, 15), 5000, method="bill", shipped_on=date(2026, 1, 1), matures_on=date(2026, 4, 1))
    books.back((4, 2), 300, sale)
    march, april = books.result(MARCH), books.result(APRIL)
    assert (march.net_sales, march.gross, march.bill_result, march.profit, march.receipts) == (865, 100, 30, 70, 5000)
    assert (april.net_sales, books.result(YEAR).net_sales) == (-300, 565)


@pytest.mark.rule("R-INCE-02")
def test_a_bill_put_right_is_reckoned_again_and_what_is_no_bill_bears_nothing(books):
    bill = books.receive((3, 15), 10000, method="bill", shipped_on=date(2026, 1, 1), matures_on=date(2026, 4, 1))
    receipt = register_named("receipt")
    with books.acting("sales_manager") as session:
        records.change(session, session.get_one(receipt, bill), {"matures_on": date(2026, 2, 20)})
    with books.world.open() as session:
        one = session.get_one(receipt, bill)
        assert (one.bill_days, one.bill_result, one.daily_rate) == (-10, -20, Decimal("0.02"))
    with books.acting("sales_manager") as session:
        records.change(session, session.get_one(receipt, bill), {"method": "cash"})
    with books.world.open() as session:
        assert session.get_one(receipt, bill).bill_result is None


@pytest.mark.rule("R-INCE-02")
def test_receivable_at_a_months_end_is_what_was_shipped_and_not_received_by_then(books):
    """Shipped 500 and 300 in March, 200 in April; 450 came in March: 350 at March's end, 550 at April's."""
    for number, (day, amount) in enumerate((((3, 5), 500), ((3, 31), 300), ((4, 1), 200))):
        books._row("shipment", "shipped_on", day, amount, ANNA, kind="cash", invoice_number=f"FP-{number}")
    books.receive((3, 31), 450)
    with books.world.open() as session:
        assert results.receivable(session, MARCH.last) == {ANNA: 350}
        assert results.receivable(session, APRIL.last) == {ANNA: 550}


@pytest.mark.rule("R-INCE-03", "R-INCE-04")
def test_a_ranking_has_all_who_sold_or_have_a_target_and_computing_it_again_changes_nothing(books):
    """March: Bo 900, Anna 600 of 800 (75 %, B); Chen nothing of 100 (0 %, C). Anna took 120 after 80 in February: + 50 %."""
    books.order((3, 1), 600)
    books.order((3, 31), 900, BO)
    books.order((4, 1), 5000)
    books.target(3, 800)
    books.target(3, 100, CHEN)
    books.receive((2, 28), 80)
    books.receive((3, 2), 120)
    assert books.compute() == 3
    assert books.places() == {BO: (1, 900, False), ANNA: (2, 600, False), CHEN: (3, 0, False)}
    with books.world.open() as session:
        one = ranking.held(session, MARCH)[ANNA]
        assert (one.achievement, one.grade, one.receipts, one.receipts_growth) == (75, "B", 120, 50)
    entries = books.entries()
    assert books.compute() == 3
    assert books.entries() == entries
    assert code(books.compute, Period(Month(2026, 5))) == "wrong_state"
    assert code(books.compute, who="sales_manager") == "no_right"
    assert books.compute(Period(Month(2026, 3), yearly=False)) == 3


@pytest.mark.rule("R-INCE-04")
def test_a_month_is_measured_by_its_own_target_else_by_the_standard_of_the_year_and_the_year_by_its_target(books):
    """Anna: a year's target of 12000, a standard of 900 a month; March has its own target, 800. 600 in March are 75 %, 300 in
    April 33.33 % of 900, 900 of the year 7.5 % of 12000. Chen has a standard of 500 and sold nothing: 0 %."""
    books.order((3, 1), 600)
    books.order((4, 1), 300)
    books.target(3, 800)
    for person, standard, target in ((ANNA, 900, 12000), (CHEN, 500, 6000)):
        books.add("sales_target", month_on=date(2026, 1, 1), period="year", person_id=person, standard=Decimal(standard),
                  target=Decimal(target))  # fmt: skip
    for period in (MARCH, APRIL):
        books.compute(period)
    books.now = datetime(2027, 1, 5, 2, 0, tzinfo=UTC)
    books.compute(YEAR)
    assert [books.measured(period) for period in (MARCH, APRIL, YEAR)] == [
        {ANNA: (800, 75), CHEN: (500, 0)},
        {ANNA: (900, Decimal("33.33")), CHEN: (500, 0)},
        {ANNA: (12000, Decimal("7.5")), CHEN: (6000, 0)},
    ]


@pytest.mark.rule("R-INCE-03", "R-ROLE-05")
def test_published_it_is_locked_its_first_three_are_told_inside_and_the_rest_stays_with_those_who_read_it(books):
    for person, amount in ((ANNA, 400), (BO, 300), (CHEN, 200), (PERSON_IDS["store_manager"], 100)):
        books.order((3, 5), amount, person)
    assert code(books.publish) == "wrong_state"
    books.compute()
    assert code(books.publish, who="sales_manager") == "no_right"
    assert code(books.publish, seen="another") == "changed"
    assert books.publish() == 3
    assert code(books.publish) == "locked"
    books.order((3, 6), 9000, BO)
    assert code(books.compute) == "locked"
    assert [place[2] for place in books.places().values()] == [True, True, True, False]
    with books.world.open("clerk") as session:
        told = ranking.published(session, 10)
        assert [row[2] for row in told] == [1, 2, 3]
    assert books.places(who="clerk") == {}
    assert list(books.places(who="sales")) == [ANNA]
    with pytest.raises(Refused) as refused, books.acting("service_manager") as session:
        records.change(session, next(iter(ranking.held(session, MARCH).values())), {"remark": "改"})
    assert refused.value.verdict.code == "operation_only"


@pytest.mark.rule("R-INCE-03")
def test_what_was_entered_after_it_was_computed_is_worked_out_before_it_is_published(books):
    order = books.order((3, 5), "900")
    books.order((3, 6), "800", BO)
    books.compute()
    books.back((3, 30), "300", order)
    assert code(books.publish) == "changed"
    assert {published for _place, _net, published in books.places().values()} == {False}
    books.compute()
    assert books.publish() == 2


@pytest.mark.rule("R-INCE-01", "R-INCE-05")
def test_bonuses_follow_the_published_ranking_and_a_return_of_march_claims_its_bonus_back_in_april(books):
    """March: Anna 1000: 20 and 500 for the first place, due on 15 April. April: 300 less 800 returned of March: no bonus, 16
    claimed back; 900 more returned claim the 4 that are left of 20. Computing it again changes nothing."""
    sale = books.order((3, 10), 1000)
    books.order((3, 10), 100, BO)
    books.compute()
    assert code(books.pay, MARCH) == "wrong_state"
    books.publish()
    assert books.pay(MARCH) == 4
    assert code(books.pay, MARCH, who="director") == "no_right"
    one = books.bonus(3, ANNA, "result")
    assert (one.base, one.rate, one.amount, one.paid_amount, one.due_on) == (1000, 2, 20, 20, date(2026, 4, 15))
    assert (books.bonus(3, ANNA, "rank_month").amount, books.bonus(3, BO, "rank_month").amount) == (500, 300)
    books.order((4, 3), 300)
    books.back((4, 10), 800, sale)
    last = books.back((4, 20), 900, sale)
    books.compute(APRIL)
    books.publish(APRIL)
    books.pay(APRIL)
    one = books.bonus(4, ANNA, "result")
    assert (one.base, one.amount, one.reclaimed, one.paid_amount) == (-1400, 0, 20, -20)
    with books.world.open() as session:
        assert session.get_one(register_named("sale_return"), last).bonus_reclaimed == 4
    entries = books.entries()
    books.pay(APRIL)
    assert books.entries() == entries


@pytest.mark.rule("R-INCE-01", "R-INCE-05")
def test_a_return_entered_after_its_months_bonus_was_approved_is_borne_by_the_next_month_once(books):
    """March: 1000: 20. April takes back 8 for 400 and is approved; 500 more of April, typed under Bo, take 10 in May."""
    sale = books.order((3, 10), 1000)
    books.back((4, 10), 400, sale)
    for period in (MARCH, APRIL):
        books.compute(period)
        books.publish(period)
        books.pay(period)
    with books.acting("system") as session, operating(session):
        april = session.get_one(register_named("sales_bonus"), books.bonus(4, ANNA, "result").id)
        april.approved_by_id, april.approved_at = PERSON_IDS["general_manager"], NOW
    late = books.back((4, 25), 500, sale, BO)
    books.order((5, 3), 100)
    books.pay(APRIL)
    assert books.bonus(4, ANNA, "result").reclaimed == 8
    with books.world.open() as session:
        assert session.get_one(register_named("sale_return"), late).bonus_reclaimed is None
    books.now, may = datetime(2026, 6, 5, 2, 0, tzinfo=UTC), Period(Month(2026, 5))
    books.compute(may)
    books.publish(may)
    for _again in range(2):
        books.pay(may)
        assert (books.bonus(5, ANNA, "result").reclaimed, books.bonus(5, ANNA, "result").paid_amount) == (10, -8)
    with books.world.open() as session:
        assert session.get_one(register_named("sale_return"), late).bonus_reclaimed == 10


@pytest.mark.rule("R-INCE-03", "R-INCE-05")
def test_a_years_ranking_and_bonus_come_after_the_year(books):
    books.order((3, 10), 1000)
    assert code(books.compute, YEAR) == "wrong_state"
    books.now = datetime(2027, 1, 5, 2, 0, tzinfo=UTC) + timedelta(hours=1)
    books.compute(YEAR)
    books.publish(YEAR)
    assert books.pay(YEAR) == 1
    one = books.bonus(12, ANNA, "rank_year")
    assert (one.amount, one.due_on) == (5000, date(2027, 2, 15))
