"""The archive room's screens: requests and their signatures, the loan desk, reports of leaks, the buttons that lead there."""

from flask import Flask

from . import buttons, leak_page, loan_desk, request_view  # noqa: F401  buttons and screens attach by table name


def add_archives(app: Flask) -> None:
    """Give *app* the loan desk and the report of leaks; the screens of requests come with being imported."""
    app.register_blueprint(loan_desk.blueprint)
    app.register_blueprint(leak_page.blueprint)
