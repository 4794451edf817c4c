"""Employees as people who sign in: accounts, roles and clearances, asked for and granted (R-ROLE-02)."""

from . import accounts, joining, person, powers, roster, titles, viewing, waiting

BLUEPRINTS = (
    roster.blueprint,
    joining.blueprint,
    titles.blueprint,
    person.blueprint,
    powers.blueprint,
    accounts.blueprint,
    viewing.blueprint,
    waiting.blueprint,
)
