"""What the reading step's form says, as choices: only what differs from the guess is a choice of the person's."""

import re
from dataclasses import replace

from werkzeug.datastructures import MultiDict

from ...sheets.choices import MODES, Choices
from ...sheets.judging import BOTH
from ...sheets.meanings import BLANK
from ...sheets.reading import Guess, ReadingChoices, Table, fold

_LONGEST_LIST = 500
#: words of a check to choose a meaning for, and what may be chosen besides the options
WORDS_SHOWN = 60
UNKNOWN, LEFT_BLANK = "?", "-"


def from_form(form: MultiDict[str, str], table: Table, before: Choices) -> Choices:
    """The choices in *form*, which was shown for *table*; columns chosen for a table read otherwise are dropped."""
    reading = _reading(form, table, before.reading)
    same_table = replace(reading, fill_down=(), not_data=(), data=()) == replace(
        before.reading, fill_down=(), not_data=(), data=()
    )
    mode = form.get("mode", BOTH)
    return Choices(
        reading,
        _columns(form, table, before) if same_table else None,
        mode if mode in MODES else BOTH,
        form.get("blank") == "clear",
        tuple(form.getlist("key")) if "keys" in form else before.key,
        before.meanings,
    )


def with_meanings(form: MultiDict[str, str], before: Choices) -> Choices:
    """*before* with what the check's form says of unknown words; one left as it was shown is no choice."""
    said = {name: dict(words) for name, words in before.meanings.items()}
    for index in range(WORDS_SHOWN):
        name, word = form.get(f"field-{index}"), form.get(f"word-{index}")
        means = form.get(f"means-{index}")
        if name and word and means is not None and means != form.get(f"was-{index}"):
            said.setdefault(name, {})[fold(word)] = {UNKNOWN: None, LEFT_BLANK: BLANK}.get(means, means)
    return replace(before, meanings=said)


def _reading(form: MultiDict[str, str], table: Table, before: ReadingChoices) -> ReadingChoices:
    header = _chosen(form.get("header_line"), table.header_line, before.header_line, int)
    fill = frozenset(letter for index, letter in enumerate(table.columns) if form.get(f"fill-{index}") == "yes")
    return ReadingChoices(
        encoding=_chosen(form.get("encoding"), table.encoding, before.encoding),
        delimiter=_chosen(form.get("delimiter"), table.delimiter, before.delimiter),
        sheet=_chosen(form.get("sheet"), table.sheet, before.sheet),
        header_line=header,
        header_levels=before.header_levels if header == before.header_line else None,
        fill_down=fill,
        fill_merged=form.get("fill_merged") == "yes",
        not_data=_lines(form.get("not_data", "")),
        data=_lines(" ".join(form.getlist("data")))
        | (frozenset(before.data) & _lines(" ".join(form.getlist("kept_data")))),
    )


def _chosen(sent: str | None, guess: Guess | None, before: object, convert: type = str) -> object:
    """The value sent where it isn't what was shown; else the choice made before, or none."""
    if sent is None or guess is None or sent == str(guess.value):
        return before
    try:
        return convert(sent)
    except ValueError:
        return before


def _columns(form: MultiDict[str, str], table: Table, before: Choices) -> dict[str, str] | None:
    """Column -> field where the person changed what was shown, beside what they changed before."""
    changed = dict(before.columns or {})
    for index, letter in enumerate(table.columns):
        sent, shown = form.get(f"map-{index}"), form.get(f"shown-{index}", "")
        if sent is not None and sent != shown:
            changed[letter] = sent
    return changed or None


def _lines(text: str) -> frozenset[int]:
    """The line numbers in *text*, separated by anything."""
    return frozenset(int(number) for number in re.findall(r"\d{1,7}", text)[:_LONGEST_LIST])
