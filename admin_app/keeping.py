"""Commands on what the house keeps: backup, restore, and stored files on their way between folder and bucket.

They touch no register and act as nobody.
"""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click

from config import Settings

from . import backups
from .storage import StoreUnavailable, bucket_of, folder_of, move

_KEEP = "copy only: the files stay where they were, too"
_WITHOUT = "leave the stored files out, where they are backed up otherwise"


@click.command()
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--without-files", is_flag=True, help=_WITHOUT)
def backup(file: Path, without_files: bool) -> None:
    """Write database, stored files and anchor into FILE (.tar.gz)."""
    with _failures():
        backups.backup(Settings.from_environment(), file, with_files=not without_files)
    click.echo(f"{file}（不含附件等文件）" if without_files else str(file))


@click.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def restore(file: Path) -> None:
    """Bring back what ``backup`` wrote into an empty database and data folder."""
    with _failures():
        whole = backups.restore(Settings.from_environment(), file)
    if not whole:
        click.echo("这个备份不含附件等文件，请另行恢复存放文件的地方。", err=True)


@click.group()
def files() -> None:
    """Stored files of records."""


@files.command("move")
@click.option("--to", "place", type=click.Choice(["bucket", "folder"]), required=True, help="where they are to lie")
@click.option("--keep", is_flag=True, help=_KEEP)
def move_files(place: str, keep: bool) -> None:
    """Bring stored files to the bucket of STRONGROOM_FILES_URL, or back to the folder; run again, it goes on."""
    settings = Settings.from_environment()
    folder, bucket = folder_of(settings), bucket_of(settings)
    source, target = (folder, bucket) if place == "bucket" else (bucket, folder)
    with _failures():
        moved = move(source, target, keep, _tell)
    click.echo(f"{moved.files} 个文件已{'复制到' if keep else '移到'}{'存储桶' if place == 'bucket' else '本地文件夹'}")
    if moved.damaged:
        click.echo(f"{len(moved.damaged)} 个打不开，留在原处：{', '.join(moved.damaged[:10])}", err=True)
        sys.exit(1)


def _tell(number: int) -> None:
    if sys.stderr.isatty():
        click.echo(f"\r{number}\x1b[K", nl=False, err=True)


@contextmanager
def _failures() -> Iterator[None]:
    try:
        yield
    except backups.BackupError as error:
        raise click.ClickException(str(error)) from None
    except StoreUnavailable as error:
        raise click.ClickException(f"存放文件的地方连不上：{error}。再运行一次会接着做。") from None
