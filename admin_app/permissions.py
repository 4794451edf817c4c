"""Who may do what, and what of a record a person sees: levels, roles, actions, scopes, grants; can() and sees().

Pure and at the bottom: of the program it imports its words alone. The same decisions are taken a second time in SQL by
``guard.rows`` (for whole lists); a test holds the two against one literal table. Deny unless granted.
Sources: R-ROLE-01, R-CONF-01/02/04/06/14.
"""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from enum import Enum, Flag, IntEnum, StrEnum
from typing import NamedTuple, Protocol

from .texts import Mark, Several, Word, several, word


class Level(IntEnum):
    """Confidentiality marks (R-CONF-01)."""

    OPEN = 0
    INTERNAL = 1
    SECRET = 2
    CONFIDENTIAL = 3
    TOP_SECRET = 4

    @property
    def label(self) -> Mark:
        return _LEVEL_LABELS[self]

    @property
    def classified(self) -> bool:
        return self >= Level.CONFIDENTIAL


class Action(StrEnum):
    """What can be granted on a register (R-ROLE-01); the last two are the field rule's (R-CONF-06)."""

    SEE = "see"
    CATALOGUE = "catalogue"
    ADD = "add"
    EDIT = "edit"
    VOID = "void"
    IMPORT = "import"
    EXPORT = "export"
    APPROVE = "approve"
    REVEAL = "reveal"
    PERSONAL = "personal"

    @property
    def label(self) -> Word:
        return _ACTION_LABELS[self]


_ACTION_LABELS = {
    Action.SEE: word("查看"), Action.CATALOGUE: word("目录"), Action.ADD: word("新增"), Action.EDIT: word("编辑"),
    Action.VOID: word("作废"), Action.IMPORT: word("导入"), Action.EXPORT: word("导出"), Action.APPROVE: word("审批"),
    Action.REVEAL: word("揭示"), Action.PERSONAL: word("个人信息"),
}  # fmt: skip


class Scope(Flag):
    """Whose records a right reaches; scopes add up. ``NOBODY`` leaves only the records one is party to."""

    NOBODY = 0
    OWN = 1
    STORE = 2
    DEPARTMENT = 4
    ALL = 8

    @property
    def label(self) -> Word | Several:
        return several(_SCOPE_LABELS[scope] for scope in self) if self else word("当事")


class Role(StrEnum):
    """The roles of the company (rules.md, People and roles)."""

    CLERK = "clerk"
    CUSTOMER_MANAGER = "customer_manager"
    DESIGNER = "designer"
    PROJECT_MANAGER = "project_manager"
    INSPECTOR = "inspector"
    MATERIAL_AGENT = "material_agent"
    SALES_ADVISER = "sales_adviser"
    SERVICE_ADVISER = "service_adviser"
    STORE_MANAGER = "store_manager"
    MARKETING_MANAGER = "marketing_manager"
    SERVICE_OFFICER = "service_officer"
    CALL_AGENT = "call_agent"
    CALL_SUPERVISOR = "call_supervisor"
    CALL_INSPECTOR = "call_inspector"
    SALES = "sales"
    SALES_MANAGER = "sales_manager"
    INFO_OFFICER = "info_officer"
    INFO_SUPERVISOR = "info_supervisor"
    ARCHIVE_KEEPER = "archive_keeper"
    SERVICE_MANAGER = "service_manager"
    DIRECTOR = "director"
    GENERAL_MANAGER = "general_manager"
    HR = "hr"
    AUDITOR = "auditor"
    ADMIN = "admin"

    @property
    def title(self) -> Word:
        return _POSTS[self][0]

    @property
    def scope(self) -> Scope:
        return _POSTS[self][1]

    @property
    def clearance(self) -> Level:
        return Level(_POSTS[self][2])


