"""How a customer gets a designer: orders, refusals, reconciliation, site visits."""

TITLE = "派单"
ORDER = 15
