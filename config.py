"""Settings: one frozen dataclass read from the environment, so that a program can be configured without a file."""

import base64
import contextlib
import os
import secrets
import tempfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path


@dataclass(frozen=True)
class Settings:
    """All settings. Addresses are SQLAlchemy URLs; keys are secret and kept in the data folder when not given."""

    data_dir: Path = Path("var")
    #: empty: an SQLite file in the data folder
    database_url: str = ""
    #: the owner's address, for migrations on PostgreSQL; empty: the same as ``database_url``
    owner_database_url: str = ""
    #: where the schedule's queue lies, postgresql:// or redis://; empty: a file in the data folder
    queue_url: str = field(default="", repr=False)
    secret_key: str = field(default="", repr=False)
    #: wraps the keys of stored files; 32 bytes in URL-safe base64
    file_key: str = field(default="", repr=False)
    #: where files of records lie, s3://bucket/prefix?endpoint=…&region=…; empty: a folder in the data folder
    files_url: str = ""
    files_access_key: str = field(default="", repr=False)
    files_secret_key: str = field(default="", repr=False)
    host: str = "127.0.0.1"
    port: int = 5000
    demo_password: str = field(default="", repr=False)
    timezone: str = "Asia/Shanghai"
    #: how many proxies stand in front, whose word on the caller's address and on https is taken
    proxies: int = 0
    #: 0 where a pooler before PostgreSQL can't pass prepared statements on
    prepare: int = 1
    #: no request lines in the log, errors to the caller
    testing: bool = False

    @classmethod
    def from_environment(cls, environ: Mapping[str, str] = os.environ) -> "Settings":
        """Read ``STRONGROOM_*``; a wrong number stops the program with its name."""
        names = {
            "data_dir": Path, "database_url": str, "owner_database_url": str, "queue_url": str,
            "secret_key": str, "file_key": str,
            "files_url": str, "files_access_key": str, "files_secret_key": str,
            "host": str, "port": int, "demo_password": str, "timezone": str,
            "proxies": int, "prepare": int,
        }  # fmt: skip
        found = {}
        for name, convert in names.items():
            if value := environ.get(f"STRONGROOM_{name.upper()}"):
                try:
                    found[name] = convert(value)
                except ValueError:
                    raise SystemExit(f"STRONGROOM_{name.upper()}={value!r} is not a valid {convert.__name__}") from None
        return cls(**found)

    @property
    def database(self) -> str:
        return self.database_url or f"sqlite:///{(self.data_dir / 'strongroom.db').absolute()}"

    @property
    def owner_database(self) -> str:
        return self.owner_database_url or self.database

    @property
    def anchor(self) -> Path:
        """The file that keeps the trail's newest digest outside the database."""
        return self.data_dir / "audit.anchor"

    @property
    def behind_https(self) -> bool:
        """Whether browsers come by https: always, but on this machine without a proxy in front."""
        return bool(self.proxies) or self.host not in ("127.0.0.1", "::1", "localhost")

    def session_key(self) -> str:
        return self.secret_key or self._kept("secret.key", lambda: secrets.token_urlsafe(48))

    def wrapping_key(self) -> bytes:
        kept = self.file_key or self._kept("file.key", _new_wrapping_key)
        key = base64.urlsafe_b64decode(kept)
        if len(key) != 32:
            raise SystemExit("STRONGROOM_FILE_KEY must be 32 bytes in URL-safe base64")
        return key

    def _kept(self, name: str, make: Callable[[], str]) -> str:
        """A key made once and kept, readable by its owner only, so that a restart doesn't sign everyone out.

        Written aside and linked into place, so that of two processes starting at once both read one whole key.
        """
        path = self.data_dir / name
        if not path.exists():
            self.data_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
            handle, aside = tempfile.mkstemp(dir=self.data_dir)
            with os.fdopen(handle, "w") as file:
                file.write(make())
            with contextlib.suppress(FileExistsError):
                os.link(aside, path)
            os.unlink(aside)
        return path.read_text().strip()


def _new_wrapping_key() -> str:
    return base64.urlsafe_b64encode(secrets.token_bytes(32)).decode()