_LEVEL_LABELS = tuple(map(Mark, (word("公开"), word("内部"), word("秘密"), word("机密"), word("绝密")), range(5)))
_SCOPE_LABELS = {
    Scope.OWN: word("本人", "scope"), Scope.STORE: word("本店"), Scope.DEPARTMENT: word("本部门"), Scope.ALL: word("全部"),
}  # fmt: skip
#: role -> title, the scope its grants have unless a grant says otherwise, the clearance that goes with it
_POSTS = {
    Role.CLERK: (word("前台录入员"), Scope.STORE, 1),
    Role.CUSTOMER_MANAGER: (word("客户经理"), Scope.OWN, 2),
    Role.DESIGNER: (word("设计师"), Scope.OWN, 2),
    Role.PROJECT_MANAGER: (word("项目经理"), Scope.OWN, 2),
    Role.INSPECTOR: (word("质检员"), Scope.STORE, 1),
    Role.MATERIAL_AGENT: (word("主材代办员"), Scope.OWN, 2),
    Role.SALES_ADVISER: (word("销售顾问"), Scope.OWN, 1),
    Role.SERVICE_ADVISER: (word("服务顾问"), Scope.OWN, 1),
    Role.STORE_MANAGER: (word("店经理"), Scope.STORE, 2),
    Role.MARKETING_MANAGER: (word("市场部经理"), Scope.STORE, 2),
    Role.SERVICE_OFFICER: (word("客服专员"), Scope.DEPARTMENT, 2),
    Role.CALL_AGENT: (word("座席"), Scope.OWN, 1),
    Role.CALL_SUPERVISOR: (word("座席主管"), Scope.ALL, 2),
    Role.CALL_INSPECTOR: (word("话务质检员"), Scope.ALL, 2),
    Role.SALES: (word("客户开发专员"), Scope.OWN, 2),
    Role.SALES_MANAGER: (word("客户开发主管"), Scope.DEPARTMENT, 2),
    Role.INFO_OFFICER: (word("客户信息专员"), Scope.ALL, 2),
    Role.INFO_SUPERVISOR: (word("客户信息主管"), Scope.ALL, 3),
    Role.ARCHIVE_KEEPER: (word("档案管理员"), Scope.ALL, 2),
    Role.SERVICE_MANAGER: (word("客户服务部经理"), Scope.ALL, 3),
    Role.DIRECTOR: (word("专项总监"), Scope.ALL, 3),
    Role.GENERAL_MANAGER: (word("总经理"), Scope.ALL, 4),
    Role.HR: (word("人力资源"), Scope.ALL, 3),
    Role.AUDITOR: (word("审计员"), Scope.ALL, 1),
    Role.ADMIN: (word("系统管理员"), Scope.ALL, 1),
}

Rights = Mapping[Action, Scope]


class Grants(dict[Role, dict[Action, Scope]]):
    """What each role may do on one register; ``|`` adds two bundles up."""

    def __or__(self, other: "Grants") -> "Grants":  # type: ignore[override]
        merged = Grants({role: dict(rights) for role, rights in self.items()})
        for role, rights in other.items():
            mine = merged.setdefault(role, {})
            for action, scope in rights.items():
                mine[action] = mine.get(action, Scope.NOBODY) | scope
        return merged

    __ior__ = __or__  # type: ignore[assignment]  # dict's own would replace a role's rights


def grant(roles: Role | Iterable[Role], *actions: Action, scope: Scope | None = None) -> Grants:
    """Let *roles* do *actions* on records in *scope*, by default each role's own."""
    roles = [roles] if isinstance(roles, Role) else list(roles)
    return Grants({role: dict.fromkeys(actions, role.scope if scope is None else scope) for role in roles})


class Sight(IntEnum):
    """How a person comes to see a record: not at all, by the catalogue right, as a party, in full.

    Of a request they are concerned when it is theirs, or theirs to judge with the clearance for what is asked for.
    """

    NONE = 0
    CATALOGUE = 1
    PARTY = 2
    CONCERNED = 3
    FULL = 4


class View(Enum):
    """What a person gets of one field (R-CONF-06)."""

    ABSENT = "absent"
    MASKED = "masked"
    REVEALABLE = "revealable"
    SHOWN = "shown"

    @property
    def readable(self) -> bool:
        return self is View.SHOWN


