"""Archive files: numbers, what each must hold, when it is handed over (R-ARCH-01, R-ARCH-03, R-ARCH-04)."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from types import MappingProxyType

from ..texts import say
from ..verdicts import ALLOWED, Verdict, refuse
from .book import rule
from .working_days import Calendar, deadline

_NUMBER = re.compile(r"[A-Z]{2,4}-[0-9]{4}-[0-9]{6}")
_LANDLINE = re.compile(r"0[0-9]{2,3}[- ]?[0-9]{7,8}(-[0-9]{1,6})?")
_MOBILE = re.compile(r"(\+?86[- ]?)?1[3-9][0-9]{9}")


@rule("R-ARCH-01", "档案编号由类别代号、年份和六位流水号组成，如 KH-2026-000123，用过不再用。")
def archive_number(prefix: str, year: int, counter: int) -> str:
    """The number of the *counter*-th file of its type and year; ValueError when that gives no such number."""
    number = f"{prefix}-{year:04}-{counter:06}"
    if counter < 1 or not _NUMBER.fullmatch(number):
        raise ValueError(f"not an archive number: {number}")
    return number


@dataclass(frozen=True, slots=True)
class Required:
    """An item of a type's checklist: its code and its sheets (an identity copy: both sides, so 2)."""

    code: str
    sheets: int = 1
    optional: bool = False


@rule("R-ARCH-03", "案卷须齐备该类别清单所列各件，缺什么显示什么。")
def missing_items(checklist: Iterable[Required], present: Mapping[str, int]) -> dict[str, int]:
    """Code -> sheets still missing, in the checklist's order; empty when the file is complete.

    *present*: code -> sheets in the file. What the list doesn't name, and what it marks optional, is never
    missing.
    """
    short = {item.code: item.sheets - present.get(item.code, 0) for item in checklist if not item.optional}
    return {code: sheets for code, sheets in short.items() if sheets > 0}


@rule("R-ARCH-03", "固定电话须带区号。")
def is_whole_phone(phone: str) -> Verdict:
    """Whether *phone* is a mobile number or a land line with its area code; refused "incomplete"."""
    if _MOBILE.fullmatch(phone) or _LANDLINE.fullmatch(phone):
        return ALLOWED
    return refuse("R-ARCH-03", "incomplete", say("固定电话请写区号"))


class Handover(StrEnum):
    """What a handover follows from: a car sold, or a service done."""

    SALE = "sale"
    SERVICE = "service"


_HANDOVER_DAYS = MappingProxyType({Handover.SALE: 3, Handover.SERVICE: 1})


@rule("R-ARCH-04", "销售档案交车后三个工作日内、服务档案一个工作日内移交。")
def handover_due(kind: Handover, delivered_at: datetime, calendar: Calendar) -> datetime:
    """The last moment at which the file of a delivery is handed over in time."""
    return deadline(delivered_at, _HANDOVER_DAYS[kind], calendar)


@rule("R-ARCH-10", "部门和个人不得自存客户资料；在别处发现的，登记后限期（公司可改）收回档案室。")
def call_in_due(found_at: datetime, days: int, calendar: Calendar) -> datetime:
    """The last moment at which papers found elsewhere are handed in, *days* working days after they were found."""
    return deadline(found_at, days, calendar)


@rule("R-ARCH-10", "收回的资料按接收人签收的日期算是否按时，未签收的还不算。")
def is_handed_in(due: date, received: date | None) -> bool | None:
    """Whether papers found elsewhere came in time; None while they are still out."""
    return None if received is None else received <= due


@rule("R-ARCH-04", "移交须由交接双方签字。")
def may_close_handover(given_by: int | None, received_by: int | None) -> Verdict:
    """Whether two persons have signed; missing items are listed (``missing_items``) and don't prevent it."""
    if given_by is None or received_by is None:
        return refuse("R-ARCH-04", "not_signed", say("移交须由双方签字"))
    if given_by == received_by:
        return refuse("R-ARCH-04", "same_person", say("移交双方须为两人"))
    return ALLOWED
