"""Two registrations of one customer: how they are known as one, which of them owns, who rules and on what (R-CUST-03)."""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from ..permissions import Role
from ..texts import Titled, say
from ..verdicts import ALLOWED, Verdict, refuse
from .book import rule
from .registering import Hours, is_late
from .signers import Staff


class Match(Titled):
    """By what two registrations are taken for one customer; codes of ``claim_match``."""

    PHONE = "phone", say("电话相同")
    NAME_ESTATE = "name_estate", say("姓名与小区相同")
    VEHICLE_UNIT = "vehicle_unit", say("车辆或房号相同")


class Ruling(Titled):
    """What the head above both rules; codes of ``claim_verdict``."""

    SAME = "same", say("同一客户")
    DIFFERENT = "different", say("不是同一客户")


#: of ``claim_verdict``: one of the two registrations was voided before anybody ruled
WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What a registration tells of who its customer is. Phones are in their stored form, the rest is as written."""

    phones: frozenset[str] = frozenset()
    name: str = ""
    estate: str = ""
    plates: frozenset[str] = frozenset()
    units: frozenset[str] = frozenset()


#: a plate as written: province and letter, then five or six more
_PLATE = re.compile(r"[\u4e00-\u9fff][A-Z][A-Z0-9]{5,6}[\u4e00-\u9fff]?")
_BETWEEN = re.compile(r"[\s·•.\-—]+")


def plain(text: str | None) -> str:
    """*text* as two people would have written it alike: half width, capitals, nothing between."""
    return _BETWEEN.sub("", unicodedata.normalize("NFKC", text or "")).upper()


def is_plate(text: str | None) -> bool:
    """Whether a box for unit or plate holds a plate."""
    return _PLATE.fullmatch(plain(text)) is not None


@rule("R-CUST-03", "电话相同，或姓名与小区相同，或车辆、同一小区的房号相同的，视为同一客户。")
def match(one: Told, other: Told) -> Match | None:
    """By what *one* and *other* are taken for one customer, the surest first; a unit says nothing without its estate."""
    ours, theirs = known_by(one), known_by(other)
    return next((by for by in Match if ours[by] & theirs[by]), None)


def known_by(told: Told) -> Mapping[Match, frozenset[tuple[str, ...]]]:
    """What each way of matching compares of *told*, written alike; two that share any value are taken for one customer."""
    estate, name = plain(told.estate), plain(told.name)
    units = {(estate, unit) for text in told.units if estate and (unit := plain(text))}
    return {
        Match.PHONE: frozenset((phone,) for phone in told.phones),
        Match.NAME_ESTATE: frozenset({(name, estate)} if estate else ()),
        Match.VEHICLE_UNIT: frozenset(units | {(plate,) for text in told.plates if (plate := plain(text))}),
    }


@rule("R-CUST-03", "同一客户归先登记的；按时上交的登记从登记时间算，迟交的从录入时间算。")
def counts_from(registered: datetime, entered: datetime | None, hours: Hours) -> datetime:
    """From when a registration counts: who hands in late could else write any hour down.

    Leave excuses a late sheet (R-CUST-05) but moves nobody forward: whoever registers writes it down themselves.

    *entered*: None where a ledger brought it in, which says nothing of when it was written.
    """
    if entered is None or not is_late(entered, registered, False, hours):
        return registered
    return entered


@rule(
    "R-CUST-03 R-ROLE-04",
    "撞单由双方共同的上级负责人裁定；没有共同上级的，由总经理裁定；总经理是一方的，由其代理人裁定。",
)
def head_above(first: int | None, later: int | None, staff: Staff) -> int | None:
    """Who rules between two managers: the nearest head whom both have above them; None when nobody is left."""
    both = [person for person in (first, later) if person in staff.people]
    chains = [[head for head in _above(person, staff) if head not in both] for person in both]
    common = [head for head in (chains[0] if chains else []) if all(head in chain for chain in chains)]
    if common:
        return common[0]
    generals = [one.id for one in staff.people.values() if Role.GENERAL_MANAGER in one.roles]
    stand_ins = [one for general in generals for one in staff.stand_ins_of(general)]
    return next((one for one in (*generals, *stand_ins) if one not in both), None)


def _above(person: int, staff: Staff) -> list[int]:
    return list(staff.heads_from(staff.people[person].department_id))


@rule("R-CUST-03", "裁定只判是不是同一客户，须写明理由；裁定后不再更改。")
def may_rule(ruling: str, reason: str, open_still: bool) -> Verdict:
    """Refused "wrong_state" once it was ruled, "incomplete" for anything but the question, "no_reason"."""
    if not open_still:
        return refuse("R-CUST-03", "wrong_state", say("这项撞单已经裁定"))
    if ruling not in [*Ruling]:
        return refuse("R-CUST-03", "incomplete", say("请选择是不是同一客户"))
    return ALLOWED if reason.strip() else refuse("R-CUST-03", "no_reason", say("请写明裁定理由"))


@rule("R-CUST-03", "裁定人只能是双方的上级或其代理人，不能是登记的任何一方。")
def is_the_head(person: int, heads: Iterable[int], parties: Iterable[int | None]) -> Verdict:
    """Whether the claim waits for *person*; *heads*: the head, and who stands in for them. *parties*: whose the two are.

    Refused "own_request" for a party, also where they stand in for the head, and "not_signer".
    """
    if person in parties:
        return refuse("R-ROLE-04", "own_request", say("您是撞单的一方，不能裁定"))
    return ALLOWED if person in heads else refuse("R-CUST-03", "not_signer", say("由双方共同的上级负责人裁定"))


#: what the program writes into a claim from the two registrations
_FROM_SHEETS = frozenset(
    {"claimed_at", "name", "phone", "estate", "vehicle_or_unit", "registration_id", "claiming_id", "customer_id",
     "first_registered_at", "first_owner_id", "owner_id", "match"}
)  # fmt: skip


@rule("R-CUST-03", "由登记表产生的撞单，双方登记人、登记表、时间等按登记表写定，不得更改；可补写主张理由和证明。")
def stays_as_registered(on_sheets: bool, changed: Iterable[str]) -> Verdict:
    """Whether the fields *changed* of a claim may change; *on_sheets*: a registration stands behind it. Refused "fixed"."""
    if not on_sheets or _FROM_SHEETS.isdisjoint(changed):
        return ALLOWED
    return refuse("R-CUST-03", "fixed", say("撞单的双方、登记表和时间由登记表写定，不能更改"))


@rule("R-CUST-03", "判为同一客户的归先登记人；不是同一客户的，各归各的登记人。")
def owner_after(ruling: Ruling, first: int | None, later: int | None) -> int | None:
    """Whose the customer of the later registration is."""
    return first if ruling is Ruling.SAME else later
