"""What a field is: its kind (storing, reading, showing, masking) and its face (label, level, search, filter, help).

Imports nothing of the program but the leaves. Screens, sheets, guard, docs and tests all read the same kinds and faces.
"""

from .conditional import Conditional, Conditionals, conditional_faults, conditionals_of
from .declare import DeclarationError, build_field, child_rows, choice, choices, field, link, person, sign
from .face import Face
from .kind import Fault, Kind, Reading
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
    "Face", "Fault", "Figure", "IdentityNumber", "Kind", "LongText", "Moment", "Money", "Number", "Percentage", "Phone", "Reading",
    "ShortText", "Signed", "YesNo", "build_field", "child_rows", "choice", "choices", "conditional_faults",
    "conditionals_of", "field", "link", "person", "sign",
]  # fmt: skip
