"""The dispatch board's screens: the board, the offer for a customer, what is done with an order, the buttons there."""

from flask import Flask

from . import acts, board, buttons, offer  # noqa: F401  the buttons attach by table name


def add_dispatch(app: Flask) -> None:
    """Give *app* the board, the offer and the acts."""
    for page in (board, offer, acts):
        app.register_blueprint(page.blueprint)
