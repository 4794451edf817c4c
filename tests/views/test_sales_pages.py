"""Sales results on screen: a month computed, published and paid by those who may, the first three told to all (R-INCE-03)."""

import re
from datetime import timedelta
from decimal import Decimal

import pytest

from admin_app import clock
from admin_app.models import register_named
from admin_app.operations import records
from tests.fixtures.company import DEPARTMENT_IDS, PERSON_IDS, today
from tests.fixtures.web import post


@pytest.fixture
def month(world):
    """The last month that is over, in which sales sold 800 and sales2 500."""
    day = today().replace(day=1) - timedelta(days=1)
    with world.writing() as session:
        customer = records.create(session, register_named("customer"), {
            "name": "丰泽建材", "phone": "13800000001", "registered_at": clock.now(), "department_id": DEPARTMENT_IDS["客户开发部"],
        })  # fmt: skip
        for who, amount in (("sales", 800), ("sales2", 500)):
            records.create(session, register_named("sale"), {
                "customer_id": customer.id, "seller_id": PERSON_IDS[who], "ordered_on": day, "amount": Decimal(amount),
                "list_number": who, "order_kind": "visit",
            })  # fmt: skip
    return f"{day:%Y-%m}"


def text_of(page):
    return " ".join(re.sub(r"<[^>]+>", " ", page.text).split())


@pytest.mark.rule("R-INCE-01", "R-INCE-03", "R-INCE-05", "R-CONF-02")
def test_a_month_is_computed_published_and_paid_and_everybody_reads_the_first_three(month, client_of):
    manager, director = client_of("service_manager"), client_of("director")
    assert client_of("clerk").get("/sales/").status_code == 404
    assert "还没有公布的名次" in client_of("clerk").get("/sales/first-three/").text
    assert post(client_of("sales_manager"), "/sales/", {"month": month, "act": "compute"}).status_code == 403
    assert post(manager, "/sales/", {"month": month, "act": "compute"}).status_code == 302
    page = text_of(client_of("sales_manager").get(f"/sales/?month={month}"))
    assert "1 客户开发专员 0015 800.00" in page
    assert "合计 1,300.00" in page
    own = text_of(client_of("sales").get(f"/sales/?month={month}"))
    assert "客户开发专员 0015 800.00" in own
    assert "500.00" not in own
    assert "收款与损益" not in own
    assert "收款与损益" in text_of(client_of("sales_manager").get(f"/sales/?month={month}"))
    seen = re.search(r'name="seen" value="([^"]+)"', director.get(f"/sales/?month={month}").text)[1]
    refused = post(director, "/sales/", {"month": month, "act": "publish", "seen": "older"})
    assert refused.status_code == 409
    assert post(director, "/sales/", {"month": month, "act": "publish", "seen": seen}).status_code == 302
    assert "第 1 名 客户开发专员" in text_of(client_of("clerk").get("/sales/first-three/"))
    assert "800" not in text_of(client_of("clerk").get("/sales/first-three/"))
    answer = post(manager, "/sales/", {"month": month, "act": "bonuses"}, follow_redirects=True)
    assert "已计算 4 笔奖金" in text_of(answer)