@dataclass(frozen=True, slots=True)
class Person:
    """Who is acting: an employee signed in, or a named system person for a job (R-CONF-03).

    ``rights`` maps table name -> action -> scope, all roles together; ``profile`` names that mapping, so that persons
    with the same rights share prepared statements. A ``job`` has a clearance and no rights (``guard.jobs``).
    ``seen_by`` looks on as this person (``seen_as``): nothing is shown but what both may see.
    """

    id: int
    username: str
    name: str
    roles: frozenset[Role] = frozenset()
    clearance: Level = Level.OPEN
    store_id: int | None = None
    department_id: int | None = None
    rights: Mapping[str, Rights] = field(default_factory=dict, repr=False, hash=False)
    profile: str = ""
    job: bool = False
    seen_by: "Person | None" = None

    def __post_init__(self) -> None:
        if not self.profile:  # made by hand
            object.__setattr__(self, "profile", profile(self.rights, self.clearance))

    def reach(self, action: Action, table: str) -> Scope | None:
        """The scope in which this person may do *action* on *table*; None where nothing is granted."""
        return self.rights.get(table, {}).get(action)

    def has_part_in(self, table: str) -> bool:
        """Whether this person has any right on the register, and whoever looks on has one, too."""
        return table in self.rights and (self.seen_by is None or table in self.seen_by.rights)

    def seen_as(self, viewer: "Person") -> "Person":
        """This person as *viewer* looks on: with their rights, and no further than the viewer's clearance.

        A profile of its own keeps their prepared statements apart from everybody else's.
        """
        clearance = min(self.clearance, viewer.clearance)
        profile = f"{self.profile}|{clearance}, seen by {viewer.profile}|{viewer.clearance}"
        return replace(self, clearance=clearance, profile=profile, seen_by=viewer)

    def alone(self) -> "Person":
        """This person without who looks on."""
        return replace(self, seen_by=None)


def profile(rights: Mapping[str, Rights], clearance: Level) -> str:
    """A name for *rights* at *clearance*, the same for everyone with the same; a changed right changes it."""
    held = sorted(
        (table, sorted((action, scope.value) for action, scope in actions.items())) for table, actions in rights.items()
    )
    return f"{hashlib.sha256(repr(held).encode()).hexdigest()[:24]}|{clearance >= Level.TOP_SECRET}"


class Facts(NamedTuple):
    """What the decisions need to know of one record; persons are employee ids.

    ``scope`` is None for a register that has no scope columns (then every scope reaches it); otherwise the ids
    of store, department and owner, None where the register lacks the column or the record the value. ``signs`` is who
    has signed or signs next; ``object_level`` that of what a request asks for, None for what is no request.
    """

    level: int
    scope: tuple[int | None, int | None, int | None] | None = None
    author: int | None = None
    parties: tuple[int | None, ...] = ()
    signs: int | None = None
    custodian: int | None = None
    granted: bool = False
    object_level: int | None = None

    def of_viewer(self) -> "Facts":
        """The same for who looks on as the person: grants and signatures are each one's own, and don't count there."""
        return self._replace(granted=False, signs=None)


class RegisterPolicy(Protocol):
    """The part of a register's declaration that the decisions read."""

    __tablename__: str
    parties_see: frozenset[str]
    concerned_see: frozenset[str]
    catalogue_shows: frozenset[str]
    need_to_know: bool
    actors_level: int


class FieldPolicy(Protocol):
    """The part of a face that the decisions read."""

    name: str
    level: int | None
    mask: bool


def in_scope(scope: Scope | None, person: Person, facts: Facts) -> bool:
    """Whether a right with *scope* reaches the record."""
    if not scope:
        return False
    if facts.scope is None or Scope.ALL in scope:
        return True
    store, department, owner = facts.scope
    return (
        (Scope.STORE in scope and store is not None and store == person.store_id)
        or (Scope.DEPARTMENT in scope and department is not None and department == person.department_id)
        or (Scope.OWN in scope and owner is not None and owner == person.id)
    )


def standing(person: Person, facts: Facts) -> tuple[object, ...]:
    """All that the decisions look at in *facts* for *person*: records of equal standing are seen and changed alike."""
    if person.seen_by is not None:
        return standing(person.alone(), facts), standing(person.seen_by, facts.of_viewer())
    level, scope, author, parties, signs, custodian, granted, object_level = facts
    me = person.id
    if scope is None:
        place: object = None
    else:
        store, department, owner = scope
        place = (store is not None and store == person.store_id, owner == me,
                 department is not None and department == person.department_id)  # fmt: skip
    return level, place, author == me, me in parties, signs == me, custodian == me, granted, object_level


