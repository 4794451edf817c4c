"""Telling people: once for each event, to the desk, and by mail or to a group where that is set up (R-NOTE-01)."""
