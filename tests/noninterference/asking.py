"""The questions: every address of every register, found from the address map and the faces, never listed by hand.

Thorough, every operator of every field is asked with every value; else what is secret comes first and the rest in part.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import product
from typing import Any, TypeVar
from urllib.parse import urlencode

from flask import Flask

from admin_app.fields import Face, Reading
from admin_app.models import Register, all_registers, register_named
from admin_app.views.register.filters import OPERATORS, operators_of
from seed.codes import shipped_list
from tests.noninterference.filling import EXTRA, FIRST, LAST, id_of
from tests.noninterference.stances import NONE, Onlooker, reads, sight, stances
from tests.noninterference.values import question, value

#: routes whose questions are made below; every other one is asked bare and for each record
_KNOWN = frozenset(
    {"index_view", "details_view", "edit_view", "create_view", "delete_view", "restore_view", "action_view", "ajax_lookup",
     "reveal_view", "revert_view", "file_view", "export_view", "import_view", "import_reading_view", "import_check_view",
     "import_done_view", "import_refused_view"}
)  # fmt: skip
#: stands for the address that the last redirect led to
LAST_PLACE = "{last}"
NEVER_ISSUED = "never-issued"
T = TypeVar("T")


@dataclass(frozen=True)
class Question:
    """One request: a GET, or a POST with its form."""

    url: str
    form: dict[str, Any] | None = None

    def __str__(self) -> str:
        return f"GET {self.url}" if self.form is None else f"POST {self.url} {self.form}"


def beside_registers(app: Flask) -> list[Question]:
    """The pages that belong to no register (desk, approvals, loans …), and the codes one may type at the loan desk."""
    tables = all_registers()
    alone = [rule for rule in app.url_map.iter_rules() if rule.endpoint.split(".")[0] not in {*tables, "static", "sign_in"}]
    pages = [Question(rule.rule) for rule in alone if "GET" in rule.methods and not rule.arguments]
    item = tables["archive_item"].faces["number"]
    codes = [NEVER_ISSUED, *(value(item, _number(tables["archive_item"], stance), 0) for stance in ("mine", "above", "last"))]
    for table, rule in product(("employee", "archive_loan", "access_request"), alone):
        ids = [f"{table[:14]}-{_number(tables[table], stance)}{end}" for stance in ("mine", "above") for end in ("", "-0")]
        if rule.arguments == {"public_id"} and "GET" in rule.methods:
            pages += [Question(rule.rule.replace("<public_id>", id_)) for id_ in ids]
    return [*pages, *(Question(f"/loans/?{urlencode({'code': code})}") for code in codes)]


@dataclass(frozen=True)
class Asker:
    """Asks about one register for one onlooker."""

    app: Flask
    register: type[Register]
    who: Onlooker
    thorough: bool = False

    @property
    def base(self) -> str:
        return f"/admin/{self.register.__tablename__}/"

    def some(self, things: Sequence[T], number: int) -> Sequence[T]:
        """All *things*, or the first *number* where there is no time for all."""
        return things if self.thorough else things[:number]

    def sample(self, most: int) -> list[Question]:
        """At most *most* of all questions, spread evenly, beginning elsewhere for each register."""
        questions = [*self.reading(), *self.writing()]
        step = max(len(questions) / most, 1)
        first = sum(map(ord, self.register.__tablename__)) % max(int(step), 1)
        return questions if step == 1 else [questions[int(n * step) + first] for n in range(most) if int(n * step) + first < len(questions)]

    def visible_ids(self) -> list[str]:
        return [id_ for id_, hidden in self._ids() if not hidden]

    def hidden_ids(self) -> list[str]:
        """Of rows that one twin holds, the other holds otherwise or not at all, and one that was never issued."""
        table = self.register.__tablename__[:14]
        known = [f"{id_}-{version}" for id_, hidden in self._ids() if hidden for version in (0, 1)]
        return [NEVER_ISSUED, *known, f"{table}-{EXTRA[0][0]}-0", f"{table}-{LAST}-1"]

    def _ids(self) -> list[tuple[str, bool]]:
        table = self.register.__tablename__[:14]
        known = enumerate(stances(self.register), FIRST)
        return [(f"{table}-{number}", sight(self.register, stance, self.who) == NONE) for number, stance in known]

    def faces(self) -> list[Face]:
        """The fields, those first that the onlooker reads nowhere or not everywhere."""
        faces = [face for face in self.register.faces.values() if face.kind.name != "rows"]
        return sorted(faces, key=lambda face: (not face.secret, not self._unread(face)))

    def _unread(self, face: Face) -> bool:
        seen = [stance for stance in stances(self.register) if sight(self.register, stance, self.who) != NONE]
        return any(reads(self.register, face, stance, self.who) != "shown" for stance in seen)

    # --- reading ------------------------------------------------------------------------------------------------

    def reading(self) -> Iterator[Question]:
        """Lists, look-ups and the pages of single records."""
        for query in (*self._lists(), *self._filtered(), *self._searched()):
            yield Question(f"{self.base}?{urlencode(query)}")
        yield from self._lookups()
        yield Question(f"{self.base}new/")
        ids = [*self.visible_ids(), *self.some(self.hidden_ids(), 3)]
        yield from (Question(f"{self.base}details/?id={id_}") for id_ in ids)
        yield from self._exports()
        for page in ("edit", "delete", "restore"):
            chosen = [*self.some(self.visible_ids(), 4 if page == "edit" else 1), *self.some(self.hidden_ids(), 2)]
            yield from (Question(f"{self.base}{page}/?id={id_}") for id_ in chosen)
        for id_ in [*self.some(self.visible_ids(), 2), *self.some(self.hidden_ids(), 2)]:
            yield from (Question(f"{self.base}revert/?id={id_}&entry={number}") for number in self.some((2, 1, 3), 2))
        yield from self._files()
        yield from self._other_routes("GET")

    def _files(self) -> Iterator[Question]:
        """Stored files of fields that the onlooker doesn't read; those they read lie in no store here."""
        table = self.register.__tablename__[:14]
        attachments = [face for face in self.faces() if face.kind.name == "attachment"]
        for number, stance in enumerate(stances(self.register), FIRST):
            hidden = sight(self.register, stance, self.who) == NONE
            for face in attachments:
                if reads(self.register, face, stance, self.who) != "shown":
                    yield Question(f"{self.base}file/?id={table}-{number}{'-0' if hidden else ''}&field={face.name}")

    def _lists(self) -> Iterator[list[tuple[str, str]]]:
        every = [("col", face.name) for face in self.faces()]
        yield every
        yield [*every, ("void", "1")]
        yield [("count", "1"), ("size", "20"), ("page", "2")]
        yield [("size", "20"), ("after", self.hidden_ids()[1])]
        secret = sum(face.secret for face in self.faces())
        for face in self.some(self.faces(), secret + 2):
            yield [*every[:6], ("sort", face.name)]
            yield from self.some([[*every[:6], ("sort", face.name), ("desc", "1")]], int(face.secret))

    def _exports(self) -> Iterator[Question]:
        """All columns, with a purpose and without."""
        every = [("col", face.name) for face in self.faces()]
        yield Question(f"{self.base}export/csv/?{urlencode(every)}")
        for kind in self.some(("csv", "xlsx"), 2):
            yield Question(f"{self.base}export/{kind}/?{urlencode([*every, ('reason', '试')])}")
        for face in self.some([face for face in self.faces() if face.filter], 1):
            asked = [("f-" + face.name, question(face, FIRST)[0]), ("reason", "试")]
            yield Question(f"{self.base}export/csv/?{urlencode(asked)}")

    def _filtered(self) -> Iterator[list[tuple[str, str]]]:
        offered = [face for face in self.faces() if face.filter or face.secret]
        for face in self.some(offered, sum(face.secret for face in offered) + 3):
            for operator in self.some(operators_of(face), len(operators_of(face)) if face.secret and face.filter else 1):
                takes = OPERATORS[operator][1]
                for asked in question(face, FIRST) if takes else [""]:
                    yield [(f"f-{face.name}-op", operator), *[(f"f-{face.name}", asked)] * takes]

    def _searched(self) -> Iterator[list[tuple[str, str]]]:
        asked = [text for face in self.faces() if face.search for text in question(face, FIRST)]
        yield from ([("q", text)] for text in self.some(list(dict.fromkeys(asked)), 4))

    def _lookups(self) -> Iterator[Question]:
        links = {face.to: face for face in self.faces() if face.to}
        for table, face in links.items():
            searched = [other for other in register_named(table).faces.values() if other.search]
            texts = ["", *dict.fromkeys(text for other in searched for text in question(other, FIRST))]
            for text in self.some(texts, 3):
                yield Question(f"{self.base}ajax/lookup/?{urlencode({'name': face.name, 'query': text})}")

    def _other_routes(self, method: str) -> Iterator[Question]:
        """Routes not known here (sheets, acts of operations): asked bare, and for each record."""
        form = {} if method == "POST" else None
        for rule in self.app.url_map.iter_rules():
            table, _dot, view = rule.endpoint.partition(".")
            if table != self.register.__tablename__ or view in (*_KNOWN, "static") or method not in rule.methods:
                continue
            yield Question(rule.rule, form)
            ids = [*self.some(self.visible_ids(), 3), *self.some(self.hidden_ids(), 2)]
            yield from (Question(f"{rule.rule}?id={id_}", form) for id_ in ids)

    # --- writing ------------------------------------------------------------------------------------------------

    def writing(self) -> Iterator[Question]:
        """Typical forms, and what a prying hand would send; the same is done to both twins."""
        yield from self._reveals()
        for id_ in [*self.some(self.visible_ids(), 3), *self.some(self.hidden_ids(), 2)]:
            yield Question(f"{self.base}edit/?id={id_}", {"version": "1"})
            yield Question(f"{self.base}delete/", {"id": id_, "confirmed": "yes"})
        yield from self._bulk()
        yield from self._additions()
        yield from self._imports()
        yield from self._other_routes("POST")
        for id_ in [*self.some(self.visible_ids(), 1), *self.some(self.hidden_ids(), 2)]:
            yield Question(f"{self.base}delete/", {"id": id_, "reason": "试", "confirmed": "yes"})
            yield Question(f"{self.base}restore/", {"id": id_, "confirmed": "yes"})

    def _reveals(self) -> Iterator[Question]:
        """A field that may be revealed tells its value by right, so of those only hidden rows are asked with a reason."""
        for face in self.some(self.faces(), 2):
            address = f"{self.base}reveal/?field={face.name}&id="
            yield from (Question(address + id_, {"reason": ""}) for id_ in self.some(self.visible_ids(), 1))
            yield from (Question(address + id_, {"reason": "试"}) for id_ in self.some(self.hidden_ids(), 2))

    def _bulk(self) -> Iterator[Question]:
        ids = [*self.visible_ids(), *self.hidden_ids()]
        agreed = {"confirmed": "yes", "reason": "试"}
        yield Question(f"{self.base}action/", {"action": "void", "id": ids})
        yield Question(f"{self.base}action/", {"action": "void", "id": ids, **agreed})
        yield Question(f"{self.base}action/", {"action": "restore", "id": ids, **agreed, "void": "1"})
        yield Question(f"{self.base}action/", {"action": "void", "everything": "yes"})

    def _additions(self) -> Iterator[Question]:
        """A whole form, its links written out: to what may be seen, to what is hidden, and by the id of a hidden one."""
        links = [face for face in self.faces() if face.to]
        for number, stance in enumerate(("mine", "above", "last")):
            plain = {face.name: _typed(face, 9001 + number) for face in self.faces() if not face.to}
            titles = {f"{face.name}__text": _title(face, stance) for face in links}
            yield Question(f"{self.base}new/", {**plain, **titles})
        yield Question(f"{self.base}new/", {face.name: f"{face.to[:14]}-{FIRST}-0" for face in links})


    def _imports(self) -> Iterator[Question]:
        """A ledger whose lines name a record that is seen, one that is hidden, and links to hidden ones; then its check."""
        faces = [face for face in self.faces() if not (face.computed or face.inherited or face.series)]
        lines = ["\t".join(face.label for face in faces)]
        for stance in ("mine", "above", "last"):
            cells = [_title(face, stance) if face.to else _cell(face, _number(self.register, stance)) for face in faces]
            lines.append("\t".join(cells))
        yield Question(f"{self.base}import/")
        yield Question(f"{self.base}import/", {"pasted": "\n".join(lines)})
        yield Question(LAST_PLACE)
        for step in self.some(("check", "refused", "done"), 2):
            yield Question(f"{LAST_PLACE}{step}/")


def _cell(face: Face, number: int) -> str:
    """What a ledger would hold."""
    typed = value(face, number, 0)
    if face.codes:
        return shipped_list(face.codes).get(typed if isinstance(typed, str) else typed[0], "")
    return "" if face.kind.name in ("identity_number", "attachment") else face.kind.text(typed, Reading())


def _number(register: type[Register], stance: str) -> int:
    return LAST if stance == "last" else id_of(register, stance)


def _typed(face: Face, number: int) -> Any:
    """What a form would send; an identity number must be real, so it stays blank."""
    made = value(face, number, 0)
    if face.kind.name in ("choice", "choices"):
        return made if isinstance(made, str) else list(made)
    if face.kind.name == "identity_number":
        return ""
    return "yes" if face.kind.name == "yesno" else face.kind.text(made, Reading())


def _title(face: Face, stance: str) -> str:
    """What one would type who knows the record that stands so."""
    target = register_named(face.to)
    number = _number(target, stance)
    key = next((target.faces[name] for name in target.declaration.key if not target.faces[name].to), None)
    return str(value(key, number, 0)) if key else str(number)
