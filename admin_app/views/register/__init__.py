"""The generic screen: one Flask-Admin view per register, found by walking; ``@replaces`` may put another in its place."""

from flask import Flask
from flask_admin import Admin, AdminIndexView

from ...models import all_registers
from .overrides import OVERRIDES
from .view import RegisterView


def add_registers(app: Flask) -> Admin:
    """Give every register its screen under ``/admin/<table>/``."""
    admin = Admin(app, name="strongroom", index_view=AdminIndexView(url="/admin"))
    for table, register in all_registers().items():
        admin.add_view(OVERRIDES.get(table, RegisterView)(register))
    return admin
