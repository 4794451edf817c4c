"""The customers' screens: claims ruled side by side, two records made one, the week's sources reconciled."""

from flask import Flask

from . import claims, merging, told  # noqa: F401  what is told attaches by table name


def add_customers(app: Flask) -> None:
    for page in (claims, merging):
        app.register_blueprint(page.blueprint)
