"""One row of a register: about somebody, written by who may, its links, particulars and figures agreeing."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from admin_app.declaration import SCOPE_FIELDS
from admin_app.fields import Face
from admin_app.models import Register, lines_of
from admin_app.operations.closing import is_closed, moment_of
from admin_app.permissions import Action, Role
from admin_app.registers.organisation.employee import Employee

from .agreeing import agree
from .figures import reckon
from .invented import local_day
from .known import Facts, Known
from .numbers import Numbers
from .particulars import repeats, said
from .people import Company
from .posts import one_of, somebody_for
from .reckoning import The, words
from .values import Particulars, scene_for

_SIGNED = 0.85
_LINES = (1, 3)


class Row:
    """A row of *register* in the making, written at *moment* about *subject* (a record, or none), for *person* if named."""

    def __init__(
        self,
        company: Company,
        known: Known,
        numbers: Numbers,
        register: type[Register],
        moment: datetime,
        subject: Register | None,
        person: Employee | None,
    ):
        self.company, self.known, self.register, self._numbers = company, known, register, numbers
        self.facts = Facts(known)
        if subject is not None:
            self.facts.learn(subject)
        self.moment = moment
        customer = self.facts.get("customer")
        self._store = customer.store_id if customer else getattr(subject, "store_id", None)
        self.author = person if person and self._may(person) else self._author(customer)
        self._store = self._store or self.author.store_id
        table = register.__tablename__
        self._told = Particulars(
            company.invent, table, moment, scene_for(company.invent, table, getattr(customer, "kind", None))
        )
        self._words = words(company, known, self.facts, moment, self.author, person)
        self._linked: set[str] = set()
        self._named = {self.author.id}
        self.values: dict[str, Any] = {}

    def make(self) -> Register | None:
        """The record; None where a link that it needs leads to nothing."""
        faces = self.register.faces
        self.values = {"created_by_id": self.author.id, "created_at": self.moment, **self._scope()}
        for face in faces.values():
            if face.name not in self.values and not face.signed_with:
                self.values[face.name] = self._value(face)
        lines = [face for face in faces.values() if face.kind.name == "rows"]
        for face in lines:
            self._reckon_lines(face)
        table = self.register.__tablename__
        reckon(table, self.values, self._words, [face.name for face in faces.values() if face.required])
        if any(self.values.get(face.name) is None for face in faces.values() if face.required and face.to):
            return None
        for face in lines:
            self.values[face.name] = self._whole(face)
        self.values |= self._signatures()
        values = agree(self.register, self.values)
        known = {column.key for column in self.register.__mapper__.attrs}
        return self.register(**{name: value for name, value in values.items() if value is not None and name in known})

    def _author(self, customer: Any) -> Employee:
        """Somebody of the customer's store who may add to the register, or else who may see it."""
        for action in (Action.ADD, Action.SEE):
            if (
                customer is not None
                and (owner := self.company.employee(customer.owner_id))
                and self._may(owner, action)
            ):
                return owner
            if somebody := self._somebody(action):
                return somebody
        return self.company.people["clerk"]

    def _may(self, person: Employee, action: Action = Action.ADD) -> bool:
        return person in self.company.who_may(action, self.register)

    def _somebody(self, action: Action) -> Employee | None:
        return one_of(self.company, self.company.who_may(action, self.register), self._store, ())

    def _scope(self) -> dict[str, Any]:
        """The row's store, department and owner: its author's; what belongs to a record follows that."""
        if any(face.belongs for face in self.register.faces.values()):
            return {}
        mine = {"store": self.author.store_id, "department": self.author.department_id, "owner": self.author.id}
        scopes = {SCOPE_FIELDS[scope][0]: mine[scope] for scope in self.register.declaration.scopes}
        return {name: id_ for name, id_ in scopes.items() if name not in self.register.faces or name != "owner_id"}

    def _value(self, face: Face) -> Any:
        if face.series:
            return self._numbers.next(face.series, local_day(self.moment).year)
        if face.kind.name == "rows":
            return self._lines(face)
        if face.inherited or (face.computed and not self.register.operations_only):
            return None
        if face.to == "employee":
            return self._person(face)
        if face.to:
            id_ = self._link(face)
            return None if id_ and face.once_closed and not is_closed(self.known.get(face.to, id_)) else id_
        if repeats(self.register.__tablename__, face, self.facts):
            return said(face, self.facts)
        if face.default is not None and self._told.left_to_chance(face) and self.company.invent.chance(0.5):
            return face.default
        return self._told.value(face)

    def _person(self, face: Face) -> int | None:
        if self._told.waiting and not face.required:
            return None
        somebody = somebody_for(self.company, face, self.facts, self._store, self._named)
        if somebody is None:
            somebody = (
                self.author
                if face.name == "owner_id" or "经办" in face.label or "申请" in face.label
                else one_of(self.company, self.company.colleagues(self.author), self._store, self._named)
            )
        self._named.add(somebody.id)
        return somebody.id

    def _link(self, face: Face) -> int | None:
        """What the row is about, or a record of before that agrees with it; a second link to a register leads elsewhere."""
        table = face.to or ""
        if table == self.register.__tablename__:
            return None
        if table in self.facts and table not in self._linked:
            self._linked.add(table)
            return self.facts[table].id
        found = self._candidate(table, face.required)
        if found is None:
            return None
        if table not in self.facts:
            self.facts.learn(found)
        self._linked.add(table)
        return found.id

    def _candidate(self, table: str, needed: bool) -> Register | None:
        """A record of *table* to link to: of this customer where such records are anybody's."""
        random = self.company.invent.random
        if table in self.facts:
            return Facts(self.known).free(table, self.moment, random)
        fitting = self.facts.tied(table, self.moment)
        if fitting is None or (needed and not fitting):
            return self.facts.free(table, self.moment, random)
        return random.choice(fitting) if fitting else None

    def _lines(self, face: Face) -> list[dict[str, Any]]:
        lines = lines_of(self.register, face)
        number = 0 if self._told.waiting else self.company.invent.random.randint(*_LINES)
        return [self._line(lines.faces, lines.__tablename__, place) for place in range(number)]

    def _line(self, faces: Any, table: str, place: int) -> dict[str, Any]:
        inside = Particulars(self.company.invent, table, self.moment, self._told.scene + place)
        return {face.name: self._cell(face, inside) for face in faces.values()}

    def _cell(self, face: Face, inside: Particulars) -> Any:
        if face.to == "employee":
            return self._person(face)
        if face.to:
            found = self.facts.get(face.to) or self._candidate(face.to, face.required)
            return found.id if found else None
        return inside.value(face)

    def _reckon_lines(self, face: Face) -> None:
        lines = lines_of(self.register, face)
        needed = [one.name for one in lines.faces.values() if one.required]
        for place, cells in enumerate(self.values[face.name] or ()):
            linked = {
                one.to: self.known.get(one.to, id_)
                for one in lines.faces.values()
                if one.to and (id_ := cells[one.name])
            }
            the = The(self.facts, self.moment, linked)
            reckon(lines.__tablename__, cells, {**self._words, "the": the, "row": self.values, "place": place}, needed)

    def _whole(self, face: Face) -> list[Any]:
        """The lines that have all they need."""
        lines = lines_of(self.register, face)
        needed = [one.name for one in lines.faces.values() if one.required]
        told = [cells for cells in self.values[face.name] or () if all(cells.get(name) is not None for name in needed)]
        return [
            lines(position=position, **{name: cell for name, cell in cells.items() if name in lines.faces})
            for position, cells in enumerate(told)
        ]

    def _signatures(self) -> dict[str, Any]:
        """Signed from the first place on by whose place it is; some forms still wait."""
        signed: dict[str, Any] = {}
        for face in self.register.faces.values():
            if not face.signed_with:
                continue
            signer = self._signer(face, signed)
            if signer is None or not self.company.invent.chance(_SIGNED) or (moment := self._told.later()) is None:
                break
            signed |= {face.name: signer, moment_of(face): moment}
        return signed

    def _signer(self, face: Face, signed: Mapping[str, Any]) -> int | None:
        """Whom the form names there, its author, or somebody else of the roles; judging isn't for whom it concerns."""
        faces, judging = self.register.faces.values(), face.signed_with == Action.APPROVE
        signers = {who for name, who in signed.items() if name not in face.even_by}
        concerned = {self.author.id, *signers, *(self.values.get(one.name) for one in faces if one.party)}
        named = self._names(face.by) if face.by else None
        if named and not (judging and named == self.author.id and "author" not in face.even_by):
            return named
        able = [one for role in face.roles.split() for one in self.company.of_role(Role(role))]
        if not judging and self.author in able:
            return self.author.id
        somebody = one_of(self.company, [one for one in able if one.id not in concerned], self._store, ())
        return somebody.id if somebody else None

    def _names(self, name: str) -> int | None:
        """Whom the field called *name* names in the end: what the row belongs to says so where the field follows that."""
        faces = self.register.faces
        home = next((face for face in faces.values() if face.belongs and self.values.get(face.name)), None)
        if home is None or not (faces[name].inherited or name in self.register.declaration.scope_columns()):
            return self.values.get(name)
        return getattr(self.known.get(home.to or "", self.values[home.name]), name, None)
