"""An amount divided to the cent (rules.md, preamble)."""

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction

from .book import rule

CENT = Decimal("0.01")


@rule("R-CRED-03", "分摊的金额舍到分，余下的分给小数部分最大的，相同的按行次，合计分毫不差。")
def apportion(amount: Decimal, weights: Sequence[Decimal | int]) -> list[Decimal]:
    """The shares of *amount* (yuan, to the cent, not negative) in proportion to *weights*, in their order.

    They add up to *amount* exactly. Raises ValueError for an amount that isn't of whole cents or is below 0, for a
    weight below 0, and where no weight is above 0.
    """
    cents, whole = Fraction(amount) * 100, sum(map(Fraction, weights), Fraction(0))
    if cents < 0 or cents.denominator != 1 or whole <= 0 or any(weight < 0 for weight in weights):
        raise ValueError(f"{amount} can't be shared by {list(weights)}")
    exact = [cents * Fraction(weight) / whole for weight in weights]
    shares = [int(one) for one in exact]
    by_fraction = sorted(range(len(exact)), key=lambda line: (shares[line] - exact[line], line))
    for line in by_fraction[: int(cents) - sum(shares)]:
        shares[line] += 1
    return [share * CENT for share in shares]
