"""The address of a list: everything one looks at (search, filters, sort, columns, page) and nothing else."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Any
from urllib.parse import urlencode

from sqlalchemy.orm import Session
from werkzeug.datastructures import MultiDict

from ...fields import Face
from ...guard.conditions import either
from ...guard.facts import facts_names
from ...guard.listing import ListQuery
from ...guard.readable import sort_key
from ...guard.searching import found
from ...models import Register
from ...permissions import Person
from .filters import Asker, Filter, operators_of, parameter, read_filter

PAGE_SIZES = (20, 50, 100)
#: so many groups of conditions may stand beside each other
MOST_GROUPS = 3
#: columns every page needs besides those shown
_ALWAYS = ("id", "public_id", "voided_at", "version")


#: the parameters that say which page of the list it is, and that it is counted
_OF_ONE_PAGE = frozenset({"page", "after", "count"})


@dataclass
class Address:
    """What the address of a list says, read for one person."""

    register: type[Register]
    args: MultiDict[str, str]
    columns: list[Face]
    filters: list[Filter]
    text: str
    sort: Face
    descending: bool
    voided: bool
    size: int
    page: int
    after: str | None
    #: the address of the whole list; with a mark where the bare one opens a kept list
    whole: str = "?"

    def query(self, session: Session) -> ListQuery:
        """The page asked for, as *session* has it now."""
        groups = [[one.condition for one in group] for group in self.groups()]
        conditions = [either(groups)] if len(groups) > 1 else [one for group in groups for one in group]
        if self.text:
            conditions.append(found(session, self.register, self.text))
        names = dict.fromkeys([*_ALWAYS, *facts_names(self.register), *(face.name for face in self.columns)])
        return ListQuery(
            self.register,
            list(names),
            conditions,
            self.sort,
            self.descending,
            self.voided,
            self.size,
            self.page,
            self.after,
        )

    def url(self, **changed: Any) -> str:
        """This list's address with some parameters set anew; None drops one. A new question starts at page 1."""
        filled = {name for name, values in self.args.lists() if any(values)}  # of two bounds one may be blank
        pairs = [(name, value) for name, value in self.args.items(multi=True) if name in filled - changed.keys()]
        if not changed.keys() & _OF_ONE_PAGE:
            pairs = [(name, value) for name, value in pairs if name not in ("page", "after")]
        pairs = [(name, value) for name, value in pairs if name not in ("count", "or")]
        pairs += [(name, value) for name, value in changed.items() if value is not None]
        return f"?{urlencode(pairs)}" if pairs else self.whole

    def kept(self) -> str:
        """What of this address is kept under a name: all but the page, in an order of its own."""
        return kept_query(self.args)

    def hidden(self) -> list[tuple[str, str]]:
        """What its forms send along; each leaves out what it sends itself. A new question starts at page 1."""
        return [(name, value) for name, value in self.args.items(multi=True) if name not in _OF_ONE_PAGE]

    def is_plain(self) -> bool:
        """Whether it is the list as it opens, on whichever page."""
        return not self.args.keys() - _OF_ONE_PAGE

    def without(self, one: Filter) -> str:
        """This list's address without one filter."""
        return self.url(**{one.name: None, f"{one.name}-op": None})

    def groups(self) -> list[list[Filter]]:
        """The filters by groups, of which one is enough; groups without any aren't there."""
        return [list(group) for _number, group in groupby(self.filters, key=lambda one: one.group)]

    def asks(self) -> bool:
        """Whether it is a part of the list that is asked for."""
        return bool(self.filters or self.text)


def kept_query(args: MultiDict[str, str]) -> str:
    """Of the parameters of a list those that are kept under a name, in one order, as they stand behind the ?."""
    asked = {name: values for name, values in sorted(args.lists()) if any(values) and _is_kept(name)}
    return urlencode(asked, doseq=True)


def _is_kept(name: str) -> bool:
    return name in ("q", "sort", "desc", "size", "col") or name.startswith("f-")


def columns_for(register: type[Register], person: Person) -> list[Face]:
    """The fields that may stand in a list of this person: what their clearance never shows doesn't exist for them."""
    return [face for face in register.faces.values()
            if face.kind.name != "rows" and (face.level is None or face.level <= person.clearance)]  # fmt: skip


def read_address(asker: Asker, args: MultiDict[str, str]) -> Address:
    """Read the parameters of a list; what makes no sense is left aside."""
    register, person = asker.register, asker.person
    offered = {face.name: face for face in columns_for(register, person)}
    chosen = [offered[name] for name in dict.fromkeys(args.getlist("col")) if name in offered]
    default = [offered[name] for name in register.declaration.list if name in offered]
    sort, descending = _sort(register, args, person, offered)
    size = args.get("size", default=50, type=int)
    return Address(
        register, args, chosen or default or list(offered.values())[:1], list(_filters(asker, offered, args)),
        (args.get("q") or args.get("search") or "").strip()[:100], sort, descending, args.get("void") == "1",
        size if size in PAGE_SIZES else 50, min(max(args.get("page", default=1, type=int), 1), 100_000), args.get("after"),
    )  # fmt: skip


def _filters(asker: Asker, offered: dict[str, Face], args: MultiDict[str, str]) -> Iterator[Filter]:
    if not any(name.startswith("f-") for name in args):
        return
    for group in range(1, MOST_GROUPS + 1):
        for face in offered.values():
            name = parameter(face, group)
            if (name in args or f"{name}-op" in args) and operators_of(asker.register, face):
                one = read_filter(asker, face, args.get(f"{name}-op", ""), args.getlist(name), group)
                if one is not None:
                    yield one


def _sort(
    register: type[Register], args: MultiDict[str, str], person: Person, offered: dict[str, Face]
) -> tuple[Face, bool]:
    """The field and direction asked for, if this person may sort by it; else the register's own."""
    asked = offered.get(args.get("sort", ""))
    if asked is not None and sortable(register, asked, person):
        return asked, args.get("desc") == "1"
    own = register.faces[register.declaration.sort]
    return own, own.kind.name in ("day", "moment")


def sortable(register: type[Register], face: Face, person: Person) -> bool:
    """Whether a list may be sorted by *face*: links and long texts have no order, masked fields would tell theirs."""
    if face.to or face.kind.name in ("long", "choices", "attachment"):
        return False
    return sort_key(register, face, person) is not None
