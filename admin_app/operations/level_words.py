"""Whether the levels can be told apart on every day on which what the company calls them changes (R-CONF-13)."""

from collections.abc import Mapping
from datetime import date

from sqlalchemy.orm import Session

from ..guard.settings import Versions, all_versions
from ..level_words import NAMES, PREFIX, words_of
from ..rules.level_words import may_be_called
from ..verdicts import Verdict

_ALL = (*NAMES, PREFIX)


def faults(session: Session, typed: Mapping[str, str | None], day: date) -> dict[str, Verdict]:
    """What is wrong, by the box of *typed*, if it held from *day* on; of what is set for later as well."""
    if not (asked := {name: value or "" for name, value in typed.items() if name in _ALL}):
        return {}
    held = all_versions(session)
    versions = {name: [*_others(held.get(name, ()), day), (day, asked[name])] for name in asked}
    found = _first_fault({**held, **versions}, day)
    if not found:
        return {}
    return {name: found[name] for name in asked if name in found} or {next(iter(asked)): next(iter(found.values()))}


def without(session: Session, name: str, day: date) -> Verdict | None:
    """What would be wrong if *name* weren't set from *day* on."""
    held = all_versions(session)
    if name not in _ALL:
        return None
    return next(iter(_first_fault({**held, name: _others(held.get(name, ()), day)}, day).values()), None)


def _others(versions: Versions, day: date) -> Versions:
    return [one for one in versions if one[0] != day]


def _first_fault(versions: Mapping[str, Versions], start: date) -> Mapping[str, Verdict]:
    days = {day for name in _ALL for day, _value in versions.get(name, ()) if day > start}
    for day in (start, *sorted(days)):
        if found := may_be_called(words_of({name: _on(versions.get(name, ()), day) for name in _ALL})):
            return found
    return {}


def _on(versions: Versions, day: date) -> str | None:
    return max(((since, value) for since, value in versions if since <= day), default=(day, None))[1]
