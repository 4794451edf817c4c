"""The dispatch board over HTTP: what each role finds there, and what they don't (R-DISP-01 … 09, R-CONF-02)."""

import re
from datetime import timedelta

import pytest

from admin_app.permissions import Level
from tests.fixtures.dispatch_board import TODAY
from tests.fixtures.web import post

SEERS = (
    "customer_manager",
    "designer",
    "store_manager",
    "general_manager",
    "director",
    "service_manager",
    "info_officer",
)


def text_of(page):
    return " ".join(re.sub(r"<[^>]+>", " ", page).split())


def board_of(clients, who):
    answer = clients(who).get("/dispatch/")
    assert answer.status_code == 200, who
    return text_of(answer.text)


def public_id(board, table, id_):
    return board.get(table, id_).public_id


@pytest.mark.rule("R-SIGN-05")
def test_the_board_stands_in_the_menu_of_whom_it_opens_to_and_is_no_page_for_others(clients):
    for who in SEERS:
        assert 'href="/dispatch/"' in clients(who).get("/").text, who
    for who in ("clerk", "hr", "admin", "sales"):
        assert 'href="/dispatch/"' not in clients(who).get("/").text, who
        assert clients(who).get("/dispatch/").status_code == 404, who


@pytest.mark.rule("R-DISP-01", "R-DISP-04")
def test_a_customer_manager_proposes_from_the_offer_and_the_store_manager_confirms_from_the_order(board, clients):
    first, second = board.designer(material_target_met=True), board.designer("designer")
    customer = board.customer(wishes="全屋装修", preferences="喜欢明亮")
    manager = clients("customer_manager")
    assert "钱3来" in board_of(clients, "customer_manager")
    url = f"/dispatch/offer/?customer={public_id(board, 'customer', customer)}"
    page = text_of(manager.get(url).text)
    assert "第 1 名 设计师1号" in page and "主材达标；第 2 名主材未达标" in page
    assert "主材销售达标后前移" in page and "喜欢明亮" in page
    typed = {"facts": "三口之家", "amount": "250000", "styles": "modern", "off_plan": "no"}
    again = post(manager, url, {**typed, "again": "yes"})
    assert "大单" in text_of(again.text)
    chosen = {**typed, "designer": public_id(board, "employee", second)}
    refused = post(manager, url, chosen)
    assert refused.status_code == 403 and "<code>no_reason</code>" in refused.text and "三口之家" in refused.text
    done = post(manager, url, {**chosen, "not_first_reason": "客户指名"})
    assert done.status_code == 302
    (order,) = board.all("dispatch_order")
    assert (order.designer_id, order.rank_then, order.not_first_reason, order.large_order) == (
        second,
        2,
        "客户指名",
        True,
    )
    assert "风格：现代简约" in order.special_wishes
    lines = [(line.place_then, line.designer_id) for line in board.order(order.id).candidates]
    assert lines == [(1, first), (2, second)]
    store = clients("store_manager")
    assert "确认派单" in store.get(done.location).text
    confirm = f"/dispatch/confirm/?id={order.public_id}"
    asked = text_of(store.get(confirm).text)
    assert "确认后即派出" in asked and "钱3来" in asked and "设计师 0003" in asked
    assert post(store, confirm, {"version": "1"}).status_code == 302
    assert board.order(order.id).state == "dispatched"
    assert "等我答复的派单 1" in board_of(clients, "designer")


@pytest.mark.rule("R-DISP-03", "R-DISP-06", "R-SIGN-06")
def test_whoever_cannot_be_offered_stands_apart_with_every_reason_and_what_would_change_it(board, clients):
    designer, customer = board.designer("designer"), board.customer()
    for _ in range(3):
        board.agreement(designer)
    board.write("designer_suspension", designer_id=designer, from_on=TODAY, until_on=TODAY + timedelta(days=9), kind="other",
                reason="停单", store_id=1)  # fmt: skip
    url = f"/dispatch/offer/?customer={public_id(board, 'customer', customer)}"
    page = text_of(clients("customer_manager").get(url).text)
    for told in (
        "现在没有可派的设计师",
        "停单至 2026-03-20",
        "2026-03-21 起可派",
        "持单已满：3 单",
        "再完成、退出或失效 1 单后可派",
    ):
        assert told in page
    answer = post(
        clients("customer_manager"), url, {"facts": "两口", "designer": public_id(board, "employee", designer)}
    )
    assert answer.status_code == 409
    assert re.findall("<code>(.*?)</code>", answer.text) == ["suspended", "full"]
    assert "3 / 3" in board_of(clients, "store_manager")


