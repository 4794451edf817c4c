"""A setting in words, as the screen, its history and the trail tell of it."""

from typing import Any

from ..guard.settings import LOGO
from ..rules.figures import DECLARED
from ..texts import Text, say
from .titles import TITLES
from .working_time import day_of

#: settings that are typed on no line of the screen
_OTHER = {LOGO: say("公司标志"), TITLES: say("岗位对照")}


def label_of(name: str) -> Text:
    """What a setting is called."""
    if name in DECLARED:
        return DECLARED[name].label
    if name in _OTHER:
        return _OTHER[name]
    day = day_of(name)
    return say("{day}", day=day) if day else say("{name}", name=name)


def value_text(name: str, value: Any) -> Text:
    """A value of the setting called *name*."""
    if value is None:
        return say("按国家日历") if day_of(name) else say("—")
    if name in DECLARED:
        return DECLARED[name].show(value)
    if name == LOGO:
        return say("图片，{width}×{height} 像素", width=value["width"], height=value["height"])
    if name == TITLES:
        return say("{n} 个岗位", n=len(value))
    if day_of(name):
        return own_day_text(value["works"], value["note"])
    return say("{value}", value=value)


def own_day_text(works: bool, note: str) -> Text:
    kind = say("上班") if works else say("休息")
    return say("{kind}（{note}）", kind=kind, note=note) if note else kind
