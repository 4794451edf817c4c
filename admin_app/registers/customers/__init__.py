"""Customers with their people, homes and estates."""

TITLE = "客户"
ORDER = 20
