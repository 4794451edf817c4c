"""A believable value for a field of any register, by its kind; texts and figures come from ``texts``."""

from collections.abc import Callable
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from admin_app.fields import Face

from .codes import shipped_list
from .invented import Invention, local_day
from .texts import examples

#: figures where no example says more
_USUAL = {"int": (1, 20), "amount": (200, 6000), "decimal": (60, 180), "percentage": (60, 100)}
#: what a day on which something runs out is called, and after how many days it does
_ENDS = {"有效期": (90, 180, 365), "到期": (90, 180, 365), "保存至": (180, 365), "期限": (3, 7, 14)}
_SAID = ("已按要求办理。", "已与对方确认，无异议。", "情况属实，已记录。", "按约定时间完成。", "后续由经办人跟进。")


class Particulars:
    """The values of one row: days and moments follow one another from the moment it was written."""

    def __init__(self, invent: Invention, table: str, written_at: datetime):
        self.invent, self.table, self.written_at = invent, table, written_at
        self._last = written_at

    def value(self, face: Face) -> Any:
        """A value for *face*; None where nothing believable is known and none is needed."""
        make = _MAKERS.get(face.kind.name)
        return None if make is None else make(self, face)

    def later(self) -> datetime:
        """Some hours after what was last written."""
        self._last = min(self._last + timedelta(hours=self.invent.random.randint(1, 40)), self.invent.now)
        return self._last

    def _texts(self, face: Face) -> list[str]:
        return [text for text in examples().get((self.table, face.name), ()) if text]

    def text(self, face: Face) -> str | None:
        if texts := self._texts(face):
            return self.invent.random.choice(texts)[: face.kind.max_length or 200]
        return self.invent.name() if face.required else None

    def long(self, face: Face) -> str | None:
        if texts := self._texts(face):
            return self.invent.random.choice(texts)
        return self.invent.random.choice(_SAID) if face.required or self.invent.chance(0.3) else None

    def figure(self, face: Face) -> Any:
        low, high = _USUAL[face.kind.name]
        for text in self._texts(face)[:1]:
            low, high = (int(Decimal(side)) for side in text.split("..")) if ".." in text else (low, high)
        number = self.invent.random.randint(low, max(low, high))
        return number if face.kind.name == "int" else Decimal(number)

    def moment(self, face: Face) -> datetime:
        return self.written_at if face.required else self.later()

    def day(self, face: Face) -> Any:
        terms = next((days for word, days in _ENDS.items() if word in face.label), None)
        if terms is None:
            return local_day(self.moment(face))
        return local_day(self.written_at + timedelta(days=self.invent.random.choice(terms)))


_MAKERS: dict[str, Callable[[Particulars, Face], Any]] = {
    "text": Particulars.text,
    "long": Particulars.long,
    "int": Particulars.figure,
    "amount": Particulars.figure,
    "decimal": Particulars.figure,
    "percentage": Particulars.figure,
    "moment": Particulars.moment,
    "day": Particulars.day,
    "phone": lambda row, face: row.invent.phone(),
    "yesno": lambda row, face: row.invent.chance(0.6),
    "choice": lambda row, face: row.invent.random.choice(list(shipped_list(face.codes or "")) or [None]),
    "choices": lambda row, face: tuple(
        row.invent.random.sample(options := list(shipped_list(face.codes or "")), min(2, len(options)))
    ),
}