def ceiling(person: Person, register: RegisterPolicy) -> Level:
    """The highest level seen by clearance alone; classified archives need a custodian or a grant (R-CONF-04)."""
    return min(person.clearance, Level.SECRET) if register.need_to_know else person.clearance


def sight(person: Person, register: RegisterPolicy, facts: Facts) -> Sight:
    """How *person* sees the record: level and scope, or grant, or party, or the catalogue right (R-CONF-02/04/14)."""
    if person.seen_by is not None:
        return min(sights(person, register, facts))
    table = register.__tablename__
    reached = facts.level <= ceiling(person, register) and in_scope(person.reach(Action.SEE, table), person, facts)
    below = facts.object_level is not None and facts.object_level > person.clearance
    if reached and not below:
        return Sight.FULL
    if facts.granted or (facts.custodian == person.id and facts.level <= person.clearance):
        return Sight.FULL
    wrote_it = facts.author == person.id and facts.level <= person.clearance
    if wrote_it or person.id in facts.parties or (person.id == facts.signs and not below):
        return Sight.PARTY if facts.object_level is None else Sight.CONCERNED
    if reached or person.id == facts.signs:
        return Sight.PARTY
    if in_scope(person.reach(Action.CATALOGUE, table), person, facts):
        return Sight.CATALOGUE
    return Sight.NONE


def sights(person: Person, register: RegisterPolicy, facts: Facts) -> tuple[Sight, Sight]:
    """How someone looked on as sees the record, and how who looks on does, who mustn't learn who wrote it (R-CONF-10)."""
    assert person.seen_by is not None
    told = facts if person.seen_by.clearance >= register.actors_level else facts._replace(author=None)
    return sight(person.alone(), register, told), sight(person.seen_by, register, facts.of_viewer())


def can(
    person: Person, action: Action, register: RegisterPolicy, facts: Facts | None = None, how: Sight | None = None
) -> bool:
    """Whether *person* may do *action* on the register, and on the record when its *facts* are given."""
    scope = person.reach(action, register.__tablename__)
    if scope is None:
        return False
    if facts is None:
        return True
    how = sight(person, register, facts) if how is None else how
    return how >= Sight.PARTY and in_scope(scope, person, facts)


def sees(person: Person, register: RegisterPolicy, face: FieldPolicy, facts: Facts, how: Sight | None = None) -> View:
    """What *person* gets of one field of one record: absent, masked, revealable or shown (R-CONF-01/06/14)."""
    if person.seen_by is not None:
        return _seen_by_both(person, person.seen_by, register, face, facts, how)
    how = sight(person, register, facts) if how is None else how
    if how is Sight.NONE or not _marked_for(how, register, face):
        return View.ABSENT
    if face.level is not None and face.level > person.clearance and not facts.granted:
        return View.ABSENT
    if not face.mask or in_scope(person.reach(Action.PERSONAL, register.__tablename__), person, facts):
        return View.SHOWN
    revealable = in_scope(person.reach(Action.REVEAL, register.__tablename__), person, facts)
    return View.REVEALABLE if revealable else View.MASKED


def _seen_by_both(
    person: Person, viewer: Person, register: RegisterPolicy, face: FieldPolicy, facts: Facts, how: Sight | None
) -> View:
    """The lesser of what each gets. Only in full is *how* the same for both; below that each has it their own way."""
    both = how if how is Sight.FULL else None
    theirs = sees(person.alone(), register, face, facts, both)
    return min(theirs, sees(viewer, register, face, facts.of_viewer(), both), key=list(View).index)


def _marked_for(how: Sight, register: RegisterPolicy, face: FieldPolicy) -> bool:
    if how is Sight.FULL:
        return True
    if how is Sight.CONCERNED:
        return face.name in register.concerned_see
    return face.name in (register.parties_see if how is Sight.PARTY else register.catalogue_shows)
