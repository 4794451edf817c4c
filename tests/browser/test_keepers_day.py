"""A keeper's whole day in the browser: files handed over, papers lent and brought back by scan, somebody refused, one late,
one lost, a shelf gone through, a file destroyed with everybody's signature. Long, so it goes with the long run."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import select

from admin_app.models import Register, register_named
from admin_app.operations import records
from admin_app.permissions import Level
from admin_app.rules.label_codes import code_of
from tests.fixtures.archive_room import Room
from tests.fixtures.company import PASSWORD, PERSON_IDS
from tests.fixtures.destruction import HERE, Ending
from tests.fixtures.dispatch_board import clock_day
from tests.fixtures.records import make_record

pytestmark = [pytest.mark.browser, pytest.mark.soak]
LOANS = 20
KEEPER, BORROWER = "archive_keeper", "customer_manager"


@dataclass
class Morning:
    """The archive room as the keeper finds it; ids, but for the shelf's address."""

    room: Room
    overdue: int
    papers: list[int]
    old_file: int
    shelf: str

    def all_of(self, table: str, **values: Any) -> list[Register]:
        with self.room.world.open() as session:
            found = list(session.scalars(select(register_named(table)).filter_by(**values).order_by("id")))
            session.expunge_all()
            return found

    @property
    def today(self) -> date:
        return clock_day(self.room.now)

    def code(self, table: str, id_: int) -> str:
        """What the label of a record says."""
        return code_of(table, self.room.get(table, id_).public_id)


@pytest.fixture
def morning(room: Room) -> Morning:
    """Twenty papers whose loans are granted, one that should be back since yesterday, a file nobody needs any longer."""
    room.now = datetime.now(UTC) - timedelta(days=4)
    with room.acting("system") as session:
        values = {"name": "汽车销售档案", "prefix": "XS", "customer_kinds": ("car_buyer",)}
        records.create(session, register_named("archive_type"), values)
        place = {"code": "A-01-01", "room": "档案室", "cabinet": "A", "shelf": 1, "position": 1, "clearance": "2"}
        shelf = make_record(session, "archive_place", **place)
        old = make_record(session, "customer", name="文徵明", kind="decoration", store_id=1)
        old_file = make_record(session, "archive_file", customer_id=old.id, archive_type_id=1).id
        papers = [
            records.create(
                session, register_named("archive_item"), {"file_id": room.file_id, "name": f"第{n}页", "level": 2}
            ).id
            for n in range(1, LOANS + 1)
        ]
        placed, public_id = shelf.id, shelf.public_id
    overdue = room.on_loan("info_officer", signers=("service_manager", KEEPER))
    room.now = datetime.now(UTC)
    for level, paper in enumerate(papers, start=100):
        room.items[level] = paper
        room.granted(BORROWER, level=level)
    ending = Ending(room)
    for file in (room.file_id, old_file):
        ending.set("archive_file", file, place_id=placed)
    ending.set("archive_file", old_file, department_id=HERE)
    ending.close(old_file)
    return Morning(room, overdue, papers, old_file, public_id)


def test_a_keepers_day(morning, enter, picture):
    keeper = enter(KEEPER)
    picture(keeper, "day-desk", whole=True)
    six_files_are_handed_over_two_of_them_late(morning, keeper, enter(BORROWER), picture)
    twenty_papers_are_lent_by_scan(morning, keeper, picture)
    two_are_refused_with_their_reasons(morning, keeper, picture)
    what_was_overdue_comes_back_and_one_paper_is_lost(morning, keeper, picture)
    the_shelf_is_gone_through(morning, keeper, picture)
    a_file_is_destroyed_to_the_last_signature(morning, keeper, enter, picture)


def choose(page: Page, name: str, text: str) -> None:
    """Take what a look-up box offers first for *text*."""
    page.locator(f"#{name}").fill(text)
    page.get_by_role("option", name=text).first.click()


def six_files_are_handed_over_two_of_them_late(morning, keeper, adviser, picture):
    """A sale's file is due three working days after the car was delivered (R-ARCH-04)."""
    today = morning.today
    for number in range(6):
        delivered = today - timedelta(days=20 if number < 2 else 0)
        keeper.goto("/admin/archive_handover/new/")
        keeper.locator("#handed_on").fill(today.isoformat())
        choose(keeper, "archive_type_id", "汽车销售档案")
        choose(keeper, "owner_id", f"{PERSON_IDS[BORROWER]:04}")
        choose(keeper, "receiver_id", f"{PERSON_IDS[KEEPER]:04}")
        keeper.locator("#delivered_on").fill(delivered.isoformat())
        keeper.get_by_role("button", name="保存", exact=True).click()
        expect(keeper.get_by_text("已新增")).to_be_visible()
    picture(keeper, "day-handovers")
    for handover in morning.all_of("archive_handover"):
        for page in (adviser, keeper):
            sign(page, f"/admin/archive_handover/details/?id={handover.public_id}")
    signed = morning.all_of("archive_handover")
    assert [one.on_time for one in signed] == [False, False, True, True, True, True]
    assert all(one.handed_by_id and one.received_by_id for one in signed)


