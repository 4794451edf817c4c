"""All questions: those about a register, found from its faces and the address map, and those beside the registers."""

from collections.abc import Iterator
from itertools import product
from urllib.parse import urlencode

from flask import Flask

from admin_app.models import all_registers
from tests.noninterference.asker import LAST_PLACE, NEVER_ISSUED, Asker, Question, number_of
from tests.noninterference.reading import reading, telling
from tests.noninterference.values import value
from tests.noninterference.writing import writing

#: routes whose questions are made with care; every other one is asked bare and for each record
_KNOWN = {
    "static", "ajax_lookup",
    *(f"{name}_view" for name in ("index", "details", "create", "edit", "delete", "restore", "action", "reveal")),
    *(f"{name}_view" for name in ("revert", "file", "export", "import", "import_reading", "import_check")),
    *(f"{name}_view" for name in ("import_done", "import_refused")),
}  # fmt: skip


def everything(asker: Asker) -> list[Question]:
    """All there is to ask about a register; what writes comes last."""
    return [*reading(asker), *_other_routes(asker, "GET"), *writing(asker), *_other_routes(asker, "POST")]


def sample(asker: Asker, most: int) -> list[Question]:
    """At most *most* of all questions, spread evenly, beginning elsewhere for each register."""
    questions = everything(asker)
    step = len(questions) / most
    if step <= 1:
        return questions
    first = sum(map(ord, asker.table)) % max(int(step), 1)
    return [questions[place] for n in range(most) if (place := int(n * step) + first) < len(questions)]


def dealt(asker: Asker, turn: int, turns: int) -> list[Question]:
    """What shows most of a register, and of all other questions one in *turns*, so that over the turns each is asked.

    Asked of every role on both databases, all of them are 800,000 and a night's work, nearly all of it the same code.
    """
    hands = _chains(everything(asker))[turn::turns]
    return [*telling(asker), *(question for chain in hands for question in chain)]


def _chains(questions: list[Question]) -> list[list[Question]]:
    """The *questions* one by one; what follows a redirect goes with what was redirected."""
    chains: list[list[Question]] = []
    for question in questions:
        if LAST_PLACE in question.url:
            chains[-1].append(question)
        else:
            chains.append([question])
    return chains


def _other_routes(asker: Asker, method: str) -> Iterator[Question]:
    """Routes not known here (acts of operations): asked bare, and for records that are seen and hidden."""
    form = {} if method == "POST" else None
    rules = (rule for rule in asker.app.url_map.iter_rules() if rule.endpoint.startswith(f"{asker.table}."))
    asked = (rule for rule in rules if rule.endpoint.partition(".")[2] not in _KNOWN and method in rule.methods)
    for number, rule in enumerate(asked):
        yield Question(rule.rule, form)
        ids = [*asker.some(asker.visible_ids(), 3), *asker.some(asker.hidden_by_turns(number), 2)]
        yield from (Question(f"{rule.rule}?id={id_}", form) for id_ in ids)


def beside_registers(app: Flask) -> list[Question]:
    """The pages that belong to no register (desk, approvals, people …), and the codes one may type at the loan desk."""
    tables = all_registers()
    outside = {*tables, "static", "sign_in", "audit"}
    # whose results were the best three is published at 内部, whatever else of the ranking one may see (R-INCE-03)
    outside.add("sales_board")
    rules = [rule for rule in app.url_map.iter_rules() if not {rule.endpoint, rule.endpoint.split(".")[0]} & outside]
    pages = [Question(rule.rule) for rule in rules if "GET" in rule.methods and not rule.arguments]
    for table, rule in product(("employee", "archive_loan", "access_request", "score_sheet"), rules):
        if rule.arguments == {"public_id"} and "GET" in rule.methods:
            ids = product((number_of(tables[table], stance) for stance in ("mine", "above")), ("", "-0"))
            pages += [Question(rule.rule.replace("<public_id>", f"{table[:14]}-{n}{end}")) for n, end in ids]
    item = tables["archive_item"]
    numbers = [value(item.faces["number"], number_of(item, stance), 0) for stance in ("mine", "above", "last")]
    return [*pages, *(Question(f"/loans/?{urlencode({'code': code})}") for code in (NEVER_ISSUED, *numbers))]
