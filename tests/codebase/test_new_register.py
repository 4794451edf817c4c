"""A register is one class in one file: written into a copy of the project, it has its screens and passes the shared
tests at once; its migration is generated; its rights are drafted and wait to be reviewed.

The same holds for one that is built from data, as a company will define it on screen.
"""

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.codebase.sources import ROOT

#: the whole of a new register, as the guide shows it
PARKING = re.search(r"```python\n(.*?)```", (ROOT / "docs/add-a-register.md").read_text(encoding="utf-8"), re.DOTALL)[1]
LOCKER = {
    "class": "Locker", "area": "visits", "title": "储物柜登记表", "key": "used_on box", "list": "used_on box phone",
    "level": 1, "scope": "store",
    "fields": [
        {"name": "used_on", "type": "Day", "label": "使用日期", "required": True, "filter": True},
        {"name": "box", "type": "ShortText", "label": "柜号", "required": True, "search": True, "filter": True},
        {"name": "phone", "type": "Phone", "label": "联系电话", "mask": True},
    ],
}  # fmt: skip
FROM_DATA = f'''"""A register whose definition is data."""

import json

from ...grants import desk_keeps, information_keeps
from ...models import build_register

Locker = build_register({{**json.loads({json.dumps(json.dumps(LOCKER, ensure_ascii=False), ensure_ascii=False)}),
                         "grants": desk_keeps | information_keeps}})
'''
MIGRATE = """
from pathlib import Path
from admin_app import migrating
from config import Settings
settings = Settings(data_dir=Path("var"))
migrating.upgrade(settings)
print(migrating.make_migration(settings, "new registers").name)
migrating.upgrade(settings)
assert migrating.differences(settings) == []
migrating.downgrade(settings, "-1")
migrating.upgrade(settings)
"""
COPIED = ("admin_app", "migrations", "seed", "tests", "config.py", "pyproject.toml")


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the project with two registers more, and the migration generated for them."""
    copy = tmp_path_factory.mktemp("project")
    unwanted = shutil.ignore_patterns("__pycache__", "data", "browser")
    for name in COPIED:
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, copy / name, ignore=unwanted)
        else:
            shutil.copy(ROOT / name, copy / name)
    visits = copy / "admin_app/registers/visits"
    (visits / "parking.py").write_text(PARKING, encoding="utf-8")
    (visits / "locker.py").write_text(FROM_DATA, encoding="utf-8")
    done = run(copy, "-c", MIGRATE)
    assert done.returncode == 0, done.stderr
    return copy


def run(project: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Python in the copy, as a run of its own."""
    unwanted = ("STRONGROOM_", "PYTEST_", "PYTHONDONTWRITEBYTECODE")  # one run compiles for those after it
    own = {name: value for name, value in os.environ.items() if not name.startswith(unwanted)}
    return subprocess.run(
        [sys.executable, *arguments], cwd=project, env=own, capture_output=True, text=True, check=False, timeout=300
    )


def shared_tests(project: Path, chosen: str) -> str:
    """What pytest says of the *chosen* ones of the tests that all registers share, those of the soak among them."""
    done = run(
        project, "-m", "pytest", "-q", "-rA", "-p", "no:cacheprovider", "-m", "", "tests/every_register", "-k", chosen
    )
    return done.stdout


@pytest.fixture(scope="module")
def refused(project: Path) -> str:
    """What the tests of the rights say before anybody has looked at them."""
    return shared_tests(project, "parking and reviewed")


@pytest.fixture(scope="module")
def drafted(project: Path, refused: str) -> Path:
    """The copy with the lines of the new registers' rights."""
    assert run(project, "-m", "tests.every_register.draft_rights").returncode == 0
    return project


def test_it_is_one_file_of_few_lines() -> None:
    assert PARKING.startswith("# admin_app/registers/visits/parking.py\n")
    assert len([line for line in PARKING.splitlines() if line.strip()]) < 25


def test_its_migration_is_generated_and_goes_up_and_down(project: Path) -> None:
    newest = max((project / "migrations/versions").glob("*.py"))
    text = newest.read_text(encoding="utf-8")
    assert all(f"op.create_table('{table}'" in text for table in ("parking", "locker"))
    assert text.count("op.create_table(") == 2


@pytest.mark.rule("R-ROLE-01")
def test_its_rights_are_refused_until_their_lines_are_drafted_and_reviewed(refused: str) -> None:
    assert "2 failed" in refused


def test_it_passes_the_tests_that_all_registers_share(drafted: Path) -> None:
    said = shared_tests(drafted, "(parking or locker) and (sqlite or reviewed)")
    assert " failed" not in said, said[-4000:]
    passed = set(re.findall(r"^PASSED tests/every_register/(\w+)\.py::\w+\[(?:sqlite-)?(\w+)\]", said, re.MULTILINE))
    files = {path.stem for path in (ROOT / "tests/every_register").glob("test_*.py")}
    asked = {(file, register) for file in files for register in ("parking", "locker")}
    assert passed == asked - {("test_masks", "locker")}  # in which nothing is masked
