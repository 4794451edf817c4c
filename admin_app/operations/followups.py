"""What goes before and what follows when a record is added, whatever the path: form, ledger, command, operation.

Hooks attach by table name from the modules of this package, which are found by walking; a register never knows them.
"""

import pkgutil
from collections import defaultdict
from collections.abc import Callable
from functools import cache
from importlib import import_module

from sqlalchemy.orm import Session

from ..models import Register

Hook = Callable[[Session, Register], None]
Hooks = dict[str, list[Hook]]

_before: Hooks = defaultdict(list)
_after: Hooks = defaultdict(list)


def before_adding(table: str) -> Callable[[Hook], Hook]:
    """Mark a function that completes a new record of *table* before it is written (its number, its year)."""
    return _mark(_before, table)


def after_adding(table: str) -> Callable[[Hook], Hook]:
    """Mark a function that does, in the same transaction, what a new record of *table* brings about."""
    return _mark(_after, table)


def prepare(session: Session, record: Register) -> None:
    """Run what goes before *record*, which isn't in the session yet."""
    for hook in _hooks(_before, record):
        hook(session, record)


def follow(session: Session, record: Register) -> None:
    """Run what follows *record*, which has been flushed."""
    for hook in _hooks(_after, record):
        hook(session, record)


def _mark(hooks: Hooks, table: str) -> Callable[[Hook], Hook]:
    def mark(hook: Hook) -> Hook:
        hooks[table].append(hook)
        return hook

    return mark


def _hooks(hooks: Hooks, record: Register) -> list[Hook]:
    load_all()
    return hooks.get(record.__tablename__, [])


@cache
def load_all() -> None:
    """Import every module of this package, so that all that attaches by table name is there."""
    package = import_module(__package__)
    for module in pkgutil.walk_packages(package.__path__, f"{__package__}."):
        import_module(module.name)
