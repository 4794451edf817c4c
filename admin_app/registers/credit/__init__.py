"""Credit lines, shipments and money outstanding."""

TITLE = "信用与货款"
ORDER = 26
