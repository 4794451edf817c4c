"""What a rule answers: allowed, or refused with the rule's id, a stable code and the reason in words (R-SIGN-06)."""

from dataclasses import dataclass

from .texts import Text

#: A refusal answers 403 unless its code says that the record's state, not the person, stands in the way (R-SIGN-05).
STATE_CODES = frozenset(
    {
        "outdated", "wrong_state", "not_signed", "on_loan", "reserved", "cooling_off", "lapsed", "destroyed", "held",
        "locked", "overdue_elsewhere", "changed", "not_in", "clock", "taken", "inconsistent", "suspended", "struck_off",
        "inactive", "full", "plans_unsigned", "incidents", "listed", "retained", "disputed", "over_limit",
    }
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Verdict:
    """The answer of one rule; false in a condition when refused."""

    allowed: bool
    rule: str = ""
    code: str = ""
    reason: Text | None = None

    def __bool__(self) -> bool:
        return self.allowed

    @property
    def status(self) -> int:
        """The HTTP status of a refusal: 409 for a wrong state, else 403 (R-SIGN-05)."""
        return 409 if self.code in STATE_CODES else 403


ALLOWED = Verdict(True)


def refuse(rule: str, code: str, reason: Text) -> Verdict:
    """A refusal naming its *rule* id, a stable *code* and the *reason* in words."""
    return Verdict(False, rule, code, reason)


class Refused(Exception):
    """Raised by an operation whose rule said no; carries the verdict to the screen and to the trail."""

    def __init__(self, verdict: Verdict):
        super().__init__(str(verdict.reason))
        self.verdict = verdict

    @property
    def status(self) -> int:
        return self.verdict.status


class Obstructed(Refused):
    """Refused for several reasons; ``verdicts`` are all that stand in the way, so that they are settled at once."""

    def __init__(self, verdicts: tuple[Verdict, ...]):
        super().__init__(verdicts[0])
        self.verdicts = verdicts

    @property
    def status(self) -> int:
        """409 where the state of things stands in the way, whatever else does; else 403 (R-SIGN-05)."""
        return max(verdict.status for verdict in self.verdicts)


def require(verdict: Verdict) -> None:
    """Raise :class:`Refused` unless *verdict* allows."""
    if not verdict:
        raise Refused(verdict)
