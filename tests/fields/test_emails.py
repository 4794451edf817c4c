"""What counts as a mail address, and what is told of what doesn't (R-NOTE-01)."""

import pytest

from admin_app.fields import Fault, Reading
from admin_app.fields.contacts import EmailKind


@pytest.mark.parametrize("typed", ["wang@example.com", " wang.shouyi+1@mail.example.com.cn ", "ｗａｎｇ@example.cn"])
def test_an_address_is_kept_as_it_is_used(typed):
    assert EmailKind().parse(typed, Reading()) == typed.strip().replace("ｗａｎｇ", "wang")


@pytest.mark.parametrize(
    "typed", ["没有", "wang@example", "王@example.com", "a@b.cn;c@d.cn", "a b@example.cn", "a@b..cn"]
)
def test_what_no_server_takes_is_refused_at_its_field(typed):
    with pytest.raises(Fault) as refused:
        EmailKind().parse(typed, Reading())
    assert refused.value.code == "bad_text"
