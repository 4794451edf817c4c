"""Sales results: figures of a month or year by person, rankings, bonuses, bills (R-INCE-01 … 05)."""
