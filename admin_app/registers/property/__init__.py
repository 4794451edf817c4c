"""Units, occupancy, upkeep and fees of a property."""

TITLE = "物业"
ORDER = 45
