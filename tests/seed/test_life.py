"""A customer's way through the demo company, from the first visit to the warranty, and what months make of it."""

from collections import defaultdict
from datetime import date, timedelta
from decimal import Decimal

from seed.invented import local_day
from tests.seed.conftest import NOW, Books

TODAY = local_day(NOW)


def by_customer(books: Books, table: str) -> dict[int, list]:
    found = defaultdict(list)
    for row in books.of(table):
        found[row.customer_id].append(row)
    return found


def test_nobody_is_followed_up_before_the_first_visit(books: Books):
    for one in books.of("follow_up"):
        assert books.get("customer", one.customer_id).registered_at < one.happened_at < NOW


def test_a_consultation_follows_its_visit(books: Books):
    assert books.of("consultation")
    for one in books.of("consultation"):
        assert books.get("visitor", one.visitor_id).came_at < one.consulted_at


def test_the_steps_of_a_decoration_come_in_their_order(books: Books):
    contracts = books.of("decoration_contract")
    assert contracts
    for contract in contracts:
        agreement = books.get("design_agreement", contract.agreement_id)
        dispatch = books.get("dispatch_order", agreement.dispatch_id)
        consultation = books.get("consultation", dispatch.consultation_id)
        assert consultation.consulted_at < dispatch.proposed_at
        assert local_day(dispatch.proposed_at) < agreement.signed_on < contract.signed_on < contract.starts_on
        assert {agreement.designer_id, dispatch.designer_id, consultation.designer_id} == {contract.designer_id}


def test_a_customer_has_signed_exactly_where_there_is_a_contract(books: Books):
    contracts, sites, warranties = (
        by_customer(books, one) for one in ("decoration_contract", "project_site", "warranty")
    )
    for customer in books.of("customer"):
        if customer.kind == "decoration":
            assert len(contracts[customer.id]) == (customer.status in ("signed", "completed")), customer.status
            assert len(warranties[customer.id]) == (customer.status == "completed")
            assert len(sites[customer.id]) <= len(contracts[customer.id])


def test_a_site_is_that_of_its_contract(books: Books):
    for site in books.of("project_site"):
        contract = books.get("decoration_contract", site.contract_id)
        assert (site.amount, site.area, site.address) == (contract.amount, contract.area, contract.address)
        assert site.planned_on == site.started_on + timedelta(days=site.duration)
        assert (site.state in ("finished", "settled")) == (site.finished_on is not None) == (site.progress == 100)


def test_work_is_looked_at_while_it_goes_on(books: Books):
    for table, name in (
        ("site_inspection", "checked_on"),
        ("site_patrol", "patrolled_on"),
        ("change_order", "ordered_on"),
    ):
        for row in books.of(table):
            site = books.get("project_site", row.site_id)
            assert site.started_on <= getattr(row, name) <= (site.finished_on or TODAY), table


def test_nobody_complains_of_works_that_did_not_begin(books: Books):
    assert books.of("complaint")
    sites = by_customer(books, "project_site")
    for complaint in books.of("complaint"):
        assert min(site.started_on for site in sites[complaint.customer_id]) <= local_day(complaint.happened_at)


def test_what_is_repaired_was_finished_or_bought(books: Books):
    for ticket in books.of("repair_ticket"):
        assert books.get("project_site", ticket.site_id).finished_on <= local_day(ticket.reported_at)
    for request in books.of("service_request"):
        customer = books.get("customer", request.customer_id)
        assert customer.kind in ("decoration", "car_buyer", "car_service") and customer.status in (
            "signed",
            "completed",
        )
        assert request.bought_on <= local_day(request.requested_at)
        assert (request.product == "整车") == customer.kind.startswith("car")


def test_nobody_pays_before_or_more_than_is_due(books: Books):
    shipped = by_customer(books, "shipment")
    for receipt in books.of("receipt"):
        theirs = shipped[receipt.customer_id]
        due = [one for one in theirs if receipt.shipment_id in (one.id, None) and one.shipped_on <= receipt.received_on]
        assert receipt.amount <= sum(one.amount for one in due)
    for payment in books.of("project_payment"):
        assert payment.amount + payment.arrears == payment.due_amount


def test_a_designer_is_not_given_a_customer_while_out_or_suspended(books: Books):
    away = [(one.designer_id, local_day(one.out_at), local_day(one.back_at)) for one in books.of("outing")]
    away += [(one.designer_id, one.from_on, one.until_on) for one in books.of("designer_suspension")]
    given = [(one.designer_id, local_day(one.proposed_at)) for one in books.of("dispatch_order")]
    assert [one for one in given for who, since, until in away if who == one[0] and since <= one[1] <= until] == []


def test_nobody_judges_what_they_wrote(books: Books):
    for rating in books.of("internal_rating"):
        assert rating.rater_id != rating.rated_id
    for one in books.of("weekly_patrol"):
        assert one.patroller_id != one.person_id


def test_a_score_is_what_its_deductions_leave(books: Books):
    lost = defaultdict(int)
    for one in books.of("score_deduction"):
        lost[one.sheet_id, one.part] += one.points
    full = {"information": 30, "follow_up": 30, "outings": 20}
    assert books.of("score_sheet")
    for sheet in books.of("score_sheet"):
        assert sheet.total == sheet.information + sheet.follow_up + sheet.internal_service + sheet.outings
        for part, marks in full.items():
            assert getattr(sheet, part) == marks - lost[sheet.id, part]


def net_sales_by_hand(books: Books) -> dict[tuple[int, date], Decimal]:
    """(Seller, first of the month) -> orders less what was taken off them, each in its own month (R-INCE-01)."""
    found = defaultdict(Decimal)
    rebates = [one for one in books.of("sale_discount") if one.kind == "rebate"]
    apart = {one.sale_id for one in rebates}
    for sale in books.of("sale"):
        rebate = 0 if sale.id in apart else sale.rebate or 0
        found[sale.seller_id, sale.ordered_on.replace(day=1)] += sale.amount - (sale.discount or 0) - rebate
    less = [(one, one.returned_on) for one in books.of("sale_return")]
    less += [(one, one.cancelled_on) for one in books.of("sale_cancellation")]
    for one, day in less + [(one, one.granted_on) for one in rebates]:
        found[one.seller_id, day.replace(day=1)] -= one.amount
    return found


def test_reports_count_what_was_written(books: Books):
    for report in books.of("complaint_analysis"):
        found = [
            one for one in books.of("complaint") if report.from_on <= local_day(one.happened_at) <= report.until_on
        ]
        assert report.total_count == len(found) == sum(line.count for line in report.counts)
    sold = net_sales_by_hand(books)
    assert {one.period for one in books.of("sales_ranking")} == {"month"}
    for ranking in books.of("sales_ranking"):
        assert ranking.net_sales == sold[ranking.person_id, ranking.month_on]
    for report in books.of("hr_report"):
        of_month = [one for one in books.of("reward_penalty") if one.decided_on.replace(day=1) == report.month_on]
        decided = [one for one in of_month if one.approved_by_id is not None]
        assert report.rewards_count + report.penalties_count == len(decided)
        assert report.rewards_amount + report.penalties_amount == sum(one.amount for one in decided)
