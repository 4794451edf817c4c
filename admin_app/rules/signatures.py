"""Signing a form of any register: not one's own, by two people, and then it stays as it is (R-ROLE-04, R-ROLE-05)."""

from dataclasses import dataclass

from ..permissions import Person, Role
from ..texts import Text, Word, say, several
from ..verdicts import ALLOWED, Verdict, refuse
from .book import rule
from .combining import first_refusal


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """A form as the rules see it; persons are employee ids.

    ``author``: who entered it. ``about``: those it concerns. ``judged_by``: who has given one of its judging signatures.
    """

    author: int | None
    about: frozenset[int] = frozenset()
    judged_by: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A place on a form to sign at: ``what`` it is called, the ``roles`` that sign there, and the person whom the field
    called ``by`` names; ``named`` is None while that field is blank."""

    what: Word
    roles: frozenset[Role] = frozenset()
    by: Word | None = None
    named: int | None = None


def is_named(person: Person, place: Place) -> bool:
    """Whether the form itself names *person* as who signs there."""
    return place.by is not None and place.named == person.id


@rule("R-ROLE-01", "表单上每处签字，由规定的岗位或表单所填的本人签署，他人不能代签。")
def is_theirs(person: Person, place: Place) -> Verdict:
    """Whether *person* is one of those who sign at *place*; refused "not_signer", or "incomplete" while the form names nobody."""
    if is_named(person, place) or person.roles & place.roles:
        return ALLOWED
    what, roles = Text(place.what), several(role.title for role in Role if role in place.roles)
    if place.by is None:
        return refuse("R-ROLE-01", "not_signer", say("“{what}”须由{roles}签字", what=what, roles=roles))
    field = Text(place.by)
    if place.roles:
        reason = say("“{what}”须由{roles}或“{field}”一栏所填的人签字", what=what, roles=roles, field=field)
        return refuse("R-ROLE-01", "not_signer", reason)
    if place.named is None:
        reason = say("“{field}”一栏还没有填，填好后由其本人在“{what}”签字", what=what, field=field)
        return refuse("R-ROLE-01", "incomplete", reason)
    return refuse("R-ROLE-01", "not_signer", say("“{what}”须由“{field}”一栏所填的人签字", what=what, field=field))


@rule("R-ROLE-04", "本人填写的表单，由他人审核，两处审核由两人分别签字。")
def may_judge(person: int, form: Form) -> Verdict:
    """Whether *person* may give a judging signature; refused "own_request" or "same_person"."""
    return first_refusal(not_own_form(person, form), has_not_judged(person, form))


@rule("R-ROLE-04", "本人填写的或与本人有关的表单，由他人审核。")
def not_own_form(person: int, form: Form) -> Verdict:
    if person != form.author and person not in form.about:
        return ALLOWED
    return refuse("R-ROLE-04", "own_request", say("不能审核本人填写的或与本人有关的表单"))


@rule("R-ROLE-04", "一张表单上的两处审核，由两个人分别签字。")
def has_not_judged(person: int, form: Form) -> Verdict:
    if person not in form.judged_by:
        return ALLOWED
    return refuse("R-ROLE-04", "same_person", say("您已签过另一处，须由他人签字"))


@rule("R-ROLE-05", "依次签署的签字，前一处没有签的，后一处不能签。")
def is_its_turn(before: Word | None) -> Verdict:
    """*before*: what the signature is called that comes first and isn't given yet; refused "not_signed"."""
    if before is None:
        return ALLOWED
    return refuse("R-ROLE-05", "not_signed", say("请先由“{what}”签字", what=Text(before)))


@rule("R-ROLE-05", "表单签字完结后，任何人不再修改。")
def is_open(closed: bool) -> Verdict:
    """Whether a form may still change; refused "locked" once its last signature stands."""
    return refuse("R-ROLE-05", "locked", say("已签字完结，不能再修改")) if closed else ALLOWED


@rule("R-ROLE-05 R-SCOR-03", "签字完结的表单，任何人不能作废；有错的另填一份，写明更正哪一份。")
def is_open_to_void(closed: bool) -> Verdict:
    """Whether a form may be voided; refused "locked" once its last signature stands: a correction is a form of its own."""
    if not closed:
        return ALLOWED
    return refuse("R-ROLE-05", "locked", say("已签字完结，不能作废；有错的请另填一份，写明更正哪一份"))


@rule("R-ROLE-05", "签字的内容须与页面上看到的一致，一处只签一次。")
def is_unsigned_and_as_seen(signed: bool, seen: int, now: int) -> Verdict:
    """*seen*, *now*: versions of the form as the signer's page showed it and as it is; refused "wrong_state", "changed"."""
    if signed:
        return refuse("R-ROLE-05", "wrong_state", say("此处已签字"))
    if seen != now:
        return refuse("R-ROLE-05", "changed", say("内容已变更，请重新查看后再签"))
    return ALLOWED
