"""When a customer is valid, and for which source they count (R-CUST-06)."""

from dataclasses import replace

import pytest

from admin_app.rules.valid_customers import Path, Step, counted_source, is_valid, may_complete, may_say, missing

WHOLE = Path(
    pre_registered=True, registered_whole=True, agrees=True, designer_signed=True, handed=True, returned=True,
    completed=True, entered=True,
)  # fmt: skip


@pytest.mark.rule("R-CUST-06")
@pytest.mark.parametrize(
    ("without", "lacks"),
    [
        ({"registered_whole": False}, [Step.REGISTERED]),
        ({"registered_whole": False, "pre_registered": False}, []),  # walked in
        ({"agrees": None}, [Step.COMPARED]),
        ({"returned": False, "entered": False}, [Step.RETURNED, Step.ENTERED]),
        ({"designer_signed": False, "completed": False}, [Step.DESIGNER, Step.COMPLETED]),
        ({"handed": False}, [Step.HANDED]),
    ],
)
def test_what_is_missing_is_told_in_its_order_and_nothing_missing_may_be_confirmed(without, lacks):
    path = replace(WHOLE, **without)
    assert list(missing(path)) == lacks
    assert is_valid(path, "confirmed") is (not lacks)
    assert may_say("confirmed", "", missing(path)).code == ("incomplete" if lacks else "")


@pytest.mark.rule("R-CUST-06")
@pytest.mark.parametrize(
    ("agrees", "said", "source", "valid"),
    [
        (True, "confirmed", "adviser", True),
        (True, "open", "adviser", False),
        (True, "disputed", "natural", False),
        (False, "confirmed", "natural", False),
        (False, "open", "natural", False),
        (None, "open", "adviser", False),
    ],
)
def test_what_does_not_agree_counts_as_natural_flow_and_only_what_is_confirmed_is_valid(agrees, said, source, valid):
    path = replace(WHOLE, agrees=agrees)
    assert counted_source("adviser", agrees, said) == source
    assert is_valid(path, said) is valid


@pytest.mark.rule("R-CUST-06")
def test_a_dispute_says_why_and_the_manager_signs_once_the_form_is_back():
    assert may_say("disputed", " ", ()).code == "no_reason"
    assert may_say("disputed", "电话记录不符", (Step.ENTERED,))
    assert may_say("open", "", ()).code == "incomplete"
    assert may_complete(replace(WHOLE, completed=False, entered=False))
    assert may_complete(replace(WHOLE, returned=False)).code == "not_signed"
