"""Files sent with a form, from the upload to the store; where the form is refused they are held until it is saved.

What is held lies encrypted apart from the stored files. The form gets a token for it, sealed for one person, register and
field, so that nobody else can use it and nothing about it stands in the database.
"""

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import filetype
from cryptography.exceptions import InvalidTag
from flask import g, request
from werkzeug.datastructures import FileStorage

from ... import clock
from ...fields import Face, Fault
from ...guard.busy import surely_undone
from ...models import Register
from ...storage import HELD_FOR, files, held_files, let_go
from ...texts import say

if TYPE_CHECKING:
    from .form_page import Typed

MOST_BYTES = 20 * 1024 * 1024
#: what scans and papers come as
ALLOWED = frozenset({"pdf", "jpg", "png", "tif", "webp", "heic", "docx", "xlsx", "doc", "xls"})
GONE = Fault("bad_file", say("先前选的文件已不在，请重新选择"))


@dataclass(frozen=True)
class Upload:
    """A file sent with a form; one that was sent before has the *key* under which it is held."""

    name: str
    content: bytes
    key: str = ""


def sent(register: type[Register], faces: Iterable[Face]) -> tuple[dict[str, Upload], dict[str, Fault]]:
    """The files sent for *faces*, chosen now or held since before, and the faults of those that aren't taken."""
    uploads, faults = {}, {}
    for face in (face for face in faces if face.kind.name == "attachment"):
        try:
            if upload := _sent(register, face):
                uploads[face.name] = upload
        except Fault as fault:
            faults[face.name] = fault
    return uploads, faults


def _sent(register: type[Register], face: Face) -> Upload | None:
    """A new choice takes the place of what is held; what the person drops is gone."""
    chosen, token = request.files.get(face.name), request.form.get(f"{face.name}__held", "")
    new = chosen if chosen is not None and chosen.filename else None
    if not token:
        return _checked(new) if new else None
    held = _opened(register, face, token)
    if new or request.form.get(f"{face.name}__drop") == "yes":
        instead = _checked(new) if new else None
        if held:
            held_files().delete(held.key)
        return instead
    if held is None:
        raise GONE
    return held


def _checked(chosen: FileStorage) -> Upload:
    """Raises Fault for a file that is too large or of another kind."""
    content = chosen.stream.read(MOST_BYTES + 1)
    if len(content) > MOST_BYTES:
        raise Fault("too_large", say("文件超过 {limit} MB，请拆分或压缩后再上传", limit=MOST_BYTES // 1024**2))
    if filetype.guess_extension(content) not in ALLOWED:
        raise Fault("bad_file", say("只接受 PDF、图片、Word 和 Excel 文件"))
    return Upload((chosen.filename or "")[-200:].replace("/", "_"), content)


@contextmanager
def kept(typed: "Typed") -> Iterator[None]:
    """Around what saves a form: its files are in the store, and stay there only if the form is saved.

    Raises StoreUnavailable before anything is saved.
    """
    store, keys, before = files(), {}, typed.read.values
    try:
        for name, upload in typed.uploads.items():
            keys[name] = store.put(upload.content)
        stored = {name: f"{key}/{typed.uploads[name].name}" for name, key in keys.items()}
        typed.read.values = before | stored
        yield
    except Exception as error:
        typed.read.values = before
        if surely_undone(error):
            for key in keys.values():
                let_go(store, key)
        raise
    for key in (upload.key for upload in typed.uploads.values() if upload.key):
        held_files().delete(key)


def hold(register: type[Register], uploads: dict[str, Upload]) -> dict[str, dict[str, Any]]:
    """Hold *uploads* for the form that is shown again: by field the token, name and size that it shows."""
    if not uploads:
        return {}
    place = held_files()
    place.drop_older(clock.now() - HELD_FOR)
    shown = {}
    for name, upload in uploads.items():
        key = upload.key or place.put(upload.content)
        told = {"key": key, "name": upload.name, "at": clock.now().timestamp()}
        sealed = place.seal.close(json.dumps(told).encode(), _bound(register, name))
        shown[name] = {"token": urlsafe_b64encode(sealed).decode(), "name": upload.name, "size": _size(upload.content)}
    return shown


def _opened(register: type[Register], face: Face, token: str) -> Upload | None:
    """What *token* holds for this person, register and field; None for anybody else's, a changed one, one long over."""
    place = held_files()
    try:
        told = json.loads(place.seal.open(urlsafe_b64decode(token), _bound(register, face.name)))
        if clock.now().timestamp() - told["at"] > HELD_FOR.total_seconds():
            return None
        return Upload(told["name"], place.get(told["key"]), told["key"])
    except (InvalidTag, ValueError, KeyError):
        return None


def _bound(register: type[Register], field: str) -> str:
    return f"held for {g.person.id}: {register.__tablename__}.{field}"


def _size(content: bytes) -> str:
    kilobytes = len(content) / 1024
    return f"{kilobytes / 1024:.1f} MB" if kilobytes >= 1000 else f"{max(kilobytes, 0.1):.1f} KB"
