"""What a field is: its kind (storing, reading, showing, masking) and its face (label, level, search, filter, help).

Imports nothing of the program but the leaves. Screens, sheets, guard, docs and tests all read the same kinds and faces.
"""

from .conditional import Conditional, Conditionals, conditional_faults, conditionals_of
from .declare import DeclarationError, build_field, child_rows, choice, choices, field, link, person, sign
from .face import Face
from .kind import Fault, Kind, Reading
from .reckoned import Reckoned, after, below, consumed, difference, excess, mean, total
from .types import (
    Area,
    Attachment,
    Code,
    Codes,
    Count,
    Day,
    Email,
    Figure,
    IdentityNumber,
    LongText,
    Moment,
    Money,
    Number,
    Percentage,
    Phone,
    ShortText,
    Signed,
    YesNo,
)  # fmt: skip

__all__ = [
    "Area", "Attachment", "Code", "Codes", "Conditional", "Conditionals", "Count", "Day", "DeclarationError", "Email",
    "Face", "Fault", "Figure", "IdentityNumber", "Kind", "LongText", "Moment", "Money", "Number", "Percentage", "Phone",
    "Reading", "Reckoned", "ShortText", "Signed", "YesNo", "after", "below", "build_field", "child_rows", "choice",
    "choices", "conditional_faults", "conditionals_of", "consumed", "difference", "excess", "field", "link", "mean",
    "person", "sign", "total",
]  # fmt: skip
