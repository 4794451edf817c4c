"""Two customers made one: everything that hangs on either is there afterwards, and after the undoing (R-CUST-07)."""

import re
from datetime import date, timedelta
from decimal import Decimal

import pytest
from sqlalchemy import func, select

from admin_app.models import register_named
from admin_app.operations import records
from admin_app.operations.merging import hanging, merging, undoing
from admin_app.verdicts import Refused
from admin_app.working.merges import RecordMerge
from admin_app.working.trail import TrailEntry
from tests.customers.conftest import NOW, id_of
from tests.fixtures.records import make_record
from tests.fixtures.web import post


def refused(code):
    return pytest.raises(Refused, check=lambda error: error.verdict.code == code)


def customer():
    return register_named("customer")


@pytest.fixture
def two(make):
    """The id of the customer that is kept, and of the one that goes up in them."""
    kept = make("customer", name="陈女士", phone="13800000001", owner_id=id_of("customer_manager"), store_id=1)
    gone = make(
        "customer", name="陈大姐", phone="13800000002", owner_id=id_of("customer_manager2"), store_id=2, wechat="chen"
    )
    return kept.id, gone.id


@pytest.fixture
def merge(world):
    def merged(two, who="info_officer", **values):
        with world.writing(who) as session:
            kept, gone = (session.get_one(customer(), id_) for id_ in two)
            return merging.merge(session, kept, gone, values, (kept.version, gone.version), NOW)

    return merged


def undo(world, merge_id, who="info_officer"):
    with world.writing(who) as session:
        return undoing.undo(session, merge_id, NOW)


def leading_to(session, *ids):
    """(table, field) -> the ids of the rows that lead to one of *ids*, void and closed ones too."""
    return {
        (link.cls.__tablename__, link.face.name): sorted(
            session.scalars(select(link.cls.id).where(getattr(link.cls, link.face.name).in_(ids)))
        )
        for link in hanging.links("customer")
    }


def fill(world, gone):
    """A row by every link that leads to a customer, those of lines too."""
    with world.writing() as session:
        for link in hanging.links("customer"):
            if not hasattr(link.cls, "parent_table"):
                make_record(session, link.cls, **{link.face.name: gone})
        listing = make_record(session, "intermediary")
        listing.introductions = [
            link.cls(introduced_on=NOW.date(), customer_id=gone) for link in _lines_of("intermediary")
        ]


def _lines_of(table):
    return [link for link in hanging.links("customer") if getattr(link.cls, "parent_table", "") == table]


@pytest.mark.rule("R-CUST-07")
def test_every_row_by_every_declared_link_moves_nothing_is_lost_and_all_of_it_goes_back(world, two, merge):
    kept, gone = two
    fill(world, gone)
    with world.open() as session:
        before, mine = leading_to(session, *two), leading_to(session, kept)
        own = leading_to(session, gone)
    assert all(ids for (table, _name), ids in own.items() if table in {link.cls.__tablename__ for link in _whole()})
    done = merge(two)
    with world.open() as session:
        assert leading_to(session, *two) == before
        assert leading_to(session, kept) == before
        assert session.get_one(customer(), gone).void_reason.startswith("并入 ")
    undone = undo(world, done)
    with world.open() as session:
        assert leading_to(session, gone) == own
        assert leading_to(session, kept) == mine
        assert session.get_one(customer(), gone).voided_at is None
    assert (undone.back, undone.elsewhere, undone.kept_fields) == (sum(map(len, own.values())), 0, [])


def _whole():
    return [link for link in hanging.links("customer") if not hasattr(link.cls, "parent_table")]


@pytest.mark.rule("R-CUST-07", "R-AUDT-01")
def test_the_chosen_fields_are_taken_over_told_in_the_trail_and_put_back_unless_changed_since(world, two, merge):
    kept, gone = two
    done = merge(two, wechat="chen", name="陈大姐")
    with world.writing("info_officer") as session:
        records.change(session, session.get_one(customer(), kept), {"name": "陈美兰"})
    with world.open() as session:
        told = session.scalars(
            select(TrailEntry.event).where(TrailEntry.detail.contains(done)).order_by(TrailEntry.seq)
        )
        assert {"changed", "voided", "merged"} <= set(told)
    undone = undo(world, done)
    with world.open() as session:
        one = session.get_one(customer(), kept)
        assert (one.wechat, one.name, undone.kept_fields) == (None, "陈美兰", ["name"])


