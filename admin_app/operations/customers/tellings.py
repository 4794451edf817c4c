"""What a registration's reader is told: claims about it, whether or not they see those, and who should receive (R-CUST-03/04)."""

from typing import Any

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from ...fields import Reading
from ...guard.readable import where_read
from ...guard.session import elevated
from ...guard.titles import linked
from ...models import register_named
from ...permissions import Person
from ...rules.claims import WITHDRAWN, Ruling
from ...rules.disclosures import Fact, disclose
from ...texts import Text, say
from .handing_on import former_managers
from .receiving import met_at_door, received_by


def claims_told(session: Session, sheet: Any, person: Person, reading: Reading) -> list[Text]:
    """What the claims that name *sheet* come to: whom the customer is registered with, who rules, what was ruled.

    Each sentence once: how many registrations stand behind it is no fact that may get out (R-CONF-15).
    """
    claim = register_named("customer_claim")
    named = or_(claim.claiming_id == sheet.id, claim.registration_id == sheet.id)
    with elevated(session) as beneath:
        claims = beneath.scalars(select(claim).where(named, claim.voided_at.is_(None)).order_by(claim.id)).all()
    ids = {id_ for one in claims for id_ in (one.first_owner_id, one.owner_id, one.head_id, one.owner_after_id)}
    names = {id_: title for id_, (title, _page) in linked(session, "employee", ids, person, reading).items()}
    told = [_told(one, one.claiming_id == sheet.id, names) for one in claims]
    return [one for number, one in enumerate(told) if one not in told[:number]]


def receiver_told(session: Session, sheet: Any, person: Person, reading: Reading) -> list[Text]:
    """Who should have received the customer and why, where it is somebody else's sheet (R-CUST-04)."""
    found = received_by(session, sheet) if sheet.known_manager_id or sheet.introducer_id else None
    if found is None or found[0] == sheet.owner_id:
        return []
    name = linked(session, "employee", [found[0]], person, reading)[found[0]][0]
    return [say("按规定由{manager}接待：{why}", manager=name, why=found[1].title)]


def door_told(session: Session, visit: Any, person: Person, reading: Reading) -> list[Text]:
    """Whose the customer of a visit is, found by phone, else who was on duty; nothing where they follow it already (R-CUST-04)."""
    found = met_at_door(session, visit.phone, visit.came_at, visit.store_id)
    if found is None or found[0] == visit.owner_id:
        return []
    manager, why = found
    name = linked(session, "employee", [manager], person, reading)[manager][0]
    if why is None:
        return [disclose(Fact.CUSTOMER_REGISTERED, manager=name)]
    return [] if visit.owner_id else [say("没有登记，按规定由{manager}接待：{why}", manager=name, why=why.title)]


def loans_told(session: Session, card: Any, person: Person, reading: Reading) -> list[Text]:
    """Papers of the customer that a former manager still has on loan: the customer has gone on, the loan stays with whoever
    signed for it (R-LOAN-07). As far as the reader sees where the papers are."""
    former = former_managers(session, card.id) - {card.owner_id}
    if not former:
        return []
    item, file = register_named("archive_item"), register_named("archive_file")
    out = select(item.holder_id, func.count(item.id)).join(file, file.id == item.file_id)
    out = out.where(file.customer_id == card.id, item.holder_id.in_(former), item.voided_at.is_(None))
    out = out.where(where_read(item, item.faces["holder_id"], person)).group_by(item.holder_id).order_by(item.holder_id)
    found = session.execute(out).all()
    names = linked(session, "employee", [id_ for id_, _number in found], person, reading)
    return [
        say("前任负责人{name}借出的 {n} 件档案还没有归还，仍由其归还", name=names[id_][0], n=number)
        for id_, number in found
    ]


def _told(claim: Any, later: bool, names: dict[int | None, str]) -> Text:
    if claim.verdict == WITHDRAWN:
        return say("撞单已撤回：登记已作废")
    if claim.verdict in [*Ruling]:
        ruled = Ruling(claim.verdict).title
        return say("撞单已裁定：{ruling}，归{owner}", ruling=ruled, owner=names.get(claim.owner_after_id, ""))
    if later:
        fact = disclose(Fact.CUSTOMER_REGISTERED, manager=names.get(claim.first_owner_id, ""))
        said = say("撞单：{fact}，以先登记的为准", fact=fact)
    else:
        said = say(
            "撞单：{fact}，您登记在先", fact=disclose(Fact.CUSTOMER_CLAIMED, manager=names.get(claim.owner_id, ""))
        )
    if claim.head_id is None:
        return say("{said}。双方没有共同的上级，须由总经理指定代理人裁定", said=said)
    return say("{said}。已提交{head}裁定是不是同一客户", said=said, head=names.get(claim.head_id, ""))
