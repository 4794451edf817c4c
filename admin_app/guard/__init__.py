"""What sits on the session, beneath every screen: who acts, the row rule, the stamps, the trail, the numbers.

Importing this package arms :class:`GuardedSession`; nothing above needs to remember anything.
"""

from . import levels, merged_away, raised, rows, search_index, stamps, trail, viewing  # noqa: F401  each arms its listeners, belonging before trail
from .session import SYSTEM, GuardedSession, act_as, acting, elevated, state_of, writing
from .viewing import noting

__all__ = ["SYSTEM", "GuardedSession", "act_as", "acting", "elevated", "noting", "state_of", "writing"]
