"""The demo company dispatches by the rules: nobody holds more than three, orders agree with their snapshots (R-DISP-03, 04)."""

from tests.seed.conftest import Books

WAITING = ("confirmed", "dispatched", "accepted")


def test_no_designer_holds_more_than_three_and_the_files_say_how_many(books: Books):
    for file in books.of("designer"):
        mine = [one for one in books.of("design_agreement") if one.designer_id == file.employee_id]
        running = [one for one in mine if one.received_on and one.state == "held"]
        waiting = [
            one for one in books.of("dispatch_order") if one.designer_id == file.employee_id and one.state in WAITING
        ]
        assert file.held == len(running) + len(waiting) <= 3


def test_an_order_that_went_out_was_confirmed_and_stands_in_its_snapshot_in_its_place(books: Books):
    assert "deposit" in {one.state for one in books.of("dispatch_order")}
    for order in books.of("dispatch_order"):
        assert (order.state == "proposed") == (order.dispatched_at is None) == (order.confirmed_by_id is None)
        places = {line.place_then: line.designer_id for line in order.candidates}
        assert places[order.rank_then] == order.designer_id
        assert order.rank_then == 1 or order.not_first_reason
