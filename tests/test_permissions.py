"""The decisions in Python against the literal tables: who sees a record, what of a field, who may do what."""

from dataclasses import dataclass

import pytest

from admin_app.permissions import (
    Action,
    Facts,
    Grants,
    Level,
    Person,
    Role,
    Scope,
    Sight,
    View,
    can,
    grant,
    sees,
    sight,
)  # fmt: skip
from tests.guard.truth import KINDS, ME, MY_STORE, OTHER_STORE, RECORDS, SOMEBODY, expected

TABLE = "ledger"


@dataclass(frozen=True)
class Policy:
    """A register as the decisions see it."""

    need_to_know: bool = False
    actors_level: int = 0
    parties_see: frozenset[str] = frozenset({"number", "phone"})
    concerned_see: frozenset[str] = frozenset({"number", "phone"})
    catalogue_shows: frozenset[str] = frozenset({"number"})
    __tablename__: str = TABLE


@dataclass(frozen=True)
class Field:
    """A field as the decisions see it."""

    name: str
    level: int | None = None
    mask: bool = False


@pytest.mark.rule("R-CONF-02", "R-CONF-04", "R-CONF-14")
@pytest.mark.parametrize("scoped", [True, False], ids=["scoped", "unscoped"])
@pytest.mark.parametrize("need", [False, True], ids=["plain", "need_to_know"])
def test_sight_is_what_the_table_says(need: bool, scoped: bool) -> None:
    wrong = [
        (kind, record, got, wanted)
        for kind in KINDS
        for record in RECORDS
        if (got := sight(kind.person(TABLE), Policy(need), record.facts(scoped)))
        is not (wanted := expected(kind, record, need, scoped))
    ]
    assert wrong == []


def somebody(clearance: int = 1, store: int | None = MY_STORE, **rights: Scope) -> Person:
    held = {Action(name): scope for name, scope in rights.items()}
    return Person(ME, "me", "我", clearance=Level(clearance), store_id=store, rights={TABLE: held})


MINE = Facts(level=1, scope=(MY_STORE, None, ME))
OURS = Facts(level=1, scope=(MY_STORE, None, SOMEBODY))
THEIRS = Facts(level=1, scope=(OTHER_STORE, None, SOMEBODY))
ABOVE = Facts(level=4, scope=(MY_STORE, None, ME))
AS_PARTY = Facts(level=4, scope=(OTHER_STORE, None, SOMEBODY), parties=(ME,))
GRANTED = Facts(level=4, scope=(OTHER_STORE, None, SOMEBODY), granted=True)

NUMBER, PHONE, REMARK = Field("number"), Field("phone", mask=True), Field("remark")
CONFIDENTIAL = Field("reporter", level=3)
CONFIDENTIAL_NUMBER = Field("number", level=3)
MASKED_SECRET = Field("identity", level=2, mask=True)

STORE, OWN, ALL = Scope.STORE, Scope.OWN, Scope.ALL
#: field, record, clearance, rights -> view
FIELDS = [
    (NUMBER, OURS, 1, {"see": STORE}, "shown"),
    (NUMBER, THEIRS, 1, {"see": STORE}, "absent"),
    (NUMBER, ABOVE, 1, {"see": STORE}, "absent"),
    (NUMBER, OURS, 1, {}, "absent"),
    (PHONE, OURS, 1, {"see": STORE}, "masked"),
    (PHONE, OURS, 1, {"see": STORE, "reveal": STORE}, "revealable"),
    (PHONE, OURS, 1, {"see": ALL, "reveal": OWN}, "masked"),
    (PHONE, MINE, 1, {"see": STORE, "reveal": OWN}, "revealable"),
    (PHONE, OURS, 1, {"see": STORE, "personal": STORE}, "shown"),
    (PHONE, OURS, 1, {"see": STORE, "personal": OWN}, "masked"),
    (PHONE, MINE, 1, {"see": STORE, "personal": OWN}, "shown"),
    (PHONE, THEIRS, 1, {"personal": ALL}, "absent"),
    (PHONE, AS_PARTY, 1, {"see": STORE}, "masked"),
    (PHONE, AS_PARTY, 1, {"see": STORE, "personal": STORE}, "masked"),
    (PHONE, AS_PARTY, 1, {"see": STORE, "personal": ALL}, "shown"),
    (NUMBER, AS_PARTY, 1, {"see": STORE}, "shown"),
    (NUMBER, AS_PARTY, 1, {}, "shown"),
    (REMARK, AS_PARTY, 1, {"see": STORE}, "absent"),
    (REMARK, OURS, 1, {"see": STORE}, "shown"),
    (NUMBER, THEIRS, 1, {"catalogue": ALL}, "shown"),
    (NUMBER, ABOVE, 1, {"catalogue": STORE}, "shown"),
    (PHONE, THEIRS, 1, {"catalogue": ALL, "personal": ALL}, "absent"),
    (REMARK, THEIRS, 1, {"catalogue": ALL}, "absent"),
    (CONFIDENTIAL, OURS, 1, {"see": STORE}, "absent"),
    (CONFIDENTIAL, OURS, 2, {"see": STORE}, "absent"),
    (CONFIDENTIAL, OURS, 3, {"see": STORE}, "shown"),
    (CONFIDENTIAL, GRANTED, 1, {"see": STORE}, "shown"),
    (CONFIDENTIAL_NUMBER, AS_PARTY, 2, {}, "absent"),
    (CONFIDENTIAL_NUMBER, AS_PARTY, 3, {}, "shown"),
    (CONFIDENTIAL_NUMBER, THEIRS, 2, {"catalogue": ALL}, "absent"),
    (MASKED_SECRET, OURS, 1, {"see": STORE, "personal": STORE}, "absent"),
    (MASKED_SECRET, OURS, 2, {"see": STORE}, "masked"),
    (MASKED_SECRET, OURS, 2, {"see": STORE, "personal": STORE}, "shown"),
    (REMARK, GRANTED, 1, {}, "shown"),
    (PHONE, GRANTED, 1, {}, "masked"),
]