@pytest.mark.rule("R-DISP-02")
def test_the_countersign_queue_shows_what_was_authorised_until_it_is_countersigned(board, clients):
    order = board.propose(board.designer("designer"))
    board.absent()
    general, url = clients("general_manager"), f"?id={public_id(board, 'dispatch_order', order)}"
    assert "授权派单" in general.get(f"/admin/dispatch_order/details/{url}").text
    assert post(general, f"/dispatch/authorise/{url}", {"version": "1"}).status_code == 302
    for who in ("store_manager", "general_manager", "customer_manager"):
        assert "等店经理补签 1" in board_of(clients, who)
    version = board.order(order).version
    assert "补签" in clients("store_manager").get("/").text
    assert post(clients("store_manager"), f"/dispatch/countersign/{url}", {"version": str(version)}).status_code == 302
    assert "等店经理补签" not in board_of(clients, "store_manager")
    page = text_of(clients("store_manager").get(f"/admin/dispatch_order/details/{url}").text)
    assert re.search("补签 是", page) and "2026-03-11" in page


@pytest.mark.rule("R-DISP-06")
def test_a_designer_refuses_with_a_ground_and_what_was_typed_stays_where_one_is_missing(board, clients):
    order = board.sent(board.designer("designer"))
    designer, url = clients("designer"), f"/dispatch/decline/?id={public_id(board, 'dispatch_order', order)}"
    assert "停单一个月" in designer.get(url).text
    again = post(designer, url, {"reason": "手上三单同时进中期"})
    assert again.status_code == 200 and "手上三单同时进中期" in again.text
    assert board.order(order).state == "dispatched"
    assert post(designer, url, {"reason": "手上三单同时进中期", "ground": "time"}).status_code == 302
    assert board.order(order).state == "refused"
    for who in ("store_manager", "customer_manager", "designer"):
        assert "时间冲突" in board_of(clients, who)


@pytest.mark.rule("R-CONF-02", "R-DISP-01")
def test_a_store_manager_sees_their_own_store_and_a_designer_what_names_them(board, clients):
    mine, other = board.designer("designer"), board.designer()
    away = board.designer("designer2", store_id=2)
    board.sent(mine, board.customer())
    board.propose(other, board.customer())
    theirs = board.customer("customer_manager2", store_id=2)
    foreign = board.propose(away, theirs, "customer_manager2")
    store, elsewhere = board_of(clients, "store_manager"), board_of(clients, "store_manager2")
    assert "设计师2号" in store and "钱5来" in store and "设计师2 0030" not in store and "钱6来" not in store
    assert "钱6来" in elsewhere and "设计师2号" not in elsewhere and "钱5来" not in elsewhere
    named = board_of(clients, "designer")
    assert "钱4来" in named
    assert "设计师2号" not in named and "钱5来" not in named and "派单公平" not in named and "钱6来" not in named
    url = f"?id={public_id(board, 'dispatch_order', foreign)}"
    for act in ("confirm", "withdraw", "accept", "decline", "authorise", "countersign"):
        for who in ("store_manager", "designer"):
            assert clients(who).get(f"/dispatch/{act}/{url}").status_code == 404, (act, who)
            assert post(clients(who), f"/dispatch/{act}/{url}", {"version": "1"}).status_code == 404, (act, who)
    assert board.order(foreign).state == "proposed"


