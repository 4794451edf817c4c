"""Why a person doesn't see a record in full, or may not do something with it (R-SIGN-06).

No decision is taken here a second time: ``sight`` and ``can`` are asked again about the person with a wider right, the
highest clearance, a grant; the fewest of these that turn the answer into yes are the reasons.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import combinations
from typing import NamedTuple

from ..permissions import Action, Facts, Level, Person, RegisterPolicy, Scope, Sight, can, sight
from ..texts import say
from ..verdicts import Verdict, refuse
from .book import rule

#: a decision that the product takes
Asked = Callable[[Person, Facts], bool]


class _Lack(NamedTuple):
    """What the person lacks, and the two as they would be without the lack."""

    verdict: Verdict
    mended: Callable[[Person, Facts], tuple[Person, Facts]]


@rule("R-ROLE-01 R-CONF-02 R-CONF-04", "看不到全部内容的，说明缺的是岗位权限、范围、密级，还是批准的借阅。")
def why_not_seen(person: Person, register: RegisterPolicy, facts: Facts) -> tuple[Verdict, ...]:
    """What *person* lacks to see the record in full; nothing where they do."""
    return _reasons(person, facts, register, (Action.SEE,), lambda p, f: sight(p, register, f) is Sight.FULL)


@rule("R-ROLE-01 R-CONF-02", "不能办理的，说明缺的是岗位权限、范围还是密级。")
def why_not_done(person: Person, action: Action, register: RegisterPolicy, facts: Facts) -> tuple[Verdict, ...]:
    """What *person* lacks to do *action* on the record; nothing where they may."""
    return _reasons(person, facts, register, (action, Action.SEE), lambda p, f: can(p, action, register, f))


def _reasons(
    person: Person, facts: Facts, register: RegisterPolicy, actions: Sequence[Action], asked: Asked
) -> tuple[Verdict, ...]:
    if asked(person, facts):
        return ()
    rights = [_right(person, action, register.__tablename__) for action in actions]
    lacks = [*rights, _clearance(person, facts)]
    for some in (lacks, [*lacks, _grant()]):  # a grant stands in for all the rest: named where nothing else would do
        for number in range(1, len(some) + 1):
            for chosen in combinations(some, number):
                if asked(*_mended(person, facts, chosen)):
                    return tuple(lack.verdict for lack in chosen)
    raise RuntimeError(f"nothing lets {person.username} act on {register.__tablename__}")


def _mended(person: Person, facts: Facts, lacks: Sequence[_Lack]) -> tuple[Person, Facts]:
    for lack in lacks:
        person, facts = lack.mended(person, facts)
    return person, facts


def _right(person: Person, action: Action, table: str) -> _Lack:
    """The right altogether, or that it reaches as far as the record."""

    def everywhere(one: Person, facts: Facts) -> tuple[Person, Facts]:
        rights = {**one.rights, table: {**one.rights.get(table, {}), action: Scope.ALL}}
        return replace(one, rights=rights), facts

    scope = person.reach(action, table)
    if scope is None:
        reason = say("岗位没有“{action}”权限", action=action.label)
        return _Lack(refuse("R-ROLE-01", "no_right", reason), everywhere)
    reason = say("“{action}”权限的范围是{scope}，这条记录不在其内", action=action.label, scope=scope.label)
    return _Lack(refuse("R-CONF-02", "scope", reason), everywhere)


def _clearance(person: Person, facts: Facts) -> _Lack:
    asks_above = facts.level <= person.clearance
    reason = (
        say("所申请的内容高于密级权限“{held}”", held=person.clearance.label)
        if asks_above
        else say("密级权限是“{held}”，这条记录是“{level}”", held=person.clearance.label, level=Level(facts.level).label)
    )
    return _Lack(
        refuse("R-CONF-02", "level", reason), lambda one, known: (replace(one, clearance=Level.TOP_SECRET), known)
    )


def _grant() -> _Lack:
    reason = say(
        "{confidential}、{top}档案只有保管人和获准借阅、查阅的人能看",
        confidential=Level.CONFIDENTIAL.label,
        top=Level.TOP_SECRET.label,
    )
    return _Lack(refuse("R-CONF-04", "no_grant", reason), lambda one, known: (one, known._replace(granted=True)))
