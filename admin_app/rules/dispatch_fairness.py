"""What fairness is measured by: orders per designer and proposer beside the share to be expected (R-DISP-08)."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from .book import rule


@dataclass(frozen=True, slots=True)
class Given:
    """One order: who proposed, to whom it went, and who stood first in its snapshot (None where there is none)."""

    proposer: int
    designer: int
    first: int | None


@dataclass(frozen=True, slots=True)
class Share:
    """What one designer got of one proposer's orders: how many, of how many, and how often they stood first."""

    proposer: int
    designer: int
    orders: int
    firsts: int
    total: int

    @property
    def got(self) -> Fraction:
        return Fraction(self.orders, self.total)

    @property
    def expected(self) -> Fraction:
        return Fraction(self.firsts, self.total)


@rule("R-DISP-08", "每个建议人派给每位设计师的单数，与应有份额并列：其派单中该设计师名列首位的，除以其全部派单。")
def shares(orders: Iterable[Given]) -> list[Share]:
    """One line for each proposer and designer who got an order of theirs or stood first, by proposer and designer."""
    orders = list(orders)
    total = Counter(one.proposer for one in orders)
    got = Counter((one.proposer, one.designer) for one in orders)
    first = Counter((one.proposer, one.first) for one in orders if one.first is not None)
    return [
        Share(proposer, designer, got[proposer, designer], first[proposer, designer], total[proposer])
        for proposer, designer in sorted(got.keys() | first.keys())
    ]