@pytest.mark.rule("R-CONF-01", "R-CONF-06", "R-CONF-14")
@pytest.mark.parametrize(("face", "facts", "clearance", "rights", "view"), FIELDS)
def test_a_field_is_absent_masked_revealable_or_shown(
    face: Field, facts: Facts, clearance: int, rights: dict[str, Scope], view: str
) -> None:
    assert sees(somebody(clearance, **rights), Policy(), face, facts) is View(view)


#: action, record, rights -> allowed
DEEDS = [
    ("edit", OURS, {"see": STORE, "edit": STORE}, True),
    ("edit", OURS, {"see": STORE, "edit": OWN}, False),
    ("edit", MINE, {"see": STORE, "edit": OWN}, True),
    ("edit", OURS, {"see": STORE}, False),
    ("edit", OURS, {"edit": ALL}, False),
    ("edit", ABOVE, {"see": ALL, "edit": ALL}, False),
    ("edit", AS_PARTY, {"see": STORE, "edit": ALL}, True),
    ("edit", AS_PARTY, {"see": STORE, "edit": STORE}, False),
    ("void", THEIRS, {"catalogue": ALL, "void": ALL}, False),
    ("edit", GRANTED, {"edit": ALL}, True),
    ("add", None, {"add": OWN}, True),
    ("add", None, {"see": ALL}, False),
]


@pytest.mark.rule("R-ROLE-01", "R-CONF-02")
@pytest.mark.parametrize(("action", "facts", "rights", "allowed"), DEEDS)
def test_a_right_reaches_only_records_that_are_seen_and_in_its_scope(
    action: str, facts: Facts | None, rights: dict[str, Scope], allowed: bool
) -> None:
    assert can(somebody(**rights), Action(action), Policy(), facts) is allowed


@pytest.mark.rule("R-ROLE-01")
def test_what_nobody_granted_is_denied() -> None:
    nobody = Person(ME, "me", "我", clearance=Level.TOP_SECRET)
    assert not any(can(nobody, action, Policy(), facts) for action in Action for facts in (None, MINE, GRANTED))


@pytest.mark.rule("R-CONF-02")
def test_a_blank_store_is_nobodys_store() -> None:
    stray = Facts(level=0, scope=(None, None, None))
    assert sight(somebody(store=None, see=STORE), Policy(), stray) is Sight.NONE


@pytest.mark.rule("R-CONF-14")
def test_an_author_loses_sight_of_a_record_raised_above_them() -> None:
    raised = Facts(level=2, scope=(OTHER_STORE, None, SOMEBODY), author=ME)
    assert sight(somebody(2), Policy(), raised) is Sight.PARTY
    assert sight(somebody(1), Policy(), raised) is Sight.NONE


@pytest.mark.rule("R-ROLE-01")
def test_bundles_of_grants_add_up_without_changing_each_other() -> None:
    first = grant(Role.CLERK, Action.SEE)
    both = first | grant(Role.CLERK, Action.SEE, Action.EDIT, scope=OWN)
    assert both == {Role.CLERK: {Action.SEE: STORE | OWN, Action.EDIT: OWN}}
    assert first == {Role.CLERK: {Action.SEE: STORE}}
    first |= grant(Role.CLERK, Action.SEE, scope=ALL)
    assert first == Grants({Role.CLERK: {Action.SEE: STORE | ALL}})


@pytest.mark.rule("R-ROLE-01")
def test_a_grant_has_the_scope_of_its_role_unless_it_names_another() -> None:
    assert grant([Role.CLERK, Role.DIRECTOR], Action.SEE) == {
        Role.CLERK: {Action.SEE: STORE}, Role.DIRECTOR: {Action.SEE: ALL},
    }  # fmt: skip
    assert grant(Role.DIRECTOR, Action.SEE, scope=Scope.NOBODY) == {Role.DIRECTOR: {Action.SEE: Scope.NOBODY}}
