"""A linked record that is missing is made from the link's box: in a tab of its own, which hands it back (static/js/pick.js).

The box has a key, which the new form carries in its address; what is made answers with the key, id and title. Neither
tells anything that whoever made it doesn't see.
"""

import re
from types import SimpleNamespace
from typing import Any

from flask import g, render_template, request
from flask_babel import gettext as _

from ...fields import Face
from ...guard.titles import title_fields
from ...models import Register, register_named
from ...operations import records
from ...operations.values import typed
from ...permissions import Action
from ...rules.rights import may_do
from ..addresses import page_of
from ..words import words

_KEY = re.compile(r"[\w-]{8,40}", re.ASCII)


def offered(face: Face) -> dict[str, str]:
    """What the box of link *face* says of making a record: where and in which words, for whoever may; else nothing."""
    register = register_named(face.to or "")
    if not (may_do(g.person, Action.ADD, register) and records.by_hand(register)):
        return {}
    title = words(register.declaration.title)
    return {"create_url": f"{page_of(register)}new/", "create": _("新建%(title)s…", title=title)}


def key() -> str | None:
    """The key of the box that this form makes a record for."""
    found = _KEY.fullmatch(request.args.get("pick", ""))
    return found[0] if found else None


def form_options(register: type[Register]) -> dict[str, Any]:
    """How the form of a record made for a box differs: it is saved and handed back, and begins with what was looked for."""
    if key() is None:
        return {}
    texts = (register.faces[name] for name in title_fields(register))
    called = next((face.name for face in texts if face.kind.name == "text" and typed(face)), "")
    return {"may_continue": False, "called": called}


def handed_back(record: Register, title: str, message: str) -> Any:
    """The page that hands *record* to the box it was made for."""
    id_, url = record.public_id, page_of(type(record), record.public_id)
    return render_template("picked.html", page=SimpleNamespace(title=message, key=key(), id=id_, called=title, url=url))
