"""Security headers on every answer: a strict Content-Security-Policy with a nonce, no framing, no sniffing, no caching."""

import secrets

from flask import Response, g, request

#: what browsers may keep: addresses that name what they give
KEPT = frozenset({"static", "logo.logo"})


def csp_nonce() -> str:
    """The nonce of this answer, for its script tags."""
    if "csp_nonce" not in g:
        g.csp_nonce = secrets.token_urlsafe(16)
    return g.csp_nonce


def add_headers(response: Response) -> Response:
    policy = (
        f"default-src 'self'; script-src 'nonce-{csp_nonce()}'; script-src-attr 'none'; style-src 'self'; "
        "img-src 'self' data:; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
    )
    response.headers["Content-Security-Policy"] = policy
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["X-Frame-Options"] = "DENY"
    response.headers["Referrer-Policy"] = "same-origin"
    response.headers["Cross-Origin-Opener-Policy"] = "same-origin"
    if request.endpoint not in KEPT or response.status_code not in (200, 304):
        response.headers["Cache-Control"] = "no-store"
    elif request.endpoint == "static" and "v" in request.args:
        response.headers["Cache-Control"] = "public, max-age=31536000, immutable"
    return response
