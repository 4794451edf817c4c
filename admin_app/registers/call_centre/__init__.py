"""Calls in and out, and their quality."""

TITLE = "呼叫中心"
ORDER = 54
