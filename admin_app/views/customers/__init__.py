"""The customers' screens: claims ruled side by side, two records made one, the week's sources reconciled."""

from flask import Flask

from . import claims, merging, reconciling, told  # noqa: F401  what is told attaches by table name


def add_customers(app: Flask) -> None:
    for page in (claims, merging, reconciling):
        app.register_blueprint(page.blueprint)
