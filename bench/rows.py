"""The rows of the measured company, as tuples for the bare drivers; the same rows from the same seed."""

import random
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from .house import (
    ACTORS,
    CLOSED,
    DESIGNERS,
    EMPLOYEES,
    FIRST_DESIGNER,
    FIRST_OWNER,
    FIVE,
    LEVEL_WEIGHTS,
    LEVELS,
    OWNERS,
    SECOND,
    STORES,
    employee_id,
    owner_weights,
    store_weights,
)  # fmt: skip

_CHUNK = 10_000
_YEARS = timedelta(days=730)
_SURNAMES = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗"
_GIVEN = "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华文玉建国志红"
_ESTATES = tuple(f"{name}{kind}" for name in ("翠湖", "锦绣", "阳光", "碧水", "金色", "龙泉", "紫荆", "望江")
                 for kind in ("花园", "雅苑", "名邸", "国际", "新城", "小区"))  # fmt: skip
_SOURCES = ("introduced", "estate", "passing", "network", "phone")
_GRADES = ("A", "B", "C", "D", None)
#: a twentieth of rows is of the grade that the filtered list asks for
_GRADE_WEIGHTS = (5, 30, 65, 85, 100)
_ENQUIRY = "三室两厅约一百二十平方米，想了解整体装修的报价、工期和环保材料，周末再带家人来看样板间。"

VISITOR = (
    "id public_id level version created_at created_by_id changed_at came_at name sex phone estate address source grade "
    "enquiry received_by owner_id designer_id customer_id store_id"
).split()
CUSTOMER = (
    "id public_id level version created_at changed_at number name kind form registered_at phone status ground store_id"
).split()
EMPLOYEE = "id public_id level version created_at changed_at name number post store_id phone roles clearance".split()
STORE = "id public_id level version created_at changed_at name region".split()


def public_id(number: int) -> str:
    """A unique id that is spread like a random one, so that its index costs what it costs in life."""
    return f"{number * 0x9E3779B97F4A7C15 & 2**64 - 1:016x}"


def visitors(count: int, customers: int, now: datetime) -> Iterator[list[Sequence[Any]]]:
    """*count* visits over the two years before *now*, oldest first, in chunks."""
    invent = random.Random(count)
    stores = {closed: store_weights(closed) for closed in (False, True)}
    owners, weights = range(FIRST_OWNER, FIRST_OWNER + OWNERS), owner_weights()
    names = [a + b + c for a in _SURNAMES for b in _GIVEN for c in ("", *_GIVEN[:8])]
    fifth, scribe = count // FIVE, employee_id("scribe")
    for first in range(0, count, _CHUNK):
        size = min(_CHUNK, count - first)
        drawn = zip(
            invent.choices(LEVELS, cum_weights=LEVEL_WEIGHTS, k=size),
            invent.choices(STORES, cum_weights=stores[first >= count // 2], k=size),
            invent.choices(owners, cum_weights=weights, k=size),
            invent.choices(names, k=size),
            invent.choices(_ESTATES, k=size),
            invent.choices(_SOURCES, k=size),
            invent.choices(_GRADES, cum_weights=_GRADE_WEIGHTS, k=size),
            invent.choices(names, k=size),
            strict=True,
        )
        chunk = []
        for number, (level, store, owner, name, estate, source, grade, host) in enumerate(drawn, start=first + 1):
            came = moment(now - _YEARS * (1 - number / count))
            if number % fifth == fifth // 2:
                level, owner = 1, employee_id("five")
            author = scribe if store == SECOND else FIRST_OWNER + store
            designer = FIRST_DESIGNER + number % DESIGNERS if number % 3 == 0 else None
            customer = 1 + number % customers if number % 2 else None
            chunk.append((
                number, public_id(number), level, 1, came, author, came, came, name,
                "male" if number % 2 else "female", f"13{number % 10**9:09}", estate, f"{estate}{number % 40}栋", source,
                grade, _ENQUIRY, host, owner, designer, customer, store,
            ))  # fmt: skip
        yield chunk


def customers(count: int, now: datetime) -> Iterator[list[Sequence[Any]]]:
    """*count* customers, for links to lead to."""
    at = moment(now - _YEARS)
    for first in range(0, count, _CHUNK):
        yield [
            (number, public_id(number), 1, 1, at, at, f"CU-2024-{number:07}", f"{_SURNAMES[number % 20]}先生", "general",
             "person", at, f"15{number % 10**9:09}", "prospect", "consent", STORES[number % len(STORES)])
            for number in range(first + 1, min(first + _CHUNK, count) + 1)
        ]  # fmt: skip


def employees(now: datetime) -> list[Sequence[Any]]:
    """The actors, then the owners, then the designers."""
    at = moment(now - _YEARS)
    rows: list[Sequence[Any]] = [
        (number, public_id(number), 1, 1, at, at, actor.username, f"{number:05}", actor.role.title, actor.store,
         f"18{number:09}", f",{actor.role.value},", str(int(actor.clearance)))
        for number, actor in enumerate(ACTORS, start=1)
    ]  # fmt: skip
    rows += [
        (number, public_id(number), 1, 1, at, at, f"{_SURNAMES[number % 20]}{_GIVEN[number % 30]}", f"{number:05}", "职员",
         STORES[number % len(STORES)], f"18{number:09}", None, "1")
        for number in range(FIRST_OWNER, EMPLOYEES + 1)
    ]  # fmt: skip
    return rows


def stores(now: datetime) -> list[Sequence[Any]]:
    at = moment(now - _YEARS)
    return [(number, public_id(number), 1, 1, at, at, f"第{number:03}店", "停业" if number == CLOSED else "本市")
            for number in STORES]  # fmt: skip


def moment(value: datetime) -> str:
    """A moment as both databases take it as text: in UTC, which is also PostgreSQL's zone while loading."""
    return value.astimezone(UTC).replace(tzinfo=None).isoformat(" ", "microseconds")