def twenty_papers_are_lent_by_scan(morning, keeper, picture):
    """The paper's code, the borrower's password, Enter (R-LOAN-07, R-LOAN-11)."""
    keeper.goto("/loans/")
    for paper in morning.papers:
        keeper.locator("#code").fill(morning.code("archive_item", paper))
        keeper.keyboard.press("Enter")
        keeper.get_by_label("密码").fill(PASSWORD)
        keeper.keyboard.press("Enter")
        expect(keeper.get_by_text("已借出：")).to_be_visible()
    picture(keeper, "day-lent", whole=True)
    assert len(morning.all_of("archive_item", state="on_loan")) == LOANS + 1


def two_are_refused_with_their_reasons(morning, keeper, picture):
    """Who has something overdue (R-LOAN-09), and what nobody signed for (R-LOAN-02)."""
    classified = morning.code("archive_item", morning.room.items[Level.CONFIDENTIAL])
    for who, rule in (("info_officer", "R-LOAN-09"), ("service_manager", "R-LOAN-02")):
        keeper.goto("/loans/")
        for code in (morning.code("employee", PERSON_IDS[who]), classified):
            keeper.locator("#code").fill(code)
            keeper.keyboard.press("Enter")
            expect(keeper.locator("#code, main form button").first).to_be_visible()
            if keeper.locator("#code").count() == 0:  # the three don'ts, before the day's first classified paper
                keeper.get_by_role("button", name="我已阅读").click()
                expect(keeper.locator("#code")).to_be_visible()
        expect(keeper.get_by_text(rule).first).to_be_visible()
        picture(keeper, f"day-refused-{rule}", whole=True)
    assert morning.room.item(Level.CONFIDENTIAL).state == "in"


def what_was_overdue_comes_back_and_one_paper_is_lost(morning, keeper, picture):
    """Whole by Enter; what is lost opens a violation (R-LOAN-08)."""
    take_back(morning, keeper, morning.room.item().id)
    assert morning.room.item().state == "in"
    lost, *rest = morning.papers
    keeper.goto("/loans/")
    keeper.locator("#code").fill(morning.code("archive_item", lost))
    keeper.keyboard.press("Enter")
    keeper.get_by_label("完好（份）").fill("0")
    keeper.get_by_label("遗失（份）").fill("1")
    keeper.get_by_role("button", name="归还入库").click()
    expect(keeper.get_by_text("全部遗失")).to_be_visible()
    for paper in rest:
        take_back(morning, keeper, paper)
    picture(keeper, "day-back", whole=True)
    assert morning.room.get("archive_item", lost).state == "missing"
    assert [one.item_id for one in morning.all_of("archive_violation")] == [lost]
    assert morning.all_of("archive_item", state="on_loan") == []


def take_back(morning, keeper, paper):
    keeper.goto("/loans/")
    keeper.locator("#code").fill(morning.code("archive_item", paper))
    keeper.keyboard.press("Enter")
    expect(keeper.get_by_role("button", name="归还入库")).to_be_visible()
    keeper.wait_for_timeout(400)  # a second scan in a hurry is no answer
    keeper.keyboard.press("Enter")
    expect(keeper.get_by_text("已归还").first).to_be_visible()


def the_shelf_is_gone_through(morning, keeper, picture):
    """Enter for each file that lies there whole (R-ARCH-05)."""
    keeper.goto(f"/archives/round/shelf/?place={morning.shelf}")
    picture(keeper, "day-shelf")
    while keeper.get_by_text("这个柜位查完了").count() == 0:
        left = keeper.locator("main .count").first.inner_text()
        keeper.keyboard.press("Enter")
        expect(keeper.locator("main .count").first).not_to_have_text(left)
    assert len(morning.all_of("archive_inspection")) == 2


def a_file_is_destroyed_to_the_last_signature(morning, keeper, enter, picture):
    """Listed, appraised, approved twice, carried out, seen by two who are not the keeper (R-ARCH-07)."""
    keeper.goto("/archives/due/")
    picture(keeper, "day-due")
    keeper.get_by_role("checkbox").first.check()
    keeper.get_by_role("button", name="造册：选中的案卷").click()
    (listing,) = morning.all_of("destruction")
    page_of = f"/admin/destruction/details/?id={listing.public_id}"
    for who in ("info_officer", "store_manager", "general_manager"):
        sign(enter(who), page_of)
    keeper.goto(f"/admin/destruction/edit/?id={listing.public_id}")
    keeper.locator("#destroyed_on").fill(morning.today.isoformat())
    keeper.locator("input[name=way][value=shred]").check()
    keeper.get_by_role("button", name="保存", exact=True).click()
    expect(keeper.get_by_text("已保存").first).to_be_visible()
    for who in ("info_officer", "info_supervisor"):
        sign(enter(who), page_of)
    keeper.goto(page_of)
    picture(keeper, "day-destroyed", whole=True)
    assert morning.room.get("archive_file", morning.old_file).state == "destroyed"


def sign(page: Page, address: str) -> None:
    """Give the signature that the record at *address* waits for."""
    page.goto(address)
    page.locator("a[href*='/sign/']").first.click()
    page.get_by_role("button", name="签字").click()
    expect(page.get_by_text("已签字").first).to_be_visible()
