"""What refusals and shared numbers may reveal: this list and nothing else."""

from string import Formatter

import pytest

from admin_app.rules.disclosures import DISCLOSURES, Fact, disclose

REVIEWED = {
    ("number_issued", "R-ARCH-01", "编号 {number} 已使用", False),
    ("vehicle_has_file", "R-ARCH-03", "该车辆已建档，一车一档", False),
    ("item_unavailable", "R-LOAN-06", "该件现在不可借", False),
    ("designer_full", "R-DISP-03", "该设计师名额已满", False),
    ("customer_registered", "R-CUST-03", "该客户已登记，客户经理为{manager}", False),
    ("customer_claimed", "R-CUST-03", "{manager}后来登记了同一客户", False),
    ("designer_registered", "R-DISP-03", "该员工已有设计师档案，一人一份", False),
    ("form_exists", "R-CONF-15", "已有一份，一人一份", False),
    ("more_than_successor_may", "R-CUST-09", "有的记录接手人密级不够或无权查看，请另选接手人", False),
    ("under_complaint", "R-ARCH-07", "客户有未了结的投诉", False),
    ("no_deposit", "R-CUST-02", "A 级须有设计协议和定金收据，客户还没有", False),
    (
        "customer_withdrew",
        "R-PRIV-01",
        "客户已撤回同意，从撤回当日起不再联系；只能补登撤回以前的联系，其他情况请写在客户的备注里",
        False,
    ),
    ("has_deposit", "R-CUST-02", "客户已交设计定金，是 A 级", False),
    ("entry_exists", "R-AUDT-01", "有一条记录，内容不显示", True),
}


@pytest.mark.rule("R-CONF-15")
def test_the_facts_that_may_get_out_are_the_reviewed_ones():
    listed = {
        (fact.value, known.rule, known.sentence.message, known.auditor_only) for fact, known in DISCLOSURES.items()
    }
    assert listed == REVIEWED


@pytest.mark.rule("R-CONF-15")
@pytest.mark.parametrize("fact", list(Fact))
def test_a_sentence_gives_away_exactly_the_values_it_declares(fact):
    known = DISCLOSURES[fact]
    named = {name for _, name, _, _ in Formatter().parse(known.sentence.message) if name}
    assert named == known.reveals


@pytest.mark.rule("R-CONF-15")
def test_a_registered_customer_reveals_with_whom():
    assert str(disclose(Fact.CUSTOMER_REGISTERED, manager="李娜")) == "该客户已登记，客户经理为李娜"


@pytest.mark.rule("R-CONF-15")
@pytest.mark.parametrize(
    ("fact", "values"),
    [
        (Fact.ITEM_UNAVAILABLE, {"borrower": "王强"}),
        (Fact.CUSTOMER_REGISTERED, {"manager": "李娜", "phone": "13812345678"}),
        (Fact.CUSTOMER_REGISTERED, {}),
    ],
)
def test_a_value_too_many_or_too_few_is_an_error(fact, values):
    with pytest.raises(ValueError, match="reveals"):
        disclose(fact, **values)
