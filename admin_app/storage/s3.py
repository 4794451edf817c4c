"""Stored files in a bucket of an S3-compatible service, sealed here: the service holds nothing that it could read."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import timedelta
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Self
from urllib.parse import parse_qsl, urlsplit, urlunsplit

from .store import FileStore, Stored, StoreUnavailable, key_at, place_of

if TYPE_CHECKING:
    from obstore.store import S3Store

#: how long each attempt may take to connect and to stand still, and when no further one is begun
CONNECT, STILL, GIVE_UP = timedelta(seconds=3), timedelta(seconds=10), timedelta(seconds=12)
#: the longest that one attempt may take in all: the largest file over a slow line
_WHOLE = timedelta(seconds=60)
_RETRIES = 2
#: whoever asks whether the bucket is there doesn't wait as long
_CHECKING = timedelta(seconds=2)
_OPTIONS = {"endpoint", "region", "style"}
#: a bucket that isn't there isn't a file that isn't there
_NO_BUCKET = "NoSuchBucket"


class AddressError(ValueError):
    """What is wrong with the address of the bucket."""


@dataclass(frozen=True)
class Bucket:
    """Where a bucket is, and how it is spoken to."""

    name: str
    prefix: str
    endpoint: str = ""
    region: str = "us-east-1"
    #: the bucket's name stands before the endpoint's, as OSS and COS want it, instead of in the path
    by_host: bool = False

    @classmethod
    def read(cls, url: str) -> Self:
        """``s3://bucket/prefix?endpoint=https://…&region=…&style=host``; raises AddressError."""
        parts = urlsplit(url)
        options = dict(parse_qsl(parts.query))
        if parts.scheme != "s3" or not parts.hostname or parts.username or parts.port:
            raise AddressError("it is to be s3://bucket/prefix")
        if unknown := options.keys() - _OPTIONS:
            raise AddressError(f"there is no option {min(unknown)}")
        endpoint, style = options.get("endpoint", "").rstrip("/"), options.get("style", "path")
        if endpoint and urlsplit(endpoint).scheme not in ("http", "https"):
            raise AddressError("the endpoint is to begin with https://")
        if style not in ("path", "host"):
            raise AddressError("the style is path or host")
        region = options.get("region", cls.region)
        return cls(parts.netloc, parts.path.strip("/"), endpoint, region, style == "host")

    @property
    def address(self) -> str:
        """The endpoint as the client wants it; AWS's own where none is said."""
        endpoint = self.endpoint or f"https://s3.{self.region}.amazonaws.com"
        if not self.by_host:
            return endpoint
        parts = urlsplit(endpoint)
        return urlunsplit(parts._replace(netloc=f"{self.name}.{parts.netloc}"))


class S3Files(FileStore):
    """A bucket of encrypted files; keys lie in it as they do in the folder, so either is copied to the other as it is."""

    def __init__(self, bucket: Bucket, access_key: str, secret_key: str, wrapping_key: bytes):
        super().__init__(wrapping_key)
        self._client, self._quick = _clients(bucket, access_key, secret_key, CONNECT, STILL)

    def put_sealed(self, key: str, sealed: bytes) -> None:
        from obstore.exceptions import AlreadyExistsError

        place = place_of(key)
        with _reached():
            try:
                self._client.put(place, sealed, mode="create", use_multipart=False)
                return
            except AlreadyExistsError:
                pass
            except FileNotFoundError as error:
                raise StoreUnavailable("there is no such bucket") from error
        # an attempt may have arrived whose answer was lost; nothing else seals to the same bytes
        if self.get_sealed(key) != sealed:
            raise FileExistsError(key)

    def get_sealed(self, key: str) -> bytes:
        place = place_of(key)
        try:
            with _reached():
                return bytes(self._client.get(place).bytes())
        except FileNotFoundError:
            raise KeyError(key) from None

    def delete(self, key: str) -> None:
        place = place_of(key)
        with suppress(FileNotFoundError), _reached():
            self._client.delete(place)

    def stored(self) -> Iterator[Stored]:
        with _reached():
            for page in self._client.list():
                for one in page:
                    if key := key_at(one["path"]):
                        yield Stored(key, one["last_modified"])

    def check(self) -> None:
        with _reached():
            next(iter(self._quick.list(chunk_size=1)), None)


@lru_cache(maxsize=4)
def _clients(
    bucket: Bucket, access_key: str, secret_key: str, connect: timedelta, still: timedelta
) -> tuple["S3Store", "S3Store"]:
    """The client that works and the one that only looks, with their connections; kept for the process."""
    from obstore.store import S3Store

    # all of it said here, by a provider, since the client would take what it isn't told from the machine's AWS_*
    who = {"access_key_id": access_key, "secret_access_key": secret_key, "token": None, "expires_at": None}
    about: dict[str, Any] = {
        "bucket": bucket.name, "region": bucket.region, "endpoint": bucket.address, "credential_provider": lambda: who,
        "virtual_hosted_style_request": bucket.by_host,
        # many at once is an invention of AWS that others don't all have
        "disable_bulk_delete": True,
    }  # fmt: skip
    plain = bucket.address.startswith("http://")

    def client(connect: timedelta, still: timedelta, whole: timedelta, retries: int) -> "S3Store":
        options = {"connect_timeout": connect, "read_timeout": still, "timeout": whole, "allow_http": plain}
        again = {"max_retries": retries, "retry_timeout": GIVE_UP}
        return S3Store(prefix=bucket.prefix or None, client_options=options, retry_config=again, **about)

    return client(connect, still, _WHOLE, _RETRIES), client(_CHECKING, _CHECKING, _CHECKING, 0)


@contextmanager
def _reached() -> Iterator[None]:
    """Whatever the client raises but for a file that isn't there is a place out of reach; told without its XML."""
    try:
        yield
    except StoreUnavailable:
        raise
    except Exception as error:
        if _NO_BUCKET in str(error):
            raise StoreUnavailable("there is no such bucket") from None
        if isinstance(error, FileNotFoundError):
            raise
        raise StoreUnavailable(_short(error)) from None


def _short(error: Exception) -> str:
    return str(error).partition("\n")[0].partition(": <?xml")[0][:300]
