"""Two records of one thing made one: what moves, the merge, its undoing (R-CUST-07)."""
