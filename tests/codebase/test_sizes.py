"""Files stay small enough to be read: half of them under 90 lines, none over 400."""

from statistics import median

from tests.codebase.sources import ROOT, python_files

FOLDERS = ("admin_app", "seed", "migrations", "tests", "bench")
#: generated from the declarations in one piece and never edited afterwards
GENERATED = frozenset({"migrations/versions/0001_ground.py"})


def lengths() -> dict[str, int]:
    files = [ROOT / "config.py", ROOT / "wsgi.py", *python_files(*FOLDERS)]
    return {str(file.relative_to(ROOT)): len(file.read_text(encoding="utf-8").splitlines()) for file in files}


def test_no_file_is_over_400_lines() -> None:
    assert {name: lines for name, lines in lengths().items() if lines > 400 and name not in GENERATED} == {}


def test_half_of_the_files_are_under_90_lines() -> None:
    assert median(lengths().values()) < 90
