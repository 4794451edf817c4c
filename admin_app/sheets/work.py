"""What every step of an import needs to know."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from ..background import Report, silent
from ..fields import Face, Reading
from ..guard.session import acting
from ..models import Register
from ..operations.intakes import Intake
from ..permissions import Person
from .columns import vocabulary
from .reading import Vocabulary


@dataclass(frozen=True)
class Work:
    """One import under way: the session, which knows who acts; the register's way in; how values read; the time."""

    session: Session
    intake: Intake
    reading: Reading
    now: datetime
    #: told how far it is
    progress: Report = silent

    @property
    def person(self) -> Person:
        return acting(self.session)

    @property
    def register(self) -> type[Register]:
        return self.intake.register

    @property
    def faces(self) -> list[Face]:
        """The fields that this person may fill."""
        return self.intake.faces(self.person)

    @property
    def words(self) -> Vocabulary:
        """What the columns of a ledger may be called."""
        return vocabulary(self.faces, self.register.declaration.key, self.reading)
