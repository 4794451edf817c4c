"""What a row of a register must satisfy by itself, as the database checks it; named after its fields.

Put them into ``__table_args__``. The sentence that a breach is told in comes from ``operations.constraints``.
"""

from sqlalchemy import CheckConstraint

from .texts import Text, say


def in_order(earlier: str, later: str) -> CheckConstraint:
    """*later* (a day, moment or figure) isn't before *earlier*; either may be blank."""
    return CheckConstraint(f"{earlier} <= {later}", name=f"{later}_after_{earlier}")


def between(name: str, low: int, high: int | None = None) -> CheckConstraint:
    """A figure from *low* to *high*, both allowed; without *high* from *low* up."""
    limits = f"{name} >= {low}" if high is None else f"{name} >= {low} AND {name} <= {high}"
    if high is None:
        return _check(limits, f"{name}_range", say("不能小于 {low}", low=low))
    return _check(limits, f"{name}_range", say("应在 {low} 至 {high} 之间", low=low, high=high))


def needs(name: str, other: str) -> CheckConstraint:
    """Where *name* is filled, *other* must be too."""
    return CheckConstraint(f"{name} IS NULL OR {other} IS NOT NULL", name=f"{name}_needs_{other}")


def _check(condition: str, name: str, sentence: Text) -> CheckConstraint:
    return CheckConstraint(condition, name=name, info={"sentence": sentence})
