"""The company's picture beside its name, on every page and so on the sign-in page too: to anybody, as the name is."""

from types import SimpleNamespace
from typing import Any

from flask import Blueprint, Response, abort, url_for

from .. import clock
from ..database import db
from ..guard.settings import LOGO, setting
from ..operations.today import local_day
from ..storage import files
from .policy import PUBLIC, policy

blueprint = Blueprint("logo", __name__)
#: the header's room for it, in CSS pixels
_HIGH, _WIDE = 28, 160


@blueprint.get("/logo/<digest>")
@policy(PUBLIC)
def logo(digest: str) -> Response:
    """The logo that holds today, by the digest of its bytes; every other address has none."""
    held = setting(db.session, LOGO, local_day(db.session, clock.now()))
    if held is None or digest != held["digest"]:
        abort(404)
    try:
        content = files().get(held["file"])
    except KeyError:
        abort(404)
    response = Response(content, mimetype=f"image/{held['kind']}")
    response.headers["Cache-Control"] = "private, max-age=31536000, immutable"
    return response


def shown_logo(held: dict[str, Any] | None) -> SimpleNamespace | None:
    """Address and size on the page of what is *held*; no larger than the header has room for."""
    if held is None:
        return None
    scale = min(_HIGH / held["height"], _WIDE / held["width"])
    width, height = (max(1, round(held[side] * scale)) for side in ("width", "height"))
    return SimpleNamespace(url=url_for("logo.logo", digest=held["digest"]), width=width, height=height)
