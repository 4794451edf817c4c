"""The catalogue of messages: every text the program says, collected from code, templates and declarations, with its English.

The Chinese text is the message id. ``strongroom words`` brings the file up to date: what is new comes in blank, what nobody
says any more goes. A test compares both, so a message without its English doesn't get in.
"""

import ast
from collections.abc import Iterator
from pathlib import Path

from jinja2.ext import babel_extract

from . import registers
from .models import Lines, Register, all_registers, lines_of
from .texts import foreign
from .views.areas import area_of
from .views.catalogues import FOLDER

PROGRAM = Path(__file__).resolve().parent
ENGLISH = FOLDER / "en.po"
#: the calls whose first argument is a message
SAYING = frozenset({"_", "_l", "say", "word", "words", "gettext", "lazy_gettext"})
#: those in which its context comes first
SAYING_OF = frozenset({"pgettext", "_p", "_lp"})
#: context (blank where a text has one meaning only) and text
Message = tuple[str, str]


def messages() -> set[Message]:
    """Every message that an English reader would get in Chinese if nobody translated it."""
    registers.load_all()
    owners = all_registers().values()
    plain = {*_in_code(), *_in_templates(), *(("", text) for owner in owners for text in _faces(owner))}
    titles = {title for owner in owners for title in (owner.declaration.title, area_of(owner).title)}
    papers = [owner.on_paper for owner in owners if owner.on_paper]
    plain |= {("", who) for paper in papers for who in paper.also}
    titles |= {paper.title for paper in papers}
    # what is called like a field or a button has a place of its own: a register is several of what a field is one of
    named = {("title" if ("", title) in plain else "", title) for title in titles}
    return {message for message in plain | named if foreign(message[1])}


def called(call: ast.Call) -> str:
    """The name under which a function is called."""
    return call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")


def _in_code() -> Iterator[Message]:
    for file in PROGRAM.rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call):
                yield from _in_call(node)


def _in_call(call: ast.Call) -> Iterator[Message]:
    texts = [list(_constants(argument)) for argument in call.args[:2]]
    if called(call) in SAYING and texts:
        context = texts[1][0] if called(call) == "word" and len(texts) > 1 and texts[1] else ""
        yield from ((context, text) for text in texts[0])
    elif called(call) in SAYING_OF:
        yield from ((context, text) for context in texts[0] for text in texts[1])


def _constants(argument: ast.expr) -> Iterator[str]:
    """The text itself, or each of those that a condition chooses from."""
    if isinstance(argument, ast.IfExp):
        yield from _constants(argument.body)
        yield from _constants(argument.orelse)
    elif isinstance(argument, ast.Constant) and isinstance(argument.value, str):
        yield argument.value


def _in_templates() -> Iterator[Message]:
    for file in (PROGRAM / "templates").rglob("*.html"):
        with file.open("rb") as opened:
            for _line, call, found, _comments in babel_extract(opened, ["_", "pgettext"], [], {}):
                texts = [found] if isinstance(found, str) else [text for text in found if text]
                yield (texts[0], texts[1]) if call == "pgettext" else ("", texts[0])


def _faces(owner: type[Register] | type[Lines]) -> Iterator[str]:
    """What stands in the faces of the fields, and of those of child lines."""
    for face in owner.faces.values():
        yield from (face.label, face.section)
        if isinstance(face.help, str):
            yield face.help
        if face.kind.name == "rows":
            yield from _faces(lines_of(owner, face))  # type: ignore[arg-type]


def translations(file: Path = ENGLISH) -> dict[Message, str]:
    """Message -> what *file* makes of it, blank where nobody has translated it yet."""
    from babel.messages.pofile import read_po

    with file.open("rb") as opened:
        return {(one.context or "", one.id): one.string for one in read_po(opened) if one.id}  # type: ignore[misc]


def update(file: Path = ENGLISH) -> list[str]:
    """Write *file* anew, sorted, with the messages of today; those still to be translated."""
    from babel.messages.catalog import Catalog
    from babel.messages.pofile import write_po

    known = translations(file) if file.exists() else {}
    catalog = Catalog()
    for context, text in messages():
        catalog.add(text, known.get((context, text), ""), context=context or None)
    file.parent.mkdir(exist_ok=True)
    with file.open("wb") as opened:
        write_po(opened, catalog, width=0, no_location=True, omit_header=True, sort_output=True)
    return sorted(str(one.id) for one in catalog if one.id and not one.string)
