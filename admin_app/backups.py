"""Backup and restore: one archive with the database, the stored files, the keys and the trail's anchor.

Files of records are in it wherever they lie, folder or bucket, and come back to where the settings then say.
"""

import io
import os
import shutil
import sqlite3
import subprocess
import tarfile
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from sqlalchemy import create_engine, inspect, make_url

from config import Settings

from .storage import LocalFiles, bring, file_store, place_of

#: what of the data folder goes into a backup beside the database
_KEPT = ("secret.key", "file.key")
_FILES, _WITHOUT = "files", "without-files"
_SQLITE, _POSTGRESQL = "strongroom.db", "strongroom.dump"


class BackupError(RuntimeError):
    """Backup or restore can't be done; the message says why and what to do."""


def backup(settings: Settings, file: Path, with_files: bool = True) -> None:
    """Write everything into *file* (tar.gz), readable by its owner only; consistent while the program runs.

    *with_files*: the stored files, too; without them it says so, and so does who restores it.
    """
    with tempfile.TemporaryDirectory() as folder:
        # before the database, or an entry made meanwhile would look like a tail cut off
        anchored = Path(folder) / "anchor"
        anchored.write_bytes(settings.anchor.read_bytes() if settings.anchor.exists() else b"")
        dumped = _dump(settings, Path(folder))
        with _whole(file) as target, tarfile.open(fileobj=target, mode="w:gz") as archive:
            archive.add(dumped, dumped.name)
            archive.add(anchored, "audit.anchor")
            for name in _KEPT:
                if (settings.data_dir / name).exists():
                    archive.add(settings.data_dir / name, name)
            if with_files:
                _keep_files(settings, archive)
            else:
                archive.addfile(tarfile.TarInfo(_WITHOUT))


@contextmanager
def _whole(file: Path) -> Iterator[BinaryIO]:
    """*file* to be written; until that has come to its end, what was there before stays, and half a backup is none."""
    aside = file.with_name(f"{file.name}.part")
    handle = os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    try:
        with os.fdopen(handle, "wb") as target:
            yield target
        aside.replace(file)
    finally:
        aside.unlink(missing_ok=True)


def _keep_files(settings: Settings, archive: tarfile.TarFile) -> None:
    """As they lie, sealed; after the database, so that what it refers to is there."""
    store = file_store(settings)
    for one in store.stored():
        try:
            sealed = store.get_sealed(one.key)
        except KeyError:  # deleted meanwhile
            continue
        about = tarfile.TarInfo(f"{_FILES}/{place_of(one.key)}")
        about.size, about.mtime, about.mode = len(sealed), int(one.since.timestamp()), 0o600
        archive.addfile(about, io.BytesIO(sealed))


def restore(settings: Settings, file: Path) -> bool:
    """Bring back what *file* holds; whether stored files were in it. Refuses where the database already has tables."""
    engine = create_engine(settings.owner_database)
    try:
        if settings.database.startswith("postgresql") and inspect(engine).get_table_names():
            raise BackupError("数据库不是空的。请先建一个空库，再恢复。")
    finally:
        engine.dispose()
    if (
        settings.database.startswith("sqlite")
        and _sqlite_path(settings).exists()
        and _sqlite_path(settings).stat().st_size
    ):
        raise BackupError("数据目录里已有数据库。请换一个空目录，再恢复。")
    settings.data_dir.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        with tarfile.open(file) as archive:
            archive.extractall(folder, filter="data")
        _load(settings, Path(folder))
        for name in (*_KEPT, "audit.anchor"):
            if (Path(folder) / name).exists():
                shutil.copy2(Path(folder) / name, settings.data_dir / name)
        if (Path(folder) / _FILES).exists():  # last, under the keys that came with them
            kept, store = LocalFiles(Path(folder) / _FILES, settings.wrapping_key()), file_store(settings)
            for one in kept.stored():
                bring(store, one.key, kept.get_sealed(one.key))
        return not (Path(folder) / _WITHOUT).exists()


def _sqlite_path(settings: Settings) -> Path:
    return Path(make_url(settings.database).database or "")


def _dump(settings: Settings, folder: Path) -> Path:
    if settings.database.startswith("sqlite"):
        target = folder / _SQLITE
        source, copy = sqlite3.connect(_sqlite_path(settings)), sqlite3.connect(target)
        with source, copy:
            source.backup(copy)
        source.close()
        copy.close()
        return target
    target = folder / _POSTGRESQL
    _run(settings, "pg_dump", "--format=custom", f"--file={target}", _libpq(settings))
    return target


def _load(settings: Settings, folder: Path) -> None:
    if settings.database.startswith("sqlite"):
        if not (folder / _SQLITE).exists():
            raise BackupError("这个备份来自 PostgreSQL，不能恢复到 SQLite。")
        shutil.copy2(folder / _SQLITE, _sqlite_path(settings))
        return
    if not (folder / _POSTGRESQL).exists():
        raise BackupError("这个备份来自 SQLite，不能恢复到 PostgreSQL。")
    _run(settings, "pg_restore", "--exit-on-error", f"--dbname={_libpq(settings)}", str(folder / _POSTGRESQL))


def _libpq(settings: Settings) -> str:
    """The owner's address without its password, which goes by the environment where others can't read it."""
    return make_url(settings.owner_database).set(drivername="postgresql", password=None).render_as_string()


def _run(settings: Settings, program: str, *arguments: str) -> None:
    if shutil.which(program) is None:
        raise BackupError(f"本机没有 {program}，请安装 PostgreSQL 客户端程序。")
    password = make_url(settings.owner_database).password
    environment = {**os.environ, **({"PGPASSWORD": str(password)} if password else {})}
    done = subprocess.run([program, *arguments], capture_output=True, text=True, check=False, env=environment)
    if done.returncode:
        raise BackupError(f"{program}: {done.stderr.strip()[:400]}")
