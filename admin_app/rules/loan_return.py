"""Taking back: copies counted against copies lent, the rest staying on loan (R-LOAN-08)."""

from dataclasses import dataclass

from ..texts import say
from ..verdicts import ALLOWED, Verdict, refuse
from .book import rule


@dataclass(frozen=True, slots=True)
class Count:
    """Copies counted at the desk: good, damaged, and missing (declared lost, not "still with me")."""

    good: int = 0
    damaged: int = 0
    missing: int = 0

    @property
    def accounted(self) -> int:
        return self.good + self.damaged + self.missing


@rule("R-LOAN-08", "归还时当面清点份数，不得多于在借份数。")
def may_return(out: int, count: Count) -> Verdict:
    """Whether *count* can be taken back of *out* copies still on loan; refused "wrong_state" or "copies"."""
    if out <= 0:
        return refuse("R-LOAN-08", "wrong_state", say("该件不在借出中"))
    if min(count.good, count.damaged, count.missing) < 0 or count.accounted == 0:
        return refuse("R-LOAN-08", "copies", say("请清点份数"))
    if count.accounted > out:
        reason = say("清点 {counted} 份，在借 {out} 份", counted=count.accounted, out=out)
        return refuse("R-LOAN-08", "copies", reason)
    return ALLOWED


@rule("R-LOAN-08", "部分归还的，其余份数仍在借，应还时间不变。")
def still_out(out: int, count: Count) -> int:
    """Copies that stay on loan after an allowed return; 0 closes the loan."""
    return out - count.accounted


@rule("R-LOAN-08", "遗失的立违规记录，损坏的立修复记录。")
def consequences(count: Count) -> tuple[str, ...]:
    """The registers in which the return opens a record."""
    opened = (("archive_violation", count.missing), ("archive_repair", count.damaged))
    return tuple(register for register, copies in opened if copies)
