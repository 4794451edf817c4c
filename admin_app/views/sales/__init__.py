"""Sales results on screen: the page of a month or year, and the first three for everybody."""

from flask import Flask

from . import board, period_page


def add_sales(app: Flask) -> None:
    for page in (period_page, board):
        app.register_blueprint(page.blueprint)
