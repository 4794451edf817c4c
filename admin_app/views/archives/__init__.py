"""The archive room's screens: requests and their signatures, the loan desk, keeping and ending files, the buttons there."""

from flask import Flask

from . import buttons, destruction_view, due_files, holding_page, loan_desk, request_view, rooms_page, round_page  # noqa: F401  they attach


def add_archives(app: Flask) -> None:
    """Give *app* the room's pages; the screens of registers are put in their place by being imported."""
    for page in (loan_desk, round_page, rooms_page, due_files, holding_page):
        app.register_blueprint(page.blueprint)
