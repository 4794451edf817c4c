"""Every route has a policy; one without is answered like an address that doesn't exist (deny by default).

``@policy(PUBLIC)`` answers anybody, ``@policy(SIGNED_IN)`` anybody signed in; ``@policy(Action.SEE)`` and the other
actions are for register screens, whose view asks for the right on its register.
"""

from collections.abc import Callable
from typing import Any, TypeVar

from flask import Response, abort, current_app, g, redirect, request, url_for

from ..permissions import Action

PUBLIC = "public"
SIGNED_IN = "signed_in"

F = TypeVar("F", bound=Callable[..., Any])


def policy(kind: str | Action) -> Callable[[F], F]:
    """Mark a view function with who may call it; ValueError for a word that is none, which would let in anybody."""
    if kind not in (PUBLIC, SIGNED_IN, *Action):
        raise ValueError(f"{kind!r} is no policy")

    def mark(function: F) -> F:
        function.policy = kind  # type: ignore[attr-defined]
        return function

    return mark


def policy_of(endpoint: str) -> str | Action | None:
    """The policy of an endpoint; None for a route that has none."""
    if endpoint == "static":
        return PUBLIC
    return getattr(current_app.view_functions.get(endpoint), "policy", None)


def enforce() -> Any:
    """Before each request: no policy, no page; not signed in, the sign-in page (401 for a POST, R-SIGN-05)."""
    if request.endpoint is None:
        return None if g.get("person") else _sign_in_first()
    kind = policy_of(request.endpoint)
    if kind is None:
        abort(404)
    if kind != PUBLIC and g.get("person") is None:
        return _sign_in_first()
    return None


def _sign_in_first() -> Response | tuple[str, int]:
    if request.method != "GET":
        abort(401)
    here = request.full_path.rstrip("?")
    return redirect(url_for("sign_in.login", next=here if here != "/" else None))  # type: ignore[return-value]
