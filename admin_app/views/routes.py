"""Rules of addresses that learn to build an address when they are first asked for one.

Werkzeug writes, parses and compiles two functions for each rule. 173 registers have 3,500 rules, of which a process builds
a few dozen: the rest took two seconds of every start.
"""

from collections.abc import Callable
from typing import Any

from werkzeug.routing import Rule


class LazyRule(Rule):
    """A rule whose builders are compiled on demand. It overrides one private method; Werkzeug is pinned."""

    def _compile_builder(self, append_unknown: bool = True) -> Callable[..., tuple[str, str]]:
        builder: Callable[..., tuple[str, str]] | None = None

        def build(rule: Rule, **values: Any) -> tuple[str, str]:
            nonlocal builder
            if builder is None:
                builder = Rule._compile_builder(rule, append_unknown)
            return builder(rule, **values)

        return build
