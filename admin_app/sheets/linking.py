"""The records that the texts of links name, each distinct text looked up once per file."""

from sqlalchemy.orm import Session

from ..fields import Face, Fault, Reading
from ..guard.session import acting
from ..guard.titles import linked
from ..operations import links


class LinkFinder:
    """Finds linked records for one check; visible ones only, hidden and absent alike are link_unknown."""

    def __init__(self, session: Session, reading: Reading):
        self.session, self.reading = session, reading
        self._known: dict[tuple[str, str], int | Fault] = {}

    def __call__(self, face: Face, text: str) -> int:
        place = (face.to or "", text)
        if place not in self._known:
            self._known[place] = self._find(*place)
        if isinstance(found := self._known[place], Fault):
            raise found
        return found

    def _find(self, table: str, text: str) -> int | Fault:
        try:
            return links.by_text(self.session, table, text, self.reading)
        except Fault as fault:
            return self._by_title(table, text) or fault

    def _by_title(self, table: str, text: str) -> int | None:
        """A title made of several fields, as our own lists and exports write it: one of its words finds the record."""
        for word in text.split()[::-1] if " " in text else ():
            try:
                found = links.by_text(self.session, table, word, self.reading)
            except Fault:
                continue
            if linked(self.session, table, [found], acting(self.session), self.reading)[found][0] == text:
                return found
        return None