@pytest.mark.rule("R-DISP-01")
def test_an_act_that_isnt_ones_turn_is_refused_and_changes_nothing(board, clients):
    order = board.propose(board.designer("designer"))
    url = f"?id={public_id(board, 'dispatch_order', order)}"
    for who, act in (("customer_manager", "confirm"), ("general_manager", "authorise"), ("director", "confirm")):
        assert clients(who).get(f"/dispatch/{act}/{url}").status_code == 302, (who, act)
        answer = post(clients(who), f"/dispatch/{act}/{url}", {"version": "1"})
        assert answer.status_code in (403, 409) and re.search(
            "<code>(role|no_right|wrong_state)</code>", answer.text
        ), who
    assert clients("store_manager").get(f"/dispatch/nothing/{url}").status_code == 404
    assert (board.order(order).state, board.order(order).version) == ("proposed", 1)


@pytest.mark.rule("R-DISP-04", "R-DISP-03")
def test_the_board_tells_who_is_out_on_duty_or_suspended_now(board, clients):
    duty, out, stopped = board.designer(), board.designer(), board.designer()
    for one in (duty, out):
        board.write("duty_roster", employee_id=one, day=TODAY, shift="whole_day", store_id=1)
    board.write("outing", designer_id=out, out_at=board.now - timedelta(hours=1), place_visited="望湖花园", purpose="量房",
                store_id=1)  # fmt: skip
    board.write("designer_suspension", designer_id=stopped, from_on=TODAY, until_on=TODAY + timedelta(days=30),
                kind="refusal", reason="拒单", store_id=1)  # fmt: skip
    page = board_of(clients, "customer_manager")
    assert "外出：望湖花园" in page and "在岗" in page and "不在值班表" in page
    assert "停单至 2026-04-10" in page and "2026-04-11 起可派" in page


@pytest.mark.rule("R-DISP-04", "R-CONF-02")
def test_the_board_tells_who_is_on_leave_or_absent_to_whoever_sees_the_attendance(board, clients):
    """On leave by an entry of two days ago that runs until tomorrow; absent today, though on the roster; travelling, by an entry
    of 机密."""
    leave, absent = board.designer(), board.designer()
    board.write("duty_roster", employee_id=absent, day=TODAY, shift="whole_day", store_id=1)
    board.write("attendance", employee_id=leave, day=TODAY - timedelta(days=2), state="leave", store_id=1,
                leave_from_on=TODAY - timedelta(days=2), leave_until_on=TODAY + timedelta(days=1))  # fmt: skip
    board.write("attendance", employee_id=absent, day=TODAY, state="absent", store_id=1)
    secret = board.designer()
    board.write("attendance", employee_id=secret, day=TODAY, state="travel", store_id=1, level=Level.CONFIDENTIAL)
    page = board_of(clients, "store_manager")
    assert f"请假至 {TODAY + timedelta(days=1)}" in page and "旷工" in page and "在岗" not in page
    assert "出差" not in page and "出差" in board_of(clients, "general_manager")


@pytest.mark.rule("R-DISP-04", "R-CONF-14")
def test_a_designer_who_does_not_read_the_days_of_their_leave_is_not_told_by_them(board, clients):
    """As its party they read day and state, not from when until when."""
    me = board.designer("designer")
    board.write("attendance", employee_id=me, day=TODAY - timedelta(days=2), state="present", store_id=2,
                leave_from_on=TODAY - timedelta(days=2), leave_until_on=TODAY + timedelta(days=1))  # fmt: skip
    page = board_of(clients, "designer")
    assert f"至 {TODAY + timedelta(days=1)}" not in page and "正常出勤" not in page


@pytest.mark.rule("R-DISP-02")
def test_while_the_store_manager_is_away_the_board_says_who_authorises(board, clients):
    board.propose(board.designer())
    assert "由总经理授权" not in board_of(clients, "general_manager")
    board.change("store", 1, absent_from=board.now - timedelta(hours=1), absent_until=board.now + timedelta(hours=5))
    assert re.search(r"城东店店经理不在（至 [^）]+），由总经理授权", board_of(clients, "general_manager"))
    board.change("store", 1, absent_until=None)
    assert "城东店店经理不在，由总经理授权" in board_of(clients, "customer_manager")


