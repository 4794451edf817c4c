"""The catalogue has all that the program says, each with its English; nothing of what nobody says any more."""

import re
from collections import Counter, defaultdict

import pytest

from admin_app import catalogue
from admin_app.models import Lines, Register, all_registers, lines_of
from admin_app.texts import foreign

_PLACES = re.compile(r"%\(\w+\)s|%%|\{\w*\}")
#: a label stands above a box and in the head of a column
LONGEST_LABEL = 4


@pytest.fixture(scope="module")
def messages() -> set[catalogue.Message]:
    return catalogue.messages()


@pytest.fixture(scope="module")
def english() -> dict[catalogue.Message, str]:
    return catalogue.translations()


def test_every_message_has_its_english(messages: set[catalogue.Message], english: dict[catalogue.Message, str]) -> None:
    assert [text for context, text in sorted(messages) if not english.get((context, text))] == [], (
        "run strongroom words"
    )


def test_nothing_is_translated_that_nobody_says(
    messages: set[catalogue.Message], english: dict[catalogue.Message, str]
) -> None:
    assert english.keys() - messages == set(), "run strongroom words"


def test_the_english_has_the_same_places_for_values_and_no_chinese(english: dict[catalogue.Message, str]) -> None:
    assert [text for (_, text), said in english.items() if places(text) != places(said) or foreign(said)] == []


def places(text: str) -> Counter[str]:
    return Counter(_PLACES.findall(text))


def test_the_file_stands_as_it_is_written(tmp_path) -> None:
    copy = tmp_path / "en.po"
    copy.write_bytes(catalogue.ENGLISH.read_bytes())
    assert catalogue.update(copy) == []
    assert copy.read_bytes() == catalogue.ENGLISH.read_bytes()


def test_the_fields_of_a_form_are_told_apart_in_english_too(english: dict[catalogue.Message, str]) -> None:
    assert [alike for register in all_registers().values() for alike in told_alike(register, english)] == []


def told_alike(owner: type[Register] | type[Lines], english: dict[catalogue.Message, str]) -> list[str]:
    """Labels that are one in English and several in Chinese, those of child lines among themselves."""
    labels, found = defaultdict(set), []
    for face in owner.faces.values():
        labels[english.get(("", face.label), face.label)].add(str(face.label))
        if face.kind.name == "rows":
            found += told_alike(lines_of(owner, face), english)
    return found + [f"{owner.__name__}: {label}" for label, several in labels.items() if len(several) > 1]


def test_english_labels_are_short(english: dict[catalogue.Message, str]) -> None:
    labels = {face.label for register in all_registers().values() for face in register.faces.values()}
    long = [
        said for label in labels if len(re.sub(r"\(.*?\)", "", said := english[("", label)]).split()) > LONGEST_LABEL
    ]
    assert long == []


def test_registers_have_different_names_in_english(english: dict[catalogue.Message, str]) -> None:
    titles = [register.declaration.title for register in all_registers().values()]
    said = Counter(english.get(("title", title)) or english[("", title)] for title in titles)
    assert [title for title, number in said.items() if number > 1] == []
