"""The archive room's screens: requests and their signatures, the loan desk, the buttons that lead there."""

from flask import Flask

from . import buttons, loan_desk, out_now, request_view, reservations, where_now  # noqa: F401  buttons, screens and places attach by table name


def add_archives(app: Flask) -> None:
    """Give *app* the loan desk and its queue; the screens of requests are put in their registers' place by being imported."""
    for page in (loan_desk, out_now, reservations):
        app.register_blueprint(page.blueprint)
