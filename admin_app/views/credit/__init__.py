"""Credit on screen: the customers with credit and what waits, one customer's ladder, the buttons that lead there."""

from flask import Flask

from . import buttons, customer, overview


def add_credit(app: Flask) -> None:
    """Give *app* the overview, a customer's page and the acts on debts."""
    for page in (overview, customer, buttons):
        app.register_blueprint(page.blueprint)
