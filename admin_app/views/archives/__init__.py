"""The archive room's screens: requests and signatures, the loan desk, copies, leaks, keeping and ending files, their buttons."""

from flask import Flask

from . import (  # noqa: F401  buttons, screens of registers and places attach by table name
    buttons,
    catalogue_page,
    copies_page,
    destruction_view,
    due_files,
    holding_page,
    leak_page,
    loan_desk,
    out_now,
    release_change,
    request_view,
    reservations,
    rooms_page,
    round_page,
    where_now,
)

_PAGES = (
    loan_desk, out_now, reservations, leak_page, copies_page, release_change, catalogue_page, round_page, rooms_page,
    due_files, holding_page,
)  # fmt: skip


def add_archives(app: Flask) -> None:
    """Give *app* the room's pages; the screens of registers are put in their place by being imported."""
    for page in _PAGES:
        app.register_blueprint(page.blueprint)
