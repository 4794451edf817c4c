"""Finding and winning customers: surveys, plans, contracts, sales, receipts."""

TITLE = "客户开发"
ORDER = 22
