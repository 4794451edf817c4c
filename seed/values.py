"""A believable value for a field of any register, by its kind; texts and figures come from ``texts``."""

import re
from collections.abc import Callable
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from admin_app.fields import Face

from .codes import shipped_list
from .invented import Invention, local_day
from .texts import examples, scenes_of

#: figures where no example says more
_USUAL = {"int": (1, 20), "amount": (200, 6000), "decimal": (60, 180), "percentage": (60, 100)}
#: days from the row's moment to a day that lies ahead, by a word of its label; the first word found counts
_AHEAD = {
    "录音保存至": (180, 365),
    "有效期": (365, 365),
    "质保到期": (365, 730),
    "到期": (365, 365),
    "租期止": (365, 365),
    "合同期止": (365, 365),
    "合同止": (365, 365),
    "合作止": (365, 365),
    "期限": (3, 14),
    "下次": (7, 40),
    "再访": (7, 30),
    "应": (3, 7),
}
#: days from a day long past to the row's moment
_PAST = {
    "出生日期": (2500, 6500),
    "生日": (9000, 24000),
    "创业日期": (1500, 7000),
    "成立日期": (1500, 7000),
    "开始交易": (200, 1200),
    "生产日期": (200, 700),
    "购买": (150, 650),
    "购房日期": (100, 900),
    "发生": (1, 3),
    "统计年度": (30, 200),
}
#: minutes from the last moment to one of the same visit, call or meeting
_SOON = {"结束": (20, 110), "离场": (40, 150), "离店": (10, 90), "返回": (60, 200), "到达": (5, 40), "到场": (5, 40)}
_SAID = ("已按要求办理。", "已与对方确认，无异议。", "情况属实，已记录。", "按约定时间完成。", "后续由经办人跟进。")
#: what is rarely so, by a word of the label; all else mostly is
_RARE = re.compile(
    "重大|涉及|重复|紧急|漏|霉|虫蛀|损|开除|超|迟|例外|严重|变色|修复|需|停产|反对|扣|大单|期房|手工|要求|含敏感|含客户|不在|延误|转|问题|作废|现金|自行|收费|再次"
    "|准许|先汇款|中介|失去|担保|退"
)


class Particulars:
    """The values of one row: days and moments follow one another from the moment it was written.

    Of what belongs together the texts stand at the same place in their lists: *scene* says at which.
    """

    def __init__(self, invent: Invention, table: str, written_at: datetime, scene: int = 0):
        self.invent, self.table, self.written_at, self.scene = invent, table, written_at, scene
        self._last = written_at
        #: whether the row has come to what hasn't happened yet
        self.waiting = False

    def value(self, face: Face) -> Any:
        """A value for *face*; None where nothing believable is known and none is needed."""
        make = _MAKERS.get(face.kind.name)
        if make is None or (self.waiting and not face.required):
            return None
        return make(self, face)

    def later(self) -> datetime | None:
        """Shop hours of the same or one of the next days; None, from then on, where that isn't past."""
        if self.waiting:
            return None
        moment = self.invent.in_shop_hours(local_day(self._last) + timedelta(days=self.invent.random.randint(0, 2)))
        if moment <= self._last:
            moment = self.invent.in_shop_hours(local_day(self._last) + timedelta(days=1))
        return self._reach(moment)

    def _reach(self, moment: datetime) -> datetime | None:
        if moment >= self.invent.now:
            self.waiting = True
            return None
        self._last = max(moment, self._last)
        return moment

    def left_to_chance(self, face: Face) -> bool:
        """Whether nobody wrote down what *face* may say."""
        return face.kind.name != "yesno" and not self._texts(face)

    def _texts(self, face: Face) -> list[str]:
        return [text for text in examples().get((self.table, face.name), ()) if text]

    def _told(self, face: Face) -> str | None:
        texts = self._texts(face)
        return texts[self.scene % len(texts)] if texts else None

    def text(self, face: Face) -> str | None:
        if told := self._told(face):
            return told[: face.kind.max_length or 200]
        return self.invent.name() if face.required else None

    def long(self, face: Face) -> str | None:
        if told := self._told(face):
            return told
        return self.invent.random.choice(_SAID) if face.required else None

    def figure(self, face: Face) -> Any:
        low, high = _USUAL[face.kind.name]
        for text in self._texts(face)[:1]:
            low, high = (int(Decimal(side)) for side in text.split("..")) if ".." in text else (low, high)
        number = self.invent.random.randint(low, max(low, high))
        return number if face.kind.name == "int" else Decimal(number)

    def moment(self, face: Face) -> datetime | None:
        if face.required:
            return self.written_at
        if minutes := _word(_SOON, face.label):
            return self._reach(self._last + timedelta(minutes=self.invent.random.randint(*minutes)))
        if (ahead := _word(_AHEAD, face.label)) and not self.waiting:
            return self.invent.in_shop_hours(self._away(ahead))
        return self.later()

    def day(self, face: Face) -> date | None:
        if past := _word(_PAST, face.label):
            return self._away((-past[1], -past[0]))
        if not face.required and (ahead := _word(_AHEAD, face.label)):
            return self._away(ahead)
        if (moment := self.moment(face)) is None:
            return None
        return local_day(moment)

    def _away(self, days: tuple[int, int]) -> date:
        return local_day(self._last) + timedelta(days=self.invent.random.randint(*days))

    def choice(self, face: Face) -> str | None:
        if told := self._told(face):
            return told
        return self.invent.random.choice(list(shipped_list(face.codes or "")) or [None])

    def choices(self, face: Face) -> tuple[str, ...]:
        options = list(shipped_list(face.codes or ""))
        if told := self._told(face):
            return tuple(told.split())
        return tuple(self.invent.random.sample(options, min(2, len(options))))

    def yesno(self, face: Face) -> bool:
        return self.invent.chance(0.08 if _RARE.search(face.label) else 0.93)


def scene_for(invent: Invention, table: str, kind: str | None) -> int:
    """A scene of *table* that a customer of *kind* may be in."""
    scenes = scenes_of(table)
    fitting = [place for place, kinds in enumerate(scenes) if not kinds or kind is None or kind in kinds]
    return invent.random.choice(fitting) if fitting else invent.random.randrange(840)


def _word(table: dict[str, tuple[int, int]], label: str) -> tuple[int, int] | None:
    return next((value for word, value in table.items() if word in label), None)


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
    "yesno": Particulars.yesno,
    "choice": Particulars.choice,
    "choices": Particulars.choices,
}
