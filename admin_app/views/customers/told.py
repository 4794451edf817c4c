"""The writer of a registration is told plainly that the customer is registered already, and with whom (R-CUST-03, R-CONF-15)."""

from ...database import db
from ...guard.cells import Row
from ...operations.customers.tellings import claims_told
from ...permissions import Sight
from ...texts import Text
from ..register.tellings import tells_of


@tells_of("customer_registration")
def claims_of(row: Row) -> list[Text]:
    return claims_told(db.session, row.record, row.person, row.reading) if row.sight is Sight.FULL else []
