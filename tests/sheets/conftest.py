"""Files imported and exported as a person of the company."""

import csv
import io
import json
import runpy
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select

from admin_app import registers
from admin_app.models import register_named
from admin_app.sheets import results, runs
from admin_app.storage import HeldFiles, LocalFiles
from tests.fixtures.worlds import World, new_world

registers.load_all()
LEDGER = runpy.run_path(str(Path(__file__).parents[1] / "data" / "make_ledger.py"))
VISITOR = ("来店时间", "顾客姓名", "联系电话", "顾客来源", "接待人", "备注")


@dataclass
class Office:
    """Somebody who imports and exports files of their own in a folder."""

    world: World
    folder: Path

    @property
    def files(self) -> LocalFiles:
        return LocalFiles(self.world.settings.data_dir / "files", self.world.settings.wrapping_key())

    @property
    def held(self) -> HeldFiles:
        return HeldFiles(self.world.settings.data_dir / "held", self.world.settings.wrapping_key())

    @property
    def teller(self) -> runs.Teller:
        """Tells of a check no more than its equation."""
        return runs.Teller("zh-CN", lambda _batch, _table, check: {"equation": check.equation.as_dict()}, self.held)

    def take_in(
        self, name: str | Path, content: str | bytes | None = None, *, as_: str = "clerk", **options: Any
    ) -> dict:
        """Import *content*, or the file of that name; the outcome. ``table`` and ``check_only`` are options."""
        path = self.folder / name
        if content is not None:
            path.write_bytes(content.encode() if isinstance(content, str) else content)
        with self.world.open(as_) as session:
            return results.import_file(session, options.pop("table", "visitor"), path, store=self.files, **options)

    def export(self, name: str, *, as_: str = "clerk", table: str = "visitor", reason: str = "核对") -> Path:
        with self.world.open(as_) as session:
            results.export_file(session, table, self.folder / name, reason)
        return self.folder / name

    def count(self, table: str = "visitor") -> int:
        with self.world.open() as session:
            return session.scalar(select(func.count(register_named(table).id)))

    def all(self, table: str = "visitor") -> Sequence[Any]:
        with self.world.open() as session:
            register = register_named(table)
            return session.scalars(select(register).order_by(register.id)).all()


def sheet(*rows: Sequence[str], header: Sequence[str] = VISITOR) -> str:
    """CSV text of *rows* under *header*."""
    text = io.StringIO(newline="")
    csv.writer(text).writerows([header, *rows])
    return text.getvalue()


def visitor(**cells: str) -> tuple[str, ...]:
    """A good row of the visitors' ledger; *cells* (day, name, phone, source, by, note) stand as given."""
    row = {
        "day": "2026-03-02",
        "name": "单秀兰",
        "phone": "13812345678",
        "source": "朋友介绍",
        "by": "王凡",
        "note": "",
    }
    return tuple((row | cells).values())


def verdicts(outcome: dict) -> dict[str, int]:
    """The equation without its zeros."""
    names = ("not_data", "added", "changed", "same", "duplicate", "refused")
    assert outcome["lines"] == sum(outcome[name] for name in names)
    return {name: outcome[name] for name in names if outcome[name]}


def codes(outcome: dict) -> list[tuple[int, str, str]]:
    return [(error["line"], error["column"], error["code"]) for error in outcome["errors"]]


@pytest.fixture
def office(world: World, tmp_path: Path) -> Office:
    """The company's office with an empty register of visitors."""
    return Office(world, tmp_path)


@pytest.fixture(scope="module")
def reading_room(engine_kind: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    """An office shared by tests that only check and write nothing."""
    with new_world(engine_kind) as world:
        yield Office(world, tmp_path_factory.mktemp("office"))


@pytest.fixture
def make_ledger(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Any) -> Callable[..., tuple[bytes, dict]]:
    """A generated ledger and the truth about it; *flags* name switches of the generator."""

    def make(*flags: str, **options: Any) -> tuple[bytes, dict]:
        path = tmp_path / "made.csv"
        words = ["make_ledger.py", str(path), *(f"--{flag}" for flag in flags)]
        for name, value in options.items():
            words += [f"--{name}", str(value)]
        monkeypatch.setattr("sys.argv", words)
        LEDGER["main"]()
        capsys.readouterr()
        return path.read_bytes(), json.loads(Path(f"{path}.truth.json").read_text("utf-8"))

    return make
