"""The types used again and again, named once: annotate a field with one of these and it has its kind.

``Mapped[Phone]`` is a required phone, ``Mapped[Phone | None]`` one that may stay blank.
"""

import datetime as dt
from decimal import Decimal
from typing import Annotated

from .choices import YesNoKind
from .contacts import EmailKind, IdentityNumberKind, PhoneKind
from .numbers import CountKind, DecimalKind
from .texts import AttachmentKind, NumberKind, TextKind
from .times import DayKind, MomentKind

ShortText = Annotated[str, TextKind("text", 200, "m")]
LongText = Annotated[str, TextKind("long", 5000, "full", long=True)]
Number = Annotated[str, NumberKind()]
Attachment = Annotated[str, AttachmentKind()]
Phone = Annotated[str, PhoneKind()]
Email = Annotated[str, EmailKind()]
IdentityNumber = Annotated[str, IdentityNumberKind()]
Day = Annotated[dt.date, DayKind()]
Moment = Annotated[dt.datetime, MomentKind()]
Signed = Annotated[dt.datetime, MomentKind()]
Count = Annotated[int, CountKind()]
Money = Annotated[Decimal, DecimalKind("amount", 2, "元")]
Area = Annotated[Decimal, DecimalKind("decimal", 2, "㎡|m²|平方米|平米|平")]
#: quantities, scores, readings: any exact figure that is no count, no money and no area
Figure = Annotated[Decimal, DecimalKind("decimal", 2, "")]
Percentage = Annotated[Decimal, DecimalKind("percentage", 2, "%")]
YesNo = Annotated[bool, YesNoKind()]
#: one code, several codes; the list is named by choice() and choices()
Code = Annotated[str, "code"]
Codes = Annotated[tuple[str, ...], "codes"]
