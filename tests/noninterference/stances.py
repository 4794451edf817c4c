"""How a record can stand to a person, and what of it they may then read: the manual's rules said again, plainly.

Nothing of ``permissions`` or ``guard`` is called here: what the twins may differ in must not be chosen by the code that
is tested. Of a register only its declaration is read.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from admin_app.fields import Face
from admin_app.models import Register
from admin_app.permissions import Action, Role, Scope

NONE, CATALOGUE, PARTY, CONCERNED, FULL = "none", "catalogue", "party", "concerned", "full"
TOP, CLASSIFIED, SECRET = 4, 3, 2


@dataclass(frozen=True)
class Stance:
    """One way a record can stand to who looks. ``scope`` is mine, ours (my store and department) or theirs."""

    name: str
    level: int | None = None
    scope: str = "theirs"
    voided: bool = False
    #: its links lead to records that the person doesn't see
    links_hidden: bool = True
    written: bool = False
    #: how the person is named in it: link, next, signed, granted, lapsed
    party: str = ""
    custodian: bool = False
    #: the level of what a request asks for
    asks: int = 0


#: those every register has; the rest needs a column or a table of the register
ALWAYS = (
    Stance("above", TOP, "mine"),
    Stance("theirs"),
    Stance("mine", scope="mine", links_hidden=False),
    Stance("ours", scope="ours", links_hidden=False),
    Stance("voided", scope="mine", voided=True, links_hidden=False),
    Stance("linking", scope="mine"),
    Stance("written", written=True),
    Stance("written_above", TOP, written=True),
)
NAMED = (Stance("party", TOP, party="link"),)
SIGNED = (
    Stance("next", TOP, party="next"),
    Stance("signed", TOP, party="signed"),
    Stance("granted", TOP, party="granted"),
    Stance("lapsed", TOP, party="lapsed"),
)
#: for requests only: what is asked for lies above whoever looks
ASKED = (
    Stance("asks_above", scope="mine", asks=TOP),
    Stance("asks_above_voided", scope="mine", asks=TOP, voided=True),
    Stance("asks_above_next", TOP, party="next", asks=TOP),
    Stance("asks_above_signed", TOP, party="signed", asks=TOP),
    Stance("asks_above_party", TOP, party="link", asks=TOP),
    Stance("asks_above_written", written=True, asks=TOP),
)
KEPT = (
    Stance("custodian", CLASSIFIED, custodian=True),
    Stance("custodian_above", TOP, custodian=True),
    Stance("classified", CLASSIFIED, "mine"),
    Stance("classified_voided", CLASSIFIED, "mine", voided=True),
)


def stances(register: type[Register]) -> list[Stance]:
    """All stances that a record of *register* can have."""
    faces = register.faces.values()
    return [
        *ALWAYS,
        *(NAMED if any(face.party for face in faces) else ()),
        *(SIGNED if register.has_party_table else ()),
        *(KEPT if register.need_to_know else ()),
        *(ASKED if is_request(register) else ()),
    ]


def is_request(register: type[Register]) -> bool:
    """Whether its records ask for records of another."""
    return any(face.object for face in register.faces.values())


@dataclass(frozen=True)
class Onlooker:
    """Who looks: one role, as the company employs it."""

    username: str
    id: int
    role: Role
    clearance: int
    store: int | None
    department: int | None

    def grants(self, register: type[Register]) -> Mapping[Action, Scope]:
        return register.declaration.grants.get(self.role, {})


def level_of(register: type[Register], stance: Stance) -> int:
    return int(register.declaration.level) if stance.level is None else stance.level


def covers(scope: Scope | None, register: type[Register], stance: Stance, who: Onlooker) -> bool:
    """Whether a right of *scope* reaches a record that stands so."""
    if not scope:
        return False
    known = register.declaration.scopes
    if not known or Scope.ALL in scope:
        return True
    mine, ours = stance.scope == "mine", stance.scope in ("mine", "ours")
    return (
        (Scope.OWN in scope and "owner" in known and mine)
        or (Scope.STORE in scope and "store" in known and ours and who.store is not None)
        or (Scope.DEPARTMENT in scope and "department" in known and ours and who.department is not None)
    )


def sight(register: type[Register], stance: Stance, who: Onlooker) -> str:
    """How *who* sees a record that stands so (R-CONF-02/04/14)."""
    level, rights = level_of(register, stance), who.grants(register)
    ceiling = min(who.clearance, SECRET) if register.need_to_know else who.clearance
    reached = level <= ceiling and covers(rights.get(Action.SEE), register, stance, who)
    below = stance.asks > who.clearance
    if reached and not below:
        return FULL
    if stance.party == "granted" or (stance.custodian and level <= who.clearance):
        return FULL
    theirs = _is_named(register, stance) or (stance.written and level <= who.clearance)
    if theirs or (stance.party in ("next", "signed") and not below):
        return CONCERNED
    if reached or stance.party in ("next", "signed"):
        return PARTY
    return CATALOGUE if covers(rights.get(Action.CATALOGUE), register, stance, who) else NONE


def _is_named(register: type[Register], stance: Stance) -> bool:
    """Whether a record that stands so names *who* as a party: in a link of its own, or as its owner where that is one."""
    owner = register.faces.get("owner_id")
    owned = "owner" in register.declaration.scopes and owner is not None and owner.party
    return stance.party == "link" or (owned and stance.scope == "mine")


def reads(register: type[Register], face: Face, stance: Stance, who: Onlooker) -> str:
    """What *who* gets of the field: "shown", "masked" or "absent" (R-CONF-01/06/14)."""
    how = sight(register, stance, who)
    parties = register.parties_see
    marked = {
        FULL: register.faces.keys(), CONCERNED: parties | set(register.concerned.split()), PARTY: parties,
        CATALOGUE: register.catalogue_shows, NONE: (),
    }  # fmt: skip
    catalogued = how != NONE and covers(who.grants(register).get(Action.CATALOGUE), register, stance, who)
    if face.name not in marked[how] and not (catalogued and face.name in register.catalogue_shows):
        return "absent"
    if face.level is not None and face.level > who.clearance and stance.party != "granted":
        return "absent"
    if face.mask and not covers(who.grants(register).get(Action.PERSONAL), register, stance, who):
        return "masked"
    return "shown"
