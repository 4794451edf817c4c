"""Customers: two registrations of one, two records of one, and whether they count as valid (R-CUST-03, 06, 07)."""
