"""Employees as people who sign in: accounts, roles and clearances, asked for and granted (R-ROLE-02)."""

from . import accounts, joining, person, powers, roster, titles, waiting

BLUEPRINTS = (
    roster.blueprint,
    joining.blueprint,
    titles.blueprint,
    person.blueprint,
    powers.blueprint,
    accounts.blueprint,
    waiting.blueprint,
)
