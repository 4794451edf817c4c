"""The admin's door to people, and the employee named in an address."""

from flask import abort

from ...database import db
from ...models import Register, register_named
from ...operations import records
from ...permissions import Role
from ...texts import say
from ..doors import MANAGEMENT, door, holds

PEOPLE = door(say("人员与账号"), "/people/", MANAGEMENT, holds(Role.ADMIN))


def employee_at(public_id: str) -> Register:
    """The employee with that id in addresses; 404 for hidden, voided and unknown alike."""
    employee = records.find(db.session, register_named("employee"), public_id[:24])
    if employee is None or employee.voided_at is not None:
        abort(404)
    return employee
