"""The face of a field: all that screens, sheets, guard, docs and tests know of it besides its column."""

from dataclasses import dataclass
from typing import Any

from ..texts import Text, Word
from .kind import Kind
from .reckoned import Reckoned


@dataclass(frozen=True, slots=True)
class Face:
    """A field's frozen declaration. The label is the message id of the catalogue.

    ``place`` says where in the manuals the field stands; ``to`` names the register a link leads to.
    """

    name: str
    label: Word
    kind: Kind
    required: bool
    #: other headers under which ledgers carry this field
    also: tuple[str, ...] = ()
    #: the field's own confidentiality, where it is higher than its record's (R-CONF-01)
    level: int | None = None
    #: personal: masked unless the person's rights include it (R-CONF-06)
    mask: bool = False
    search: bool = False
    filter: bool = False
    #: whoever this link names is party to the record (R-CONF-14)
    party: bool = False
    #: whoever this link names has charge of a classified record (R-CONF-04)
    custodian: bool = False
    #: the roles one of which this link's employee has when they are named; who was named before stays (R-CONF-04)
    held_by: str = ""
    #: whoever this link names has charge of the record, and when they leave it goes to their successor (R-CUST-09); left
    #: open, so have the owner and the custodian. What only says who did something is a fact and stays.
    handed_over: bool | None = None
    #: this link leads to what a request asks for: who lacks its level gets the fields for every party only (R-CONF-14)
    object: bool = False
    #: this link leads to the record that this one belongs to: level, scope and inherited fields follow it (R-CONF-01)
    belongs: bool = False
    #: the value is taken over from the record this one belongs to
    inherited: bool = False
    #: written by operations only; people see it but never type it
    computed: bool = False
    #: what it is worked out of, which makes it ``computed``
    reckoned: Reckoned | None = None
    #: the rule by which nobody changes it once written, on any path
    fixed: str = ""
    #: of a signature: the right it takes, "edit" (who fills the form) or "approve"; blank where operations of their own give it
    signed_with: str = ""
    #: of a signature: the roles that give it, and the field whose person gives it; either will do
    roles: str = ""
    by: str = ""
    #: of a judging signature: that it may be given even by who wrote the form (``author``) or gave the signatures named here,
    #: where a rule says so (R-ROLE-04)
    even_by: str = ""
    #: fields, signatures among them, that are filled before this one is: filled in, or signed (``steps_by`` names the rule)
    after: str = ""
    #: this link leads to a form that its last signature must have closed before anything is written under it (``steps_by``
    #: names the rule)
    once_closed: bool = False
    #: a link that is a signature: who; the moment stands beside it
    signature: bool = False
    #: no two of the register's own level have the same; one raised above it, which not everybody sees, may (R-CONF-15)
    once: bool = False
    #: the series this number is given out from
    series: str | None = None
    #: filled only where another field holds this, and required where it holds that (``fields.conditional``)
    only_if: str = ""
    required_if: str = ""
    to: str | None = None
    codes: str | None = None
    default: Any = None
    #: a new form begins with the present day or moment, as it is mostly written on the day
    today: bool = False
    help: Text | str = ""
    section: str = ""
    place: str = ""

    @property
    def secret(self) -> bool:
        """Whether some of those who see the record don't get this field in full."""
        return self.mask or self.level is not None
