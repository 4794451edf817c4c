"""The literal table of ``sight.txt`` and what it is asked about: every kind of person before every kind of record."""

from dataclasses import dataclass
from functools import cache
from itertools import product
from pathlib import Path

from admin_app.permissions import Action, Facts, Level, Person, Scope, Sight

#: people, stores and departments of the test company
ME, SOMEBODY = 1, 26
MY_STORE, OTHER_STORE = 1, 2
MY_DEPARTMENT, OTHER_DEPARTMENT = 8, 9

REACHES = {
    "none": None, "nobody": Scope.NOBODY, "own": Scope.OWN, "store": Scope.STORE, "department": Scope.DEPARTMENT,
    "own+store": Scope.OWN | Scope.STORE, "all": Scope.ALL,
}  # fmt: skip
CATALOGUES = {"none": None, "store": Scope.STORE, "all": Scope.ALL}
#: where -> store, department and owner of the record
PLACES = {
    "owner": (OTHER_STORE, OTHER_DEPARTMENT, ME), "store": (MY_STORE, OTHER_DEPARTMENT, SOMEBODY),
    "department": (OTHER_STORE, MY_DEPARTMENT, SOMEBODY), "nothing": (OTHER_STORE, OTHER_DEPARTMENT, SOMEBODY),
    "blank": (None, None, None),
}  # fmt: skip
NAMED = ("nobody", "author", "party", "custodian", "next", "signed", "granted", "lapsed")
SIGHTS = {"none": Sight.NONE, "catalogue": Sight.CATALOGUE, "party": Sight.PARTY, "full": Sight.FULL}
LEVELS = range(5)


@dataclass(frozen=True)
class Record:
    """A kind of record: its level, whose it is, how the person stands in it."""

    level: int
    where: str
    named: str

    def facts(self, scoped: bool) -> Facts:
        return Facts(
            level=self.level, scope=PLACES[self.where] if scoped else None,
            author=ME if self.named == "author" else SOMEBODY,
            parties=(ME if self.named in ("party", "next", "signed") else SOMEBODY, None),
            custodian=ME if self.named == "custodian" else None, granted=self.named == "granted",
        )  # fmt: skip


@dataclass(frozen=True)
class Kind:
    """A kind of person: clearance, the scope of the right to see, of the catalogue right."""

    clearance: int
    reach: str
    catalogue: str

    def person(self, table: str) -> Person:
        rights = {Action.SEE: REACHES[self.reach], Action.CATALOGUE: CATALOGUES[self.catalogue]}
        held = {action: scope for action, scope in rights.items() if scope is not None}
        profile = f"{table} {self.reach} {self.catalogue} {self.clearance >= 4}"
        return Person(
            id=ME, username="me", name="我", clearance=Level(self.clearance), store_id=MY_STORE,
            department_id=MY_DEPARTMENT, rights={table: held} if held else {}, profile=profile,
        )  # fmt: skip


RECORDS = [Record(*one) for one in product(LEVELS, PLACES, NAMED)]
KINDS = [Kind(*one) for one in product(LEVELS, REACHES, CATALOGUES)]


@cache
def _table() -> list[tuple[list[str], Sight]]:
    lines = Path(__file__).with_name("sight.txt").read_text().splitlines()
    cells = [line.split() for line in lines if line.strip() and not line.startswith("#")]
    return [(line[:-1], SIGHTS[line[-1]]) for line in cells]


def expected(kind: Kind, record: Record, need: bool, scoped: bool) -> Sight:
    """What the table says: the first line that fits."""
    return _first_line(need, scoped, record.named, _reached(kind, record), kind.reach, record.where, kind.catalogue)


@cache
def _first_line(need: bool, scoped: bool, named: str, reached: frozenset[str], *others: str) -> Sight:
    case = [{"*", "yes" if need else "no"}, {"*", "yes" if scoped else "no"}, {"*", named}, {"*", *reached},
            *({"*", other} for other in others)]  # fmt: skip
    return next(
        sight for line, sight in _table() if all(cell in fits for cell, fits in zip(line, case, strict=True))
    )  # fmt: skip


def _reached(kind: Kind, record: Record) -> frozenset[str]:
    """The words of the column "level" that hold."""
    if record.level > kind.clearance:
        return frozenset()
    return frozenset({"c", "c2"} if record.level <= 2 else {"c"})
