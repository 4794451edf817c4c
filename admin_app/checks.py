"""What a row of a register must satisfy by itself, as the database checks it; named after its fields.

Put them into ``__table_args__``. The sentence that a breach is told in comes from ``operations.constraints``.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import CheckConstraint

from .fields import Face
from .texts import say


def in_order(earlier: str, later: str) -> CheckConstraint:
    """*later* (a day, moment or figure) isn't before *earlier*; either may be blank."""
    return CheckConstraint(f"{earlier} <= {later}", name=f"{later}_after_{earlier}")


def needs(name: str, other: str) -> CheckConstraint:
    """Where *name* is filled, *other* must be too."""
    return CheckConstraint(f"{name} IS NULL OR {other} IS NOT NULL", name=f"{name}_needs_{other}")


@dataclass(frozen=True)
class between:
    """A figure from *low* to *high*, both allowed and in the field's own unit; without *high* from *low* up."""

    name: str
    low: int
    high: int | None = None

    def constraint(self, faces: Mapping[str, Face]) -> CheckConstraint:
        """The check on the stored figure: a decimal is kept as whole units of its last place."""
        name, scale = self.name, 10 ** getattr(faces[self.name].kind, "places", 0)
        low = f"{name} >= {self.low * scale}"
        if self.high is None:
            return CheckConstraint(low, f"{name}_range", info={"sentence": say("不能小于 {low}", low=self.low)})
        sentence = say("应在 {low} 至 {high} 之间", low=self.low, high=self.high)
        return CheckConstraint(f"{low} AND {name} <= {self.high * scale}", f"{name}_range", info={"sentence": sentence})
