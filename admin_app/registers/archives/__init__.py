"""The archive room: types, places, files, their items, requests to read and to borrow."""

TITLE = "档案"
ORDER = 30
