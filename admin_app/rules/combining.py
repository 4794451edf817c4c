"""Several answers made into one."""

from ..verdicts import ALLOWED, Verdict


def first_refusal(*verdicts: Verdict) -> Verdict:
    """The first that refuses, or allowed."""
    return next((verdict for verdict in verdicts if not verdict), ALLOWED)
