"""Employees as people who sign in: accounts, roles and clearances, asked for and granted (R-ROLE-02)."""

from . import accounts, person, powers, roster, viewing, waiting

BLUEPRINTS = (
    roster.blueprint,
    person.blueprint,
    powers.blueprint,
    accounts.blueprint,
    viewing.blueprint,
    waiting.blueprint,
)
