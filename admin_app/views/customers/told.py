"""What stands at the head of a page: that a customer is registered already and with whom, who should receive; what is still out."""

from ...database import db
from ...guard.cells import Row
from ...operations.customers.tellings import claims_told, door_told, loans_told, receiver_told
from ...permissions import Sight
from ...texts import Text
from ..register.tellings import tells_of


@tells_of("customer_registration")
def of_registration(row: Row) -> list[Text]:
    if row.sight is not Sight.FULL:
        return []
    asked = db.session, row.record, row.person, row.reading
    return [*claims_told(*asked), *receiver_told(*asked)]


@tells_of("customer")
def of_customer(row: Row) -> list[Text]:
    if row.sight is not Sight.FULL:
        return []
    return loans_told(db.session, row.record, row.person, row.reading)


@tells_of("visitor")
def of_visitor(row: Row) -> list[Text]:
    if row.sight is not Sight.FULL:
        return []
    return door_told(db.session, row.record, row.person, row.reading)
