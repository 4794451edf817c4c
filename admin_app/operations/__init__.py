"""Operations: load, ask the rules, write, in one transaction. Each takes the session, which knows the actor, and ``now``."""

from . import powers_kept  # noqa: F401  arms its listener
