"""By which fields a line of a file is found again in the register: as declared, or as the person chose (R-IMPT-04).

A chosen field is one that the person reads in plain: finding by a masked or hidden one would tell what it holds, as
`changed` or `not found` answers a guess (R-IMPT-07). The declared key alone may be matched by a whole masked value
that the person knows (R-CONF-15).
"""

from collections.abc import Sequence
from dataclasses import dataclass

from ..fields import Face
from ..guard.readable import may_find_by
from ..texts import say
from ..verdicts import Refused, refuse
from .mapping import Mapping
from .work import Work

#: kinds of several values in one cell: what is equal to what isn't plain
_SEVERAL = frozenset({"choices", "rows"})


@dataclass(frozen=True, slots=True)
class Key:
    """The fields' names; ``chosen`` where they aren't the register's own."""

    names: tuple[str, ...]
    chosen: bool = False


def findable(work: Work, mapping: Mapping) -> list[Face]:
    """The fields of the file by which this person may have lines found, in the file's order."""
    return [
        face for _column, face in mapping.used
        if face.kind.name not in _SEVERAL and may_find_by(work.register, face, work.person)
    ]  # fmt: skip


def key_of(work: Work, mapping: Mapping, chosen: Sequence[str] | None, remembered: Sequence[str] = ()) -> Key:
    """The key of *chosen* fields; None takes what was *remembered* where this file has it, nothing the declared one.

    Raises Refused for a field that the file doesn't fill, the person doesn't read in plain, or that isn't there: in
    the same words, so that they tell nothing.
    """
    declared = tuple(work.register.declaration.key)
    names = tuple(dict.fromkeys(remembered if chosen is None else chosen))
    offered = {face.name for face in findable(work, mapping)}
    if not names or set(names) == set(declared):
        return Key(declared)
    if offered.issuperset(names):
        return Key(names, chosen=True)
    if chosen is None:
        return Key(declared)
    reason = say("只能按文件里已经对应、您看得到原值的栏目认记录，请重选")
    raise Refused(refuse("R-IMPT-07", "no_such_key", reason))
