"""The rows of every register that no story of its own has filled: who and what they are about, and when."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from sqlalchemy.exc import IntegrityError

from admin_app.fields import Face
from admin_app.guard.stamps import operating
from admin_app.models import Register, all_registers, lines_of
from admin_app.permissions import Role
from admin_app.registers.organisation.employee import Employee

from .invented import local_day
from .known import Facts, Known
from .lives import Life, life_of
from .numbers import Numbers
from .people import Company
from .periods import periods
from .rows import Row

ROWS = 30
#: a row that meets another's number or breaks a check is told anew, so often
_TRIES = 6
#: days ago: of what came about in the year that is told, and of what was there before it
_IN_THE_YEAR, _BEFORE = (2, 360), (366, 395)
#: a report comes in within so many days after its period
_REPORTED = 2


class _Start(NamedTuple):
    """Where a row begins: when it is written, about which record, for whom."""

    moment: datetime
    subject: Register | None = None
    person: Employee | None = None


def keep_all(company: Company) -> None:
    """Fill what is empty, a register after those it links to."""
    writer = _Writer(company)
    for _ in range(2):  # what closes a circle of links finds what it links to the second time
        for register in _in_order_of_links():
            if not writer.known.of(register.__tablename__):
                writer.write(register)


def _in_order_of_links() -> Iterator[type[Register]]:
    """Every register after those that its links and parent lead to; circles are cut where they close."""
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
    """What a register and its child lines link to, and what it counts; first what a row is about."""
    life = life_of(register.__tablename__)
    if life.about in register.faces:
        yield register.faces[life.about].to or ""
    yield from life.after
    for face in sorted(register.faces.values(), key=lambda face: not face.required):
        lines = lines_of(register, face).faces.values() if face.kind.name == "rows" else ()
        yield from (one.to for one in (face, *lines) if one.to)


class _Writer:
    """Writes the rows of one register after the other."""

    def __init__(self, company: Company):
        self.company, self.session, self.invent = company, company.session, company.invent
        self.known = Known(company.session)
        self._given: dict[tuple[str, str], set[Any]] = {}

    def write(self, register: type[Register]) -> None:
        """All rows at once, or row by row where one of them is refused."""
        life = life_of(register.__tablename__)
        starts = sorted(self._starts(register, life), key=lambda start: start.moment)
        if not self._written(register, starts):
            for start in starts:
                any(self._written(register, [start]) for _try in range(_TRIES))
        self.known.forget(register.__tablename__)

    def _starts(self, register: type[Register], life: Life) -> list[_Start]:
        if life.periods:
            people = [one for role in life.roles for one in self.company.of_role(Role(role))] or [None]
            ended = [local_day(one) for one in periods(self.invent.now, life.periods)]
            return [
                _Start(
                    self.invent.in_shop_hours(day + timedelta(days=self.invent.random.randint(0, _REPORTED))), None, one
                )
                for day in ended
                if day + timedelta(days=_REPORTED) < local_day(self.invent.now)  # else it may not be in yet
                for one in people
            ]
        number = int(life.rows) if life.rows.isdigit() else ROWS
        face = _about(register, life)
        if face is None:
            days_ago = _BEFORE if life.since == "before" else _IN_THE_YEAR
            return [_Start(self.invent.working_moment(self.invent.random.randint(*days_ago))) for _ in range(number)]
        subjects = self._subjects(face, life) or ([] if life.since else self._subjects(face, Life()))
        self.invent.random.shuffle(subjects)
        if life.each:
            number = len(subjects)
        told = (self._start(subjects[place % len(subjects)], life) for place in range(number * 3) if subjects)
        fitting = [start for start in told if start is not None] if not life.each else []
        if life.each:
            fitting = [start for one in subjects if (start := self._start(one, life)) is not None]
        return fitting[:number]

    def _subjects(self, face: Face, life: Life) -> list[Register]:
        return [one for one in self.known.of(face.to or "") if self._suits(one, life)]

    def _suits(self, subject: Register, life: Life) -> bool:
        if life.only and str(getattr(subject, life.only[0])) != life.only[1]:
            return False
        if not (life.kinds or life.statuses):
            return True
        facts = Facts(self.known)
        facts.learn(subject)
        customer = facts.get("customer")
        if customer is None:
            return False
        return (not life.kinds or customer.kind in life.kinds) and (
            not life.statuses or customer.status in life.statuses
        )

    def _start(self, subject: Register, life: Life) -> _Start | None:
        """A moment after what *subject* waits for; None where that is still to come."""
        since = self._since(subject, life)
        if since is None:
            return None
        first = local_day(since)
        today = local_day(self.invent.now)
        low, high = life.days or (1, max((today - first).days - 1, 1))
        if (low, high) == (0, 0):
            return _Start(since, subject) if since < self.invent.now else None
        moment = max(self.invent.in_shop_hours(first + timedelta(days=self.invent.random.randint(low, high))), since)
        if moment >= self.invent.now:
            return None
        return _Start(moment, subject)

    def _since(self, subject: Register, life: Life) -> datetime | None:
        """The moment the subject's row, or the step of the customer's journey, is counted from."""
        if not life.since:
            return subject.created_at
        if life.since in type(subject).faces:
            value = getattr(subject, life.since)
            return value if value is None or isinstance(value, datetime) else self.invent.in_shop_hours(value)
        facts = Facts(self.known)
        facts.learn(subject)
        customer = facts.get("customer")
        journey = self.company.journeys.get(customer.id) if customer else None
        return getattr(journey, life.since, None)

    def _written(self, register: type[Register], starts: list[_Start]) -> bool:
        pads = self.company.pads.copy()
        try:
            with self.session.begin_nested(), operating(self.session):
                numbers = Numbers(self.session)
                rows = [Row(self.company, self.known, numbers, register, *start).make() for start in starts]
                numbers.settle()
                self.session.add_all([row for row in rows if row is not None and self._tell_apart(row)])
                self.session.flush()
        except IntegrityError:
            self.company.pads = pads
            return False
        return True

    def _tell_apart(self, row: Register) -> bool:
        """Give a text that no two records may share an ending of its own where another has it: branches are told apart so."""
        for face in type(row).faces.values():
            if face.kind.name == "text" and (face.once or bool(row.__table__.c[face.name].unique)):
                given = self._given.setdefault((row.__tablename__, face.name), set())
                text = getattr(row, face.name)
                told = next(one for one in (text, *(f"{text}{n}部" for n in range(2, 1000))) if one not in given)
                given.add(told)
                setattr(row, face.name, told)
        return True


def _about(register: type[Register], life: Life) -> Face | None:
    """The link a row starts from: the one named, what it belongs to, what it needs, or the customer."""
    if life.about == "nobody":
        return None
    if life.about:
        return register.faces[life.about]
    links = [
        face for face in register.faces.values() if face.to and face.to not in ("employee", register.__tablename__)
    ]
    return next(
        (
            face
            for wanted in (lambda one: one.belongs, lambda one: one.required, lambda one: one.to == "customer")
            for face in links
            if wanted(face)
        ),
        None,
    )
