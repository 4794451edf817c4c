"""The archive room's screens: requests and their signatures, the loan desk, reports of leaks, the buttons that lead there."""

from flask import Flask

from . import buttons, copies_page, leak_page, loan_desk, release_change, request_view  # noqa: F401  buttons and screens attach by table name


def add_archives(app: Flask) -> None:
    """Give *app* the loan desk and the report of leaks; the screens of requests come with being imported."""
    app.register_blueprint(loan_desk.blueprint)
    for page in (leak_page, copies_page, release_change):
        app.register_blueprint(page.blueprint)
