"""What has to be named before customers' data may go outside, and that it went after both signed (R-CONF-09, R-PRIV-02)."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy.orm import Session

from ... import clock
from ...fields import Face
from ...models import Register
from ...rules.combining import first_refusal
from ...rules.copies import may_be_approved
from ...rules.provisions import keeps_its_day, names_all, was_approved_beforehand
from ...verdicts import Verdict, require
from ..closing import moment_of
from ..followups import after_writing, before_signing
from ..today import local_day
from .copied import REFUSED

PROVISION = "external_provision"


@before_signing(PROVISION)
def names_what_leaves(provision: Register, signature: Face) -> Verdict:
    return first_refusal(
        may_be_approved(provision.steps_by, provision.decision == REFUSED),
        names_all(provision.recipient, provision.purpose, provision.data_kinds),
    )


@after_writing(PROVISION)
def left_after_approval(session: Session, provision: Register, before: Mapping[str, Any]) -> None:
    """Raises Refused for a day of provision changed, before both had signed, or still to come."""
    require(keeps_its_day(before.get("provided_on")))
    if "provided_on" in before and provision.provided_on is not None:
        awaited = [provision.faces[name] for name in provision.faces["provided_on"].after.split()]
        signed = [local_day(session, getattr(provision, moment_of(face))) for face in awaited]
        require(was_approved_beforehand(provision.provided_on, signed, local_day(session, clock.now())))