@pytest.mark.rule("R-CONF-02")
def test_where_somebody_is_out_to_is_told_only_to_whoever_sees_the_outing(board, clients):
    board.write("outing", designer_id=board.designer(), out_at=board.now - timedelta(hours=1), place_visited="望湖花园",
                purpose="量房", store_id=1)  # fmt: skip
    for who in ("store_manager", "customer_manager", "general_manager"):
        assert "外出：望湖花园" in board_of(clients, who), who
    page = board_of(clients, "service_manager")
    assert "外出" in page and "望湖花园" not in page


@pytest.mark.rule("R-DISP-01")
@pytest.mark.parametrize("answer", ["accept", "decline"])
def test_a_customers_page_offers_dispatch_again_after_a_refusal_and_not_before(board, clients, answer):
    customer = board.customer()
    board.answer(board.sent(board.designer("designer"), customer), accept=answer == "accept")
    id_ = public_id(board, "customer", customer)
    page = clients("customer_manager").get(f"/admin/customer/details/?id={id_}").text
    assert (f"/dispatch/offer/?customer={id_}" in page) is (answer == "decline")


@pytest.mark.rule("R-DISP-06")
def test_the_store_manager_lifts_a_stop_from_the_board(board, clients):
    designer = board.designer("designer")
    for nth in range(1, 6):
        day = TODAY - timedelta(days=nth)
        board.agreement(designer, signed_on=day, received_on=day, finished_on=day, state="finished")
    url = f"/dispatch/lift/?id={board.file(designer).public_id}"
    assert url in clients("store_manager").get("/dispatch/").text
    assert url not in clients("customer_manager").get("/dispatch/").text
    assert post(clients("customer_manager"), url, {"reason": "已谈话"}).status_code == 403
    assert post(clients("store_manager"), url, {"reason": "已谈话"}).status_code == 302
    assert url not in clients("store_manager").get("/dispatch/").text


@pytest.mark.rule("R-DISP-08")
def test_fairness_sets_what_each_got_beside_the_share_to_be_expected(board, clients):
    """Three orders: the first designer stood first in all, got one; the second got two.

    First: 1 of 3 (33 %) of 100 % expected; second: 2 of 3 (67 %) of none.
    """
    first, second = board.designer(department_rank=1), board.designer(department_rank=2)
    for designer in (first, second, second):
        board.sent(designer)
    board.propose(first)  # not out yet: doesn't count
    page = board_of(clients, "store_manager")
    assert re.search(r"设计师1号 S001\s+1 / 3\s+33 %\s+100 %\s+-67 %", page)
    assert re.search(r"设计师2号 S002\s+2 / 3\s+67 %\s+0 %\s+\+67 %", page)


@pytest.mark.rule("R-DISP-09")
def test_sites_short_of_visits_show_what_is_missing_and_what_it_takes_off(board, clients):
    """Two slips (briefing, carpentry) and a line of the station book of another day: three of five, 20 % off.

    The line of the book on the day of a slip is the same visit.
    """
    designer, customer = board.designer("designer"), board.customer()
    site = board.write("project_site", name="钱家", customer_id=customer, address="3 栋", designer_id=designer,
                       started_on=TODAY - timedelta(days=60))  # fmt: skip
    for days, stage in ((50, "briefing"), (30, "carpentry")):
        day = TODAY - timedelta(days=days)
        board.write("site_visit", project_site_id=site, visited_on=day, stage=stage, owner_id=designer, store_id=1)
    for days in (30, 10):
        board.write("site_station_log", site_id=site, logged_at=board.now - timedelta(days=days), name="设计师",
                    identity="designer")  # fmt: skip
    for who in ("store_manager", "designer"):
        page = board_of(clients, who)
        assert re.search(r"钱家\s+设计师 0003\s+3 / 5\s+中期款前\s+20 %", page), who
    assert board.get("project_site", site).designer_visits == 3
