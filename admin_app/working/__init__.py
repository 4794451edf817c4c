"""Working tables: what the program itself keeps (accounts, codes, trail, approvals, numbers, batches); no registers."""
