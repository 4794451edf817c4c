"""Which roles go with a job title (R-ROLE-01)."""

import pytest

from admin_app.permissions import Role
from admin_app.rules.titles import roles_of_title, shipped


@pytest.mark.rule("R-ROLE-01")
@pytest.mark.parametrize(
    ("post", "role"),
    [
        ("客户经理", Role.CUSTOMER_MANAGER),
        ("城东店 招商经理", Role.CUSTOMER_MANAGER),
        ("店面经理", Role.STORE_MANAGER),
        ("工长", Role.PROJECT_MANAGER),
        ("常务副总经理", Role.DIRECTOR),
        ("总经理", Role.GENERAL_MANAGER),
        ("信息管理专员", Role.ARCHIVE_KEEPER),
        ("客户信息主管", Role.INFO_SUPERVISOR),
        ("主管", Role.CALL_SUPERVISOR),
        ("财务主管", None),
        ("", None),
    ],
)
def test_a_title_of_the_manuals_resolves_to_its_role(post, role):
    assert roles_of_title(post, shipped()) == ((role,) if role else ())
