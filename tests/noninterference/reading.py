"""The questions that only look: lists in every way, look-ups, exports, files, the pages of single records."""

from collections.abc import Iterator
from urllib.parse import urlencode

from admin_app.guard.pinyin import readings
from admin_app.models import register_named
from admin_app.views.register.filters import OPERATORS, operators_of
from tests.noninterference.asker import Asker, Question, number_of
from tests.noninterference.rows import FIRST
from tests.noninterference.stances import NONE, is_request, reads, sight, stances
from tests.noninterference.values import question, value

Pairs = list[tuple[str, str]]


def reading(asker: Asker) -> Iterator[Question]:
    """Everything one may look at in a register."""
    for query in (*_lists(asker), *_filtered(asker), *_relative(asker), *_alternatives(asker), *_searched(asker)):
        yield Question(f"{asker.base}?{urlencode(query)}")
    yield from _lookups(asker)
    yield from _exports(asker)
    yield from _files(asker)
    yield from _pages(asker)


def telling(asker: Asker) -> Iterator[Question]:
    """The few that show most: a list and an export of all columns, secret fields, records of which something is hidden."""
    if asker.closed:
        return
    every = [("col", face.name) for face in asker.faces()]
    secret = [face for face in asker.faces() if face.secret]
    asked = [[(f"f-{face.name}", question(face, FIRST)[0])] for face in secret if face.filter]
    for query in (every, *asked, *([("sort", face.name)] for face in secret)):
        yield Question(f"{asker.base}?{urlencode(query)}")
    yield Question(f"{asker.base}export/csv/?{urlencode([*every, ('reason', '试')])}")
    yield from (Question(f"{asker.base}details/?id={id_}") for id_ in asker.partly_visible_ids())


def _lists(asker: Asker) -> Iterator[Pairs]:
    """All columns, voided rows, pages, and each sort, secret fields both ways."""
    every = [("col", face.name) for face in asker.faces()]
    yield every
    yield [*every, ("void", "1")]
    yield [("count", "1"), ("size", "20"), ("page", "2")]
    yield [("size", "20"), ("after", asker.hidden_ids()[1])]
    secret = sum(face.secret for face in asker.faces())
    for face in asker.some(asker.faces(), secret + 2):
        yield [*every[:6], ("sort", face.name)]
        yield from asker.some([[*every[:6], ("sort", face.name), ("desc", "1")]], int(face.secret))


def _filtered(asker: Asker) -> Iterator[Pairs]:
    """Every operator of a secret field, the first of others; a field without a filter is asked all the same."""
    offered = [face for face in asker.faces() if face.filter or face.secret]
    for face in asker.some(offered, sum(face.secret for face in offered) + 3):
        known = operators_of(asker.register, face)
        for operator in asker.some(known, len(known) if face.secret and face.filter else 1):
            takes = OPERATORS[operator][1]
            held = [text for number in _numbers(asker) for text in asker.texts(asker.register, face, number)]
            for asked in held if takes else [""]:
                yield [(f"f-{face.name}-op", operator), *[(f"f-{face.name}", asked)] * takes]


def _relative(asker: Asker) -> Iterator[Pairs]:
    """What is the onlooker's own, and what is overdue."""
    known = ((face.name, operators_of(asker.register, face)) for face in asker.faces())
    asked = [(name, one) for name, operators in known for one in operators if one in ("me", "my_store", "late")]
    yield from ([(f"f-{name}-op", operator)] for name, operator in asker.some(asked[::-1], 1))


def _alternatives(asker: Asker) -> Iterator[Pairs]:
    """Two conditions of which one is enough, one of them on a secret field."""
    faces = [face for face in asker.faces() if operators_of(asker.register, face)]
    blank = next(face.name for face in faces if "empty" in operators_of(asker.register, face))
    for face in asker.some([face for face in faces if face.secret], 1):
        yield [(f"f-{blank}-op", "empty"), (f"f-2-{face.name}", question(face, FIRST)[0])]


def _numbers(asker: Asker) -> list[int]:
    """Whose values are asked for: a hidden record's, and a request's that is seen in a few fields only."""
    return [FIRST, *([number_of(asker.register, "asks_above")] if is_request(asker.register) else [])]


