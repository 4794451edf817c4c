"""Draft the lines of matrix.csv and shapes.csv for registers that have none yet.

Run as ``python -m tests.every_register.draft_rights``. What it writes is what is declared; it proves nothing until
somebody has read it against the role table of rules.md.
"""

import csv
from collections.abc import Iterable

from admin_app import registers
from admin_app.models import Register
from admin_app.permissions import Role, Scope
from tests.every_register.matrix import ACTIONS, FOLDER, shapes

WORDS = {Scope.OWN: "own", Scope.STORE: "store", Scope.DEPARTMENT: "department", Scope.ALL: "all"}


def word(scope: Scope | None) -> str:
    """A scope as the matrix writes it: "" where nothing is granted, "party" where it reaches nobody's records."""
    if scope is None:
        return ""
    return "+".join(WORDS[one] for one in scope) or "party"


def rights_lines(register: type[Register]) -> list[list[str]]:
    """One line for each role with a right on *register*, in the order of the roles."""
    grants = register.declaration.grants
    return [
        [register.__tablename__, role.value, *(word(grants[role].get(action)) for action in ACTIONS)]
        for role in Role
        if grants.get(role)
    ]


def shape_line(register: type[Register]) -> list[str]:
    declaration = register.declaration
    written_by = "operations" if register.operations_only else "forms"
    return [register.__tablename__, str(int(declaration.level)), " ".join(declaration.scopes), written_by]


def _rewrite(name: str, added: Iterable[list[str]]) -> None:
    """Put *added* among the lines that are there, by table; within one table the order stays."""
    path = FOLDER / name
    with path.open(encoding="utf-8") as file:
        header, *lines = csv.reader(file)
    with path.open("w", encoding="utf-8") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(sorted([*lines, *added], key=lambda line: line[0]))


def main() -> None:
    unknown = [register for table, register in registers.load_all().items() if table not in shapes()]
    _rewrite("shapes.csv", map(shape_line, unknown))
    _rewrite("matrix.csv", [line for register in unknown for line in rights_lines(register)])


if __name__ == "__main__":
    main()
