"""A search helped by the index of fragments, which *proposes* records.

Tokens are asked for only of fields that the person may read on some row, and of a masked field that they don't read only
by its whole value. What is proposed stands beside the exact condition, the field rule and the row rule, so that a wrong
index may lose a row but never show one.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Any

from sqlalchemy import Connection, False_, String, cast, func, literal, or_, select, text, union_all
from sqlalchemy.orm import Session

from ..fields import Face
from ..models import Register
from ..permissions import Action, Person, Scope
from ..working.search import SearchGram
from . import grams
from .conditions import Condition, Proposed, searched
from .readable import where_read
from .rows import Bare
from .search_index import first_key, is_built, search_faces, signed, word
from .session import acting

#: beyond so many proposals the list's own order is walked instead, and finds a page soon enough
FEW = 5000
#: among so many proposals that are nearly all found and seen there are as many as a list counts to
_ENOUGH = 1200
_gram = SearchGram.__table__
#: field -> sets of tokens, of which a record has all of at least one
Asked = Mapping[str, list[frozenset[int]]]


def found(session: Session, register: type[Register], typed: str) -> Condition:
    """``searched``, with the index's help where it has any: of the acting person, as it is now.

    Few proposals are looked up one by one. Where they are many the condition stays as it is, and the first of them serve
    as the ``sample`` that is enough to count to a limit; so they do where they are fewer, for who sees nearly all of them.
    """
    person = acting(session)
    asked = _asked(register, person, typed)
    if asked is None or not is_built(session, register):
        return searched(register, typed)
    number, proposed = proposals(session, register, asked)
    if number <= FEW:
        sees_all = Scope.ALL in (person.reach(Action.SEE, register.__tablename__) or Scope.NOBODY)
        some = proposed.some(_ENOUGH) if sees_all else None
        return replace(searched(register, typed, proposed), sample=some and searched(register, typed, some))
    return replace(searched(register, typed), sample=searched(register, typed, proposed))


def proposals(session: Session, register: type[Register], asked: Asked) -> tuple[int, Proposed]:
    """How many records the index proposes, one by each field that proposes it, and the first of each; one statement."""
    connection = session.connection()
    dialect = connection.dialect.name
    if not asked:
        return 0, Proposed(dialect)
    collect = _from_sqlite if dialect == "sqlite" else _from_postgresql
    rows = [row for row in collect(connection, first_key(register), asked) if row.number]
    ids = dict.fromkeys(id_ for row in rows for id_ in row.ids[1:-1].split(","))
    return sum(row.number for row in rows), Proposed(dialect, frozenset(row.field for row in rows), tuple(ids))


def _from_sqlite(connection: Connection, first: int, asked: Asked) -> Any:
    parts, values = [], {"first": first, "most": FEW + 1}
    for place, (name, sets) in enumerate(asked.items()):
        values |= {f"field{place}": name, f"sets{place}": " OR ".join(map(_all_words, sets))}
        parts.append(
            f"SELECT :field{place} AS field, count(*) AS number, json_group_array(rowid - :first) AS ids FROM "
            f"(SELECT rowid FROM search_gram WHERE search_gram MATCH :sets{place} LIMIT :most)"
        )
    return connection.execute(text(" UNION ALL ".join(parts)), values).all()


def _all_words(tokens: frozenset[int]) -> str:
    return f"({' AND '.join(map(word, sorted(tokens)))})"


def _from_postgresql(connection: Connection, first: int, asked: Asked) -> Any:
    parts = []
    for name, sets in asked.items():
        having = or_(*(_gram.c.grams.contains([signed(one) for one in sorted(tokens)]) for tokens in sets))
        some = select((_gram.c.key - first).label("id")).where(having).limit(FEW + 1).subquery()
        ids = cast(func.array_agg(some.c.id), String)
        parts.append(
            select(literal(name).label("field"), func.count().label("number"), ids.label("ids")).select_from(some)
        )
    return connection.execute(union_all(*parts)).all()


def _asked(register: type[Register], person: Person, typed: str) -> Asked | None:
    """What the index is asked; None where a field is searched for too little to tell."""
    asked: dict[str, list[frozenset[int]]] = {}
    for face, partly in _read(_Reader(register, person.profile, int(person.clearance), person)):
        place, sets = grams.place(register.__tablename__, face.name), list(_sets(face, typed, partly))
        if not all(sets):
            return None
        asked[face.name] = [frozenset(grams.token(place, gram) for gram in one) for one in sets]
    return {name: sets for name, sets in asked.items() if sets}


def _sets(face: Face, typed: str, partly: bool) -> Iterator[frozenset[str]]:
    wanted = face.kind.search_key(typed)
    if not wanted:
        return
    if not partly:
        yield frozenset({grams.whole(wanted)})
        return
    yield grams.of_fragment(wanted)
    if face.kind.words:
        yield from grams.of_pinyin(typed)


@dataclass(frozen=True)
class _Reader:
    """Who searches a register: the person counts by profile and clearance only, on which rights and fields depend."""

    register: type[Register]
    profile: str
    clearance: int
    person: Person = field(compare=False)


@lru_cache(maxsize=2000)
def _read(reader: _Reader) -> tuple[tuple[Face, bool], ...]:
    """The search fields that are read on any row, and whether more than by their whole value."""
    bare, person, read = Bare(reader.register), reader.person, []
    for face in search_faces(reader.register):
        if _somewhere(where_read(bare, face, person)):
            read.append((face, True))
        elif face.mask and _somewhere(where_read(bare, face, person, whole_value=True)):
            read.append((face, False))
    return tuple(read)


def _somewhere(rows: Any) -> bool:
    return not isinstance(rows, False_)
