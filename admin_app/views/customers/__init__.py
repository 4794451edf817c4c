"""The customers' screens: claims ruled on, two records made one, sources reconciled, the pool, follow-ups, coverage by visits."""

from flask import Flask

from . import care, claims, coverage, following_up, merging, pool, reconciling, told  # noqa: F401  what is told attaches by table name


def add_customers(app: Flask) -> None:
    for page in (care, claims, coverage, following_up, merging, pool, reconciling):
        app.register_blueprint(page.blueprint)
