"""Stored files: encrypted each with a key of its own, which is wrapped with the house's key and lies beside it.

Those of records lie in a local folder or in a bucket, by setting. What waits for its form and what was exported stays on
this machine: both are short-lived, written and read while a page waits, and of use when the bucket is out of reach.
"""

import hashlib

from flask import current_app

from config import Settings

from .local import HELD_FOR, ExportFiles, HeldFiles, LocalFiles
from .moving import Moved, bring, move
from .s3 import AddressError, Bucket, S3Files
from .seal import Seal
from .store import FileStore, Stored, StoreUnavailable, let_go, place_of

__all__ = [
    "HELD_FOR", "ExportFiles", "FileStore", "HeldFiles", "LocalFiles", "Moved", "S3Files", "Seal", "Stored", "StoreUnavailable",
    "bring", "bucket_of", "digest", "export_files", "file_store", "files", "folder_of", "held_files", "let_go", "move",
    "place_of",
]  # fmt: skip


def digest(content: bytes) -> str:
    """SHA-256 of *content*, as hexadecimal digits: what a batch remembers of its file."""
    return hashlib.sha256(content).hexdigest()


def file_store(settings: Settings) -> FileStore:
    """Where files of records lie by *settings*; SystemExit for an address that can't be one."""
    return bucket_of(settings) if settings.files_url else folder_of(settings)


def folder_of(settings: Settings) -> LocalFiles:
    """The local folder of files of records, whether it is the place that *settings* choose or not."""
    return LocalFiles(settings.data_dir / "files", settings.wrapping_key())


def bucket_of(settings: Settings) -> S3Files:
    """The bucket that *settings* name; SystemExit where they name none, or not rightly."""
    try:
        bucket = Bucket.read(settings.files_url)
    except AddressError as fault:
        raise SystemExit(f"STRONGROOM_FILES_URL is no address of a bucket: {fault}") from None
    # without them the client would ask the machine's surroundings for some
    for name in ("files_access_key", "files_secret_key"):
        if not getattr(settings, name):
            raise SystemExit(f"STRONGROOM_{name.upper()} is missing, which STRONGROOM_FILES_URL needs")
    return S3Files(bucket, settings.files_access_key, settings.files_secret_key, settings.wrapping_key())


def files() -> FileStore:
    """The file store of the running application."""
    return file_store(current_app.config["SETTINGS"])


def held_files() -> HeldFiles:
    """The place of the running application for files whose form was refused."""
    settings = current_app.config["SETTINGS"]
    return HeldFiles(settings.data_dir / "held", settings.wrapping_key())


def export_files() -> ExportFiles:
    """The place of the running application for exports made in the background."""
    settings = current_app.config["SETTINGS"]
    return ExportFiles(settings.data_dir / "exports", settings.wrapping_key())
