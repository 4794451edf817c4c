"""A proposal to lower a level as the approval rules see it: its one step, whose that is today, the digest of what is decided."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from sqlalchemy import select
from sqlalchemy.orm import Session

from ...guard.facts import facts_of
from ...guard.rights import rights_of
from ...models import Register, all_registers, register_named
from ...permissions import Facts, Level, Person, Sight, sight
from ...rules.approvals import Request
from ...rules.digests import digest
from ...rules.leaks import may_know_who_acted
from ...rules.levels import change_ladder, may_judge_lowering
from ...rules.signers import Signer, Staff, who_may_sign
from ...texts import Word
from ...working.approvals import ApprovalStep
from ...working.levels import WAITING, LevelLowering
from ..histories import UNTOLD

TABLE = LevelLowering.__tablename__


@dataclass(frozen=True)
class Standing:
    """A proposal with its record, and whose step it is today."""

    proposal: LevelLowering
    record: Register
    request: Request
    signers: tuple[Signer, ...]

    @property
    def waits(self) -> bool:
        """Whether it can still be decided: no change of the record has overtaken it."""
        return self.proposal.state == WAITING and self.proposal.version == self.record.version

    def signer(self, person: int) -> Signer | None:
        """As whom *person* decides: for themselves, or for whom they stand in; None where it isn't theirs."""
        return next((one for one in self.signers if one.person == person), None)


def find(session: Session, public_id: str) -> tuple[LevelLowering, Register] | None:
    """The proposal with that id in addresses and its record, if the acting person sees the record (R-CONF-02)."""
    asked = select(LevelLowering).where(LevelLowering.public_id == public_id)
    proposal = session.scalars(asked).first()
    found = with_records(session, [proposal] if proposal else [])
    return found[0] if found else None


def with_records(session: Session, proposals: Sequence[LevelLowering]) -> list[tuple[LevelLowering, Register]]:
    """Those of *proposals* whose record the acting person sees, each with it, in their order; one query per register."""
    wanted: dict[str, list[int]] = {}
    for one in proposals:
        wanted.setdefault(one.table_name, []).append(one.record_id)
    records = {
        (table, record.id): record
        for table, ids in wanted.items() if table in all_registers()
        for record in session.scalars(select(register_named(table)).where(register_named(table).id.in_(ids)))
    }  # fmt: skip
    paired = ((one, records.get((one.table_name, one.record_id))) for one in proposals)
    return [(one, record) for one, record in paired if record is not None]


def standing(session: Session, proposal: LevelLowering, record: Register, staff: Staff) -> Standing:
    """Where *proposal* of *record* stands; *staff* is that of today."""
    request = _as_request(session, proposal, record, staff)
    (step,) = request.ladder
    return Standing(proposal, record, request, who_may_sign(step, request.department_id, request.barred, staff))


def _as_request(session: Session, proposal: LevelLowering, record: Register, staff: Staff) -> Request:
    """*proposal* as the rules see it. Nobody judges what is about them (R-ROLE-04), nor what they don't see (R-CONF-02)."""
    level, facts = Level(proposal.level_from), facts_of(type(record), record)
    themselves = {record.id} if record.is_somebody else set()
    return Request(
        applicant=proposal.proposed_by_id,
        department_id=None,
        ladder=change_ladder(level, Level(proposal.level_to)),
        digest=contents_digest(proposal, record),
        about=frozenset({*facts.parties, *themselves} - {None}),
        unfit=frozenset(
            person.id
            for person in staff.people.values()
            if not may_judge_lowering(level, person.clearance, _sees(session, person, record, facts))
        ),
    )


def _sees(session: Session, person: Person, record: Register, facts: Facts) -> bool:
    """Whether *person* of the staff finds *record* by their own rights; grants, which run out, don't count."""
    known = replace(person, rights=rights_of(session, person.roles))
    return sight(known, type(record), facts) is not Sight.NONE


def contents_digest(proposal: LevelLowering, record: Register) -> str:
    """The digest of exactly what is approved: what is proposed, and the record's contents by its version, since a digest of
    fields would let whoever gets them masked try out what stands in them."""
    return digest(
        {
            "proposal": proposal.public_id,
            "table": proposal.table_name,
            "record": proposal.record_id,
            "version": record.version,
            "from": int(record.level),
            "to": proposal.level_to,
            "reason": proposal.reason,
            "proposed_by": proposal.proposed_by_id,
            "proposed_at": proposal.proposed_at,
        }
    )


def actor_told(record: Register, id_: int, person: Person, names: Mapping[int, str]) -> str | Word:
    """The name of employee *id_*, who proposed to lower *record* or decided it, as *person* is told it: one's own always,
    others' like the actors of its history (R-CONF-10)."""
    told = id_ == person.id or may_know_who_acted(person.clearance, record.actors_level)
    return names[id_] if told else UNTOLD


def steps_of(session: Session, proposals: Collection[LevelLowering]) -> dict[int, ApprovalStep]:
    """Id of the proposal -> its step, signed or not."""
    asked = select(ApprovalStep).where(
        ApprovalStep.table_name == TABLE, ApprovalStep.record_id.in_([one.id for one in proposals])
    )
    return {step.record_id: step for step in session.scalars(asked)}
