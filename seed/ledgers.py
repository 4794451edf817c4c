"""Some thirty rows in every register that no story of its own has filled: written by who may, about who there is."""

from collections.abc import Iterator
from typing import Any

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from admin_app.declaration import SCOPE_FIELDS
from admin_app.fields import Face
from admin_app.guard.numbers import next_number
from admin_app.guard.stamps import operating
from admin_app.models import Register, all_registers, lines_of
from admin_app.operations.closing import moment_of
from admin_app.permissions import Action, Role
from admin_app.registers.organisation.employee import Employee
from admin_app.rules.archives import archive_number

from .agreeing import agree
from .invented import local_day
from .people import Company
from .posts import somebody_for
from .values import Particulars

ROWS = 30
#: a row that meets another's number or breaks a check is told anew, so often
_TRIES = 6
_SIGNED = 0.6


def keep_all(company: Company) -> None:
    """Fill what is empty, a register after those it links to."""
    writer = _Writer(company)
    for _ in range(2):  # what closes a circle of links finds what it links to the second time
        for register in _in_order_of_links():
            if not writer.pool(register.__tablename__):
                writer.write(register)


def _in_order_of_links() -> Iterator[type[Register]]:
    """Every register after those that its required links and parent lead to; circles are cut where they close."""
    done: set[str] = set()

    def walk(register: type[Register], above: frozenset[str]) -> Iterator[type[Register]]:
        table = register.__tablename__
        if table in done or table in above:
            return
        for target in _targets(register):
            yield from walk(all_registers()[target], above | {table})
        if table not in done:
            done.add(table)
            yield register

    for register in all_registers().values():
        yield from walk(register, frozenset())


def _targets(register: type[Register]) -> Iterator[str]:
    """What a register and its child lines link to."""
    for face in register.faces.values():
        lines = lines_of(register, face).faces.values() if face.kind.name == "rows" else ()
        yield from (one.to for one in (face, *lines) if one.to)


def _is_unique(register: type[Register], face: Face) -> bool:
    """Whether no two records may share the text of *face*."""
    return face.kind.name == "text" and (face.once or bool(register.__table__.c[face.name].unique))


class _Writer:
    """Writes rows; remembers what there is to link to."""

    def __init__(self, company: Company):
        self.company, self.session, self.invent = company, company.session, company.invent
        self._pools: dict[str, list[int]] = {}
        self._given: dict[tuple[str, str], set[Any]] = {}

    def pool(self, table: str) -> list[int]:
        """The ids of the records of *table* in use."""
        if not self._pools.get(table):
            ids = select(all_registers()[table].id).where(all_registers()[table].voided_at.is_(None))
            self._pools[table] = list(self.session.scalars(ids.order_by("id")))
        return self._pools[table]

    def write(self, register: type[Register]) -> None:
        """All rows at once, or row by row where one of them is refused."""
        if not self._written(register, ROWS):
            for _ in range(ROWS):
                any(self._written(register, 1) for _try in range(_TRIES))

    def _written(self, register: type[Register], number: int) -> bool:
        try:
            with self.session.begin_nested(), operating(self.session):
                self.session.add_all([self._row(register) for _ in range(number)])
                self.session.flush()
        except IntegrityError:
            return False
        return True

    def _row(self, register: type[Register]) -> Register:
        author = self._author(register)
        row = Particulars(
            self.invent, register.__tablename__, self.invent.working_moment(self.invent.random.randint(2, 360))
        )
        values = {"created_by_id": author.id, "created_at": row.written_at, **self._scope(register, author)}
        for face in register.faces.values():
            if face.name not in values and not face.signed_with:
                values[face.name] = self._value(register, face, row, author)
        values |= self._signatures(register, row, author)
        return register(**{name: value for name, value in agree(register, values).items() if value is not None})

    def _author(self, register: type[Register]) -> Employee:
        """Somebody who may add to *register*, or else who may see it."""
        return (
            self._somebody(register, Action.ADD) or self._somebody(register, Action.SEE) or self.company.people["clerk"]
        )

    def _somebody(self, register: type[Register], action: Action, but: int | None = None) -> Employee | None:
        able = {role for role, rights in register.declaration.grants.items() if action in rights}
        people = [one for one in self.company.people.values() if one.id != but and able & set(map(Role, one.roles))]
        return self.invent.random.choice(people) if people else None

    def _scope(self, register: type[Register], author: Employee) -> dict[str, Any]:
        """The row's store, department and owner: its author's; what belongs to a record follows that."""
        if any(face.belongs for face in register.faces.values()):
            return {}
        mine = {"store": author.store_id, "department": author.department_id, "owner": author.id}
        return {SCOPE_FIELDS[scope][0]: mine[scope] for scope in register.declaration.scopes}

    def _value(self, register: type[Register], face: Face, row: Particulars, author: Employee) -> Any:
        if face.series:
            year = local_day(row.written_at).year
            return archive_number(face.series, year, next_number(self.session, face.series, year))
        if face.inherited or (face.computed and not register.operations_only):
            return None
        if face.kind.name == "rows":
            return self._lines(register, face, row)
        if face.to == "employee":
            if (named := somebody_for(self.company, face, author)) is not None:
                return named.id
            return (
                author.id
                if self.invent.chance(0.5)
                else self.invent.random.choice(list(self.company.people.values())).id
            )
        if face.to:
            return self.invent.random.choice(ids) if (ids := self._linkable(register, face)) else None
        if face.default is not None and self.invent.chance(0.5):
            return face.default
        return self._once(register, face, row.value(face)) if _is_unique(register, face) else row.value(face)

    def _once(self, register: type[Register], face: Face, text: Any) -> Any:
        """A text that no other record has: told apart as branches are."""
        given = self._given.setdefault((register.__tablename__, face.name), set())
        told = next(one for one in (text, *(f"{text}{n}部" for n in range(2, 1000))) if one not in given)
        given.add(told)
        return told

    def _linkable(self, register: type[Register], face: Face) -> list[int]:
        return [] if face.to == register.__tablename__ else self.pool(face.to or "")

    def _lines(self, register: type[Register], face: Face, row: Particulars) -> list[Any]:
        lines = lines_of(register, face)
        inside = Particulars(self.invent, lines.__tablename__, row.written_at)
        told = [
            {one.name: self._cell(one, inside) for one in lines.faces.values()}
            for _ in range(self.invent.random.randint(1, 3))
        ]
        whole = [
            cells for cells in told if all(cells[one.name] is not None for one in lines.faces.values() if one.required)
        ]
        return [lines(position=position, **cells) for position, cells in enumerate(whole)]

    def _cell(self, face: Face, inside: Particulars) -> Any:
        if not face.to:
            return inside.value(face)
        return self.invent.random.choice(ids) if (ids := self.pool(face.to)) else None

    def _signatures(self, register: type[Register], row: Particulars, author: Employee) -> dict[str, Any]:
        """Signed from the first place on, the later ones by others; some forms still wait."""
        signed: dict[str, Any] = {}
        for face in register.faces.values():
            if not face.signed_with:
                continue
            judging = face.signed_with == Action.APPROVE
            signer = self._somebody(register, Action.APPROVE, but=author.id) if judging else author
            if signer is None or not self.invent.chance(_SIGNED) or signer.id in signed.values():
                break
            signed |= {face.name: signer.id, moment_of(face): row.later()}
        return signed
