"""The archive room's screens: requests and their signatures, the loan desk, the buttons that lead there."""

from flask import Flask

from . import buttons, loan_desk, request_view  # noqa: F401  buttons and screens attach by table name


def add_archives(app: Flask) -> None:
    """Give *app* the loan desk; the screens of requests are put in their registers' place by being imported."""
    app.register_blueprint(loan_desk.blueprint)
