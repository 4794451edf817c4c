"""The monthly score on screen: a month of sheets, and one sheet with all that took points off."""

from flask import Flask

from . import month_page, sheet_page


def add_scoring(app: Flask) -> None:
    app.register_blueprint(month_page.blueprint)
    app.register_blueprint(sheet_page.blueprint)
