"""Complaints from acceptance to analysis, satisfaction, praise."""

TITLE = "投诉与满意度"
ORDER = 52
