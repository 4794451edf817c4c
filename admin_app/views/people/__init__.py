"""Employees as people who sign in: accounts, roles and clearances, asked for and granted (R-ROLE-02)."""

from . import accounts, person, powers, roster, waiting

BLUEPRINTS = (roster.blueprint, person.blueprint, powers.blueprint, accounts.blueprint, waiting.blueprint)
