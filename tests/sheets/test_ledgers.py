"""Generated ledgers with every mess: the verdicts are the generator's truth, line by line."""

import random

import pytest

from tests.sheets.conftest import verdicts

FLAGS = ("title", "totals", "ditto", "fullwidth", "mixed-dates", "synonyms", "formulas", "newlines")


def truth_of(outcome: dict) -> dict:
    return {error["line"]: [error["column"], error["code"]] for error in outcome["errors"]}


@pytest.mark.rule("R-IMPT-01", "R-IMPT-03", "R-IMPT-04")
@pytest.mark.parametrize("seed", range(12))
def test_every_verdict_is_the_truth_whatever_the_mess(reading_room, make_ledger, seed):
    rng = random.Random(seed)
    flags = [flag for flag in FLAGS if rng.random() < 0.6]
    encoding = rng.choice(["gb18030", "gbk", "utf-8", "utf-8-sig", "utf-16"])
    data, truth = make_ledger(
        *flags, rows=rng.choice([1, 20, 120]), bad=0.2, duplicates=0.1, seed=seed, encoding=encoding,
        delimiter=rng.choice(",;\t|"),
    )  # fmt: skip
    outcome = reading_room.take_in("ledger.csv", data, check_only=True)
    assert truth_of(outcome) == {int(line): fault for line, fault in truth["bad"].items()}
    assert outcome["added"] == truth["good"]
    assert outcome["duplicate"] == len(truth["duplicates"])
    assert outcome["not_data"] == len(truth["not_data"])
    verdicts(outcome)


@pytest.mark.rule("R-IMPT-03")
def test_a_check_writes_nothing(office, make_ledger):
    data, _truth = make_ledger(rows=20)
    office.take_in("ledger.csv", data, check_only=True)
    assert office.count() == 0
    assert not (office.world.settings.data_dir / "files").exists()


@pytest.mark.rule("R-IMPT-04", "R-IMPT-05")
def test_the_same_file_again_adds_and_changes_nothing(office, make_ledger):
    data, truth = make_ledger(*FLAGS, rows=60, bad=0.1, duplicates=0.1)
    first = office.take_in("ledger.csv", data)
    again = office.take_in("ledger.csv", data)
    assert first["added"] == truth["good"] == office.count()
    assert verdicts(again) == {
        "not_data": len(truth["not_data"]), "same": truth["good"], "duplicate": len(truth["duplicates"]),
        "refused": len(truth["bad"]),
    }  # fmt: skip
    assert {record.version for record in office.all()} == {1}


@pytest.mark.rule("R-IMPT-04")
@pytest.mark.parametrize("encoding", ["gb18030", "utf-8-sig", "utf-16"])
def test_the_file_of_refused_lines_imports_again_once_mended(office, make_ledger, encoding):
    data, truth = make_ledger(*FLAGS, rows=80, bad=0.2, encoding=encoding, delimiter="\t")
    outcome = office.take_in("ledger.csv", data)
    refused = (office.folder / outcome["refused_file"]).read_bytes().decode(encoding)
    mended = (
        refused.replace("2024-13-45", "2024-12-05").replace("2月30日", "2024-02-28").replace("路过看看", "自然客流")
        .replace("长" * 300, "常青").replace("联系不上", "13900001111").replace("1380013\t", "13800138000\t")
        .replace("\tE\t", "\tD\t")
    )  # fmt: skip
    again = office.take_in("mended.csv", mended.encode(encoding))
    missing = sum(kind == "missing" for _, kind in truth["bad"].values())
    assert again["refused"] == missing
    assert again["added"] == len(truth["bad"]) - missing
    assert not {"原行号", "原因"} & set(again["unmapped"]) or again["unmapped"] == ["原行号", "原因"]
    assert office.count() == truth["good"] + again["added"]


@pytest.mark.rule("R-IMPT-04")
def test_a_refused_line_says_its_first_line_number_and_why_also_in_a_second_round(office, make_ledger):
    data, truth = make_ledger("title", rows=40, bad=0.2, encoding="utf-8")
    first = office.take_in("ledger.csv", data)
    second = office.take_in(first["refused_file"])
    assert second["refused"] == first["refused"]
    rows = [row for row in (office.folder / second["refused_file"]).read_text("utf-8").splitlines() if "（" in row]
    assert [int(row.split(",")[-2]) for row in rows] == [int(line) for line in truth["bad"]]
    assert all(row.count("（") == 1 for row in rows)