@pytest.mark.rule("R-CUST-07")
def test_what_belonged_to_a_customer_of_nobody_is_its_owners_again_after_the_undoing(world, two, merge, make):
    with world.writing() as session:
        session.get_one(customer(), two[1]).owner_id = None
    mine, theirs = id_of("clerk"), id_of("customer_manager")
    one = make("follow_up", customer_id=two[1], owner_id=mine).id
    done = merge(two)
    with world.open() as session:
        assert session.get_one(register_named("follow_up"), one).owner_id == theirs
    undo(world, done)
    with world.open() as session:
        assert session.get_one(register_named("follow_up"), one).owner_id == mine


@pytest.mark.rule("R-CUST-07")
def test_nothing_new_leads_to_who_went_up_in_another_until_the_undoing(world, two, merge, make):
    done = merge(two)
    for table, link in (("follow_up", "customer_id"), ("shipment", "customer_id")):
        with refused("wrong_state"):
            make(table, **{link: two[1]})
    undo(world, done)
    make("follow_up", customer_id=two[1])


@pytest.mark.rule("R-CUST-07", "R-CRED-01")
def test_credit_follows_its_customer_into_the_merge_and_back(world, two, merge, make):
    line = make("credit_line", customer_id=two[0]).id

    def owed():
        with world.open() as session:
            return session.get_one(register_named("credit_line"), line).used_amount

    make("shipment", customer_id=two[1], kind="credit", amount=Decimal(700), shipped_on=NOW.date(), hand_written=True)
    done = merge(two)
    merged = owed()
    undo(world, done)
    assert (merged, owed()) == (Decimal(700), Decimal(0))


@pytest.mark.rule("R-CUST-07", "R-CONF-01")
def test_a_form_of_which_one_has_one_stays_a_link_to_oneself_does_too_and_the_level_rises(world, two, merge, make):
    kept, gone = two
    for id_ in two:
        make("customer_profile", customer_id=id_)
    with world.writing() as session:
        session.get_one(customer(), kept).source = "friend"
        session.get_one(customer(), kept).introduced_by_id = gone
        session.get_one(customer(), gone).level = 2
    merge(two)
    with world.open() as session:
        profile = register_named("customer_profile")
        assert sorted(session.scalars(select(profile.customer_id))) == sorted(two)
        one = session.get_one(customer(), kept)
        assert (one.introduced_by_id, one.level) == (gone, 2)


@pytest.mark.rule("R-CUST-07", "R-CONF-02")
def test_what_hangs_above_ones_clearance_moves_unseen_and_what_is_above_it_is_not_merged(world, two, merge, make):
    kept, gone = two
    secret = make("credit_line", customer_id=gone)
    merge(two)
    with world.open() as session:
        assert session.get_one(register_named("credit_line"), secret.id).customer_id == kept
    with world.open("info_officer") as session:
        assert session.get(register_named("credit_line"), secret.id) is None


@pytest.mark.rule("R-CUST-07", "R-ROLE-01")
def test_nobody_else_merges_and_nothing_is_merged_twice_or_restored_past_the_merge(world, two, merge, make):
    for who in ("store_manager", "general_manager"):
        with refused("role"), world.writing(who) as session:
            kept, gone = (session.query(customer()).filter_by(id=id_).one() for id_ in (two[0], two[0]))
            merging.merge(session, kept, gone, {}, (1, 1), NOW)
    third = make("customer").id
    first = merge(two)
    with refused("wrong_state"):
        merge((third, two[1]))
    with refused("same_record"):
        merge((two[0], two[0]))
    with refused("wrong_state"), world.writing("info_officer") as session:
        records.restore(session, session.get_one(customer(), two[1]))
    second = merge((third, two[0]))
    with refused("wrong_state"):
        undo(world, first)
    undo(world, second)
    undo(world, first)
    with refused("wrong_state"):
        undo(world, first)
    with world.open() as session:
        assert session.scalar(select(func.count()).select_from(RecordMerge).where(RecordMerge.undone_at.is_(None))) == 0