def _searched(asker: Asker) -> Iterator[Pairs]:
    """Search fields by their values in whole and in part, and by how they are spelled."""
    faces = [face for face in asker.faces() if face.search]
    asked = [text for face in faces for text in asker.texts(asker.register, face, FIRST)]
    spelled = [_initials(str(value(face, FIRST, 0))) for face in faces if face.kind.words]
    yield from ([("q", text)] for text in asker.some(list(dict.fromkeys(asked)), 4))
    yield from ([("q", text)] for text in asker.some(list(dict.fromkeys(spelled)), 2))


def _initials(text: str) -> str:
    """The letters of the first two characters."""
    return "".join(readings(one)[0][0] for one in text[:2] if readings(one))


def _lookups(asker: Asker) -> Iterator[Question]:
    links = {face.to: face for face in asker.faces() if face.to}
    for table, face in links.items():
        searched = [other for other in register_named(table).faces.values() if other.search]
        texts = [
            "",
            *dict.fromkeys(text for other in searched for text in asker.texts(register_named(table), other, FIRST)),
        ]
        for text in asker.some(texts, 3):
            yield Question(f"{asker.base}ajax/lookup/?{urlencode({'name': face.name, 'query': text})}")


def _exports(asker: Asker) -> Iterator[Question]:
    """All columns, without a purpose and with one; and a filter on a field that is secret, if one is."""
    every = [("col", face.name) for face in asker.faces()]
    yield Question(f"{asker.base}export/csv/?{urlencode(every)}")
    for kind in ("csv", "xlsx"):
        yield Question(f"{asker.base}export/{kind}/?{urlencode([*every, ('reason', '试')])}")
    for face in asker.some([face for face in asker.faces() if face.filter], 1):
        asked = [(f"f-{face.name}", question(face, FIRST)[0]), ("reason", "试")]
        yield Question(f"{asker.base}export/csv/?{urlencode(asked)}")


def _files(asker: Asker) -> Iterator[Question]:
    """Stored files of fields that the onlooker doesn't read; those they read lie in no store here."""
    attachments = [face for face in asker.faces() if face.kind.name == "attachment"]
    for number, stance in enumerate(stances(asker.register), FIRST):
        end = "-0" if sight(asker.register, stance, asker.who) == NONE else ""
        for face in attachments:
            if reads(asker.register, face, stance, asker.who) != "shown":
                yield Question(f"{asker.base}file/?id={asker.table[:14]}-{number}{end}&field={face.name}")


def _pages(asker: Asker) -> Iterator[Question]:
    """The pages of records that are seen, hidden, or were never issued."""
    yield Question(f"{asker.base}new/")
    ids = [*asker.visible_ids(), *asker.some(asker.hidden_ids(), 3)]
    yield from (Question(f"{asker.base}details/?id={id_}") for id_ in ids)
    for number, (page, seen) in enumerate({"edit": 4, "delete": 1, "restore": 1}.items()):
        ids = [*asker.some(asker.visible_ids(), seen), *asker.some(asker.hidden_by_turns(number), 2)]
        yield from (Question(f"{asker.base}{page}/?id={id_}") for id_ in ids)
    for id_ in asker.some(asker.visible_ids(), 2):
        yield from (Question(f"{asker.base}revert/?id={id_}&entry={entry}") for entry in asker.some((2, 1, 3), 2))
    for number, id_ in enumerate(asker.some(asker.hidden_ids(), 2)):
        yield from (Question(f"{asker.base}revert/?id={id_}&entry={n}") for n in asker.in_turn((2, 1, 3), number, 2))
    yield from _signings(asker)


def _signings(asker: Asker) -> Iterator[Question]:
    """The pages that ask for a signature: what they carry of the form must not tell what is masked in it."""
    for face in (face for face in asker.faces() if face.signed_with):
        for id_ in [*asker.some(asker.visible_ids(), 2), *asker.some(asker.hidden_ids(), 1)]:
            yield Question(f"{asker.base}sign/?id={id_}&field={face.name}")
