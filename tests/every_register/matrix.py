"""The reviewed tables of who may do what, and what they mean for one record; nothing here asks the program.

``matrix.csv`` has a line for every role with any right on a register: in whose records each action reaches (all, store,
department, own; party: only records one is party to). ``shapes.csv`` has what a register is: level, scope columns, and
whether forms write it. Both are literal and reviewed against rules.md; a changed grant is a changed line.
"""

import csv
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from tests.fixtures.company import PEOPLE

FOLDER = Path(__file__).parent
ACTIONS = ["see", "catalogue", "add", "edit", "void", "import", "export", "approve", "reveal", "personal"]
#: the clearance that goes with a role (rules.md, People and roles)
CLEARANCES = {
    "clerk": 1, "customer_manager": 2, "designer": 2, "project_manager": 2, "inspector": 1, "material_agent": 2,
    "sales_adviser": 1, "service_adviser": 1, "store_manager": 2, "marketing_manager": 2, "service_officer": 2,
    "call_agent": 1, "call_supervisor": 2, "call_inspector": 2, "sales": 2, "sales_manager": 2, "info_officer": 2,
    "info_supervisor": 3, "archive_keeper": 2, "service_manager": 3, "director": 3, "general_manager": 4, "hr": 3,
    "auditor": 1, "admin": 1,
}  # fmt: skip
#: a scope's word -> the column that a record of it names somebody in
_SCOPES = {"store": "store", "department": "department", "own": "owner"}

Rights = dict[str, str]
#: written by operations, with a form and a ledger of their own (R-LOAN-02)
OWN_FORMS = frozenset({"access_request", "archive_loan"})
OWN_LEDGERS = frozenset({"archive_loan", "dispatch_order"})


@dataclass(frozen=True)
class Shape:
    """What a register is."""

    level: int
    scope: tuple[str, ...]
    forms: bool


@cache
def matrix() -> dict[tuple[str, str], Rights]:
    """(table, role) -> action -> scopes joined by "+"; actions that aren't granted are left out."""
    with (FOLDER / "matrix.csv").open(encoding="utf-8") as file:
        return {
            (row["table"], row["role"]): {action: row[action] for action in ACTIONS if row[action]}
            for row in csv.DictReader(file)
        }


@cache
def shapes() -> dict[str, Shape]:
    """table -> what it is."""
    with (FOLDER / "shapes.csv").open(encoding="utf-8") as file:
        return {
            row["table"]: Shape(int(row["level"]), tuple(row["scope"].split()), row["written_by"] == "forms")
            for row in csv.DictReader(file)
        }


@dataclass(frozen=True)
class Cell:
    """One role on one register."""

    table: str
    role: str

    @property
    def rights(self) -> Rights:
        return matrix().get((self.table, self.role), {})

    @property
    def shape(self) -> Shape:
        return shapes()[self.table]

    def reaches(self, action: str, foreign: bool) -> bool:
        """Whether *action* reaches a record of the person's own store, department and ownership, or a foreign one."""
        words = self.rights.get(action, "").split("+")
        if not self.shape.scope:
            return words not in ([""], ["party"])
        if "all" in words or foreign:
            return "all" in words
        return any(_SCOPES.get(word) in self.shape.scope and self._has_a(word) for word in words)

    def _has_a(self, word: str) -> bool:
        """Some roles' people belong to no store: there is no record of it for them."""
        return word != "store" or PEOPLE[self.role][1] is not None

    def sees(self, foreign: bool) -> bool:
        """By scope and clearance, or in the catalogue (R-CONF-02, R-CONF-04)."""
        cleared = self.shape.level <= CLEARANCES[self.role]
        return (cleared and self.reaches("see", foreign)) or self.reaches("catalogue", foreign)

    def status(self, action: str, foreign: bool) -> int:
        """What a form on an existing record answers: hidden 404, visible but not theirs 403, done 302 (R-SIGN-05)."""
        if not self.sees(foreign):
            return 404
        return 302 if self.reaches(action, foreign) and (action == "void" or self.shape.forms) else 403

    @property
    def status_of_new(self) -> int:
        """What a form for a new record answers; a request's own form, sent blank, is shown again."""
        if "add" not in self.rights:
            return 404
        if self.shape.forms:
            return 302
        return 200 if self.table in OWN_FORMS else 403

    @property
    def status_of_import(self) -> int:
        """What the import's page answers; what operations write takes no ledger, but for those of past loans and dispatches."""
        if "import" not in self.rights:
            return 404
        return 200 if self.shape.forms or self.table in OWN_LEDGERS else 403
