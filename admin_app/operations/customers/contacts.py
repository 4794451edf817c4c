"""When a customer was last contacted, kept true as contacts are written, changed, voided, restored or moved (R-CUST-09).

Which records are a contact, their registers declare (``contacted``). What is more secret than the customer's card doesn't count:
the card would tell that it is there (R-CONF-02).
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Select, func, select, union_all, update
from sqlalchemy.orm import Session

from ... import clock
from ...class_words import Contact
from ...guard.jobs import job
from ...guard.parts import in_parts
from ...guard.session import elevated
from ...guard.stamps import operating
from ...models import Register, register_named
from ...permissions import Level
from ...registers import load_all
from ...rules.notices import CUSTOMER_COLD
from ...texts import word
from ...working.notices import Notice
from ..followups import after_adding, after_changing, after_merging
from ..records import bring


def _follow_new(session: Session, added: Sequence[Register]) -> None:
    _keep(session, [one.customer_id for one in added])


def _follow_change(session: Session, record: Register, before: Mapping[str, Any]) -> None:
    """Both customers, where it was another's before."""
    contact = Contact.of(record.contacted)
    if before.keys() & {"customer_id", "level", "voided_at", contact.moment, contact.when}:
        _keep(session, [record.customer_id, before.get("customer_id")])


#: cards of every level have a last contact; worked out by a job, it clashes with nobody's open form (R-LIST-04)
KEEPER = job("contacts", word("最近联系"), Level.TOP_SECRET)
#: cards from before contacts were kept, brought up in one night
_A_NIGHT = 20_000
#: every register whose records are contacts
CONTACTS = tuple(register for register in load_all().values() if register.contacted)
for _register in CONTACTS:
    after_adding(_register.__tablename__)(_follow_new)
    after_changing(_register.__tablename__)(_follow_change)


@after_changing("customer")
def level_counts(session: Session, customer: Register, before: Mapping[str, Any]) -> None:
    """More counts on a card that has become more secret; one restored has missed what went on."""
    if before.keys() & {"level", "voided_at"}:
        _keep(session, [customer.id])


@after_merging("customer")
def keep_both(session: Session, customers: Collection[int]) -> None:
    """What hung on one hangs on the other; *session* sees beneath the row rule."""
    bring_up(session, customers, clock.now())


def _keep(session: Session, customers: Iterable[int | None]) -> None:
    ids = {id_ for id_ in customers if id_ is not None}
    if ids:
        with elevated(session, KEEPER) as beneath:
            bring_up(beneath, ids, clock.now())


def bring_up_old(session: Session, now: datetime) -> None:
    """Let cards tell of contacts from before they did, the newest first; run every night, and soon nothing is left."""
    one = register_named("customer")
    told = union_all(*(select(each.customer_id).where(each.voided_at.is_(None)) for each in CONTACTS)).subquery()
    silent = select(one.id).where(one.last_contact_at.is_(None), one.voided_at.is_(None), one.id.in_(select(told.c[0])))
    with elevated(session, KEEPER) as beneath:
        bring_up(beneath, beneath.scalars(silent.order_by(one.id.desc()).limit(_A_NIGHT)).all(), now)


def bring_up(session: Session, customers: Collection[int], now: datetime) -> None:
    """Let the cards of *customers* say when they were last contacted; *session* sees beneath the row rule.

    The cards are held first, so that of two contacts written at once the second sees the first.
    """
    one = register_named("customer")
    for ids in in_parts(customers):
        standing = select(one).where(one.id.in_(ids), one.voided_at.is_(None)).order_by(one.id)
        held = session.scalars(standing.with_for_update(key_share=True)).all()
        last = dict(session.execute(_last(ids, now)).all())
        with operating(session):
            changed = [card.id for card in held if bring(card, {"last_contact_at": last.get(card.id)})]
        _is_warm(session, changed, now)


def _last(customers: Sequence[int], now: datetime) -> Select[Any]:
    """Customer and moment of their last contact; what is dated after *now* hasn't taken place."""
    each = union_all(*(_of_register(register, customers, now) for register in CONTACTS)).subquery()
    return select(each.c.customer_id, func.max(each.c.at)).group_by(each.c.customer_id)


def _of_register(register: Any, customers: Sequence[int], now: datetime) -> Select[Any]:
    contact, customer = Contact.of(register.contacted), register_named("customer")
    at = getattr(register, contact.moment)
    told = select(register.customer_id, func.max(at).label("at")).join(customer, customer.id == register.customer_id)
    told = told.where(
        register.customer_id.in_(customers), register.voided_at.is_(None), register.level <= customer.level
    )
    if contact.when:
        said = getattr(register, contact.when)
        told = told.where(said.in_(contact.codes) if contact.codes else said)
    return told.where(at <= now).group_by(register.customer_id)


def _is_warm(session: Session, customers: Sequence[int], now: datetime) -> None:
    """Whose contact is another by now isn't told of as cold any more; the night tells anew of who is."""
    if customers:
        told = (Notice.event == CUSTOMER_COLD.name, Notice.record_id.in_(customers), Notice.read_at.is_(None))
        ended = update(Notice).where(*told).values(read_at=now)
        session.execute(ended.execution_options(synchronize_session=False))