@pytest.mark.rule("R-CUST-07")
def test_on_screen_the_other_is_found_compared_merged_and_taken_apart(world, client_of, make):
    kept, gone = (
        make("customer", name="陈女士", store_id=1, phone=f"1380000000{n}", wechat=f"chen{n}") for n in (1, 2)
    )
    make("follow_up", customer_id=gone.id)
    client = client_of("info_officer")
    page = client.get(f"/admin/customer/details/?id={kept.public_id}").text
    assert "合并重复" in page
    assert f"gone={gone.public_id}" in client.get(f"/merge/customer/?kept={kept.public_id}").text
    address = f"/merge/customer/compare/?kept={kept.public_id}&gone={gone.public_id}"
    page = client.get(address).text
    title = register_named("follow_up").declaration.title
    assert re.search(rf'<span class="change">{title}\s*1</span>', page)
    asked = {"kept_version": "1", "gone_version": "1", "side-wechat": "gone"}
    assert post(client, address, asked | {"gone_version": "9"}).status_code == 409
    assert post(client, address, asked).status_code == 302
    with world.open() as session:
        assert session.get_one(customer(), kept.id).wechat == "chen2"
    assert post(client, f"/merge/customer/undo/?id={kept.public_id}", {"confirmed": "yes"}).status_code == 302
    with world.open() as session:
        assert session.get_one(customer(), kept.id).wechat == "chen1"
        assert session.get_one(customer(), gone.id).voided_at is None
    assert client_of("store_manager").get(address).status_code == 404


@pytest.mark.rule("R-PRIV-01", "R-CUST-07")
@pytest.mark.parametrize(
    "consented, stands",
    [
        (None, date(2026, 3, 5)),
        (date(2026, 1, 1), date(2026, 3, 5)),
        (date(2026, 3, 8), None),  # asked again after the withdrawal
    ],
)
def test_who_withdrew_on_either_card_has_withdrawn_until_the_undoing(world, two, merge, make, consented, stands):
    """The card that goes up withdrew on 5 March; a visit of the kept one, of 9 March, stays with it."""
    kept, gone = two
    with world.writing() as session:
        records.bring(
            session.get_one(customer(), gone), {"ground_on": date(2026, 1, 1), "withdrawn_on": date(2026, 3, 5)}
        )
        records.bring(session.get_one(customer(), kept), {"ground_on": consented})
    visit = make("visit_report", customer_id=kept, visited_at=NOW - timedelta(2))
    before = make("follow_up", customer_id=gone, happened_at=NOW - timedelta(9))
    done = merge(two)
    assert [withdrawn(world, one) for one in two] == [stands, date(2026, 3, 5)]
    with world.open() as session:
        moved = [session.get_one(register_named(table), one.id).customer_id
                 for table, one in (("visit_report", visit), ("follow_up", before))]  # fmt: skip
    assert moved == [kept, kept]
    undo(world, done)
    assert [withdrawn(world, one) for one in two] == [None, date(2026, 3, 5)]


@pytest.mark.rule("R-PRIV-01", "R-CUST-07")
def test_a_visit_after_the_kept_card_s_withdrawal_moves_there_all_the_same(world, two, merge, make):
    """Two cards of one person: on the kept one they had withdrawn on 5 March, and were visited by the other on the 9th."""
    kept, gone = two
    with world.writing() as session:
        records.bring(
            session.get_one(customer(), kept), {"ground_on": date(2026, 1, 1), "withdrawn_on": date(2026, 3, 5)}
        )
    visit = make("visit_report", customer_id=gone, visited_at=NOW - timedelta(2))
    merge(two)
    with world.open() as session:
        assert session.get_one(register_named("visit_report"), visit.id).customer_id == kept


def withdrawn(world, id_):
    with world.open() as session:
        return session.get_one(customer(), id_).withdrawn_on
