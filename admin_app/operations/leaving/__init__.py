"""Leaving the company: what somebody has charge of, handed over in one step (R-CUST-09)."""
