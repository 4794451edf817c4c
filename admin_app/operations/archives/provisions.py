"""What has to be named before customers' data may go outside (R-CONF-09, R-PRIV-02)."""

from ...fields import Face
from ...models import Register
from ...rules.combining import first_refusal
from ...rules.copies import may_be_approved
from ...rules.provisions import names_all
from ...verdicts import Verdict
from ..followups import before_signing
from .copies import REFUSED


@before_signing("external_provision")
def names_what_leaves(provision: Register, signature: Face) -> Verdict:
    return first_refusal(
        may_be_approved(provision.steps_by, provision.decision == REFUSED),
        names_all(provision.recipient, provision.purpose, provision.data_kinds),
    )
