"""Stored files are unreadable without the house's key and bound to their names, in a folder as in a bucket."""

import errno
import os
import socket
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Thread

import pytest
from cryptography.exceptions import InvalidTag

from admin_app.storage import FileStore, StoreUnavailable, bucket_of, digest, file_store, folder_of, s3
from admin_app.storage.s3 import AddressError, Bucket
from config import Settings
from tests.fixtures.buckets import KEYS

KEY = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8="
OTHER = "Hx4dHBsaGRgXFhUUExIREA8ODQwLCgkIBwYFBAMCAQA="
CONTENT = "顾客姓名,单秀兰".encode()


@pytest.fixture(params=["folder", "bucket"])
def settings(request, tmp_path) -> Settings:
    kept = Settings(data_dir=tmp_path, file_key=KEY, **KEYS)
    return kept if request.param == "folder" else replace(kept, files_url=request.getfixturevalue("bucket_url"))


@pytest.fixture
def files(settings) -> FileStore:
    return file_store(settings)


def lay(files: FileStore, key: str, sealed: bytes) -> None:
    """Put *sealed* in the place of what lies under *key*, as whoever has the folder or the bucket could."""
    files.delete(key)
    files.put_sealed(key, sealed)


def test_a_stored_file_comes_back_as_it_was_and_lies_encrypted(files):
    key = files.put(CONTENT)
    assert files.get(key) == CONTENT
    assert CONTENT not in files.get_sealed(key)


def test_the_folder_is_for_the_programs_account_alone(tmp_path):
    files = folder_of(Settings(data_dir=tmp_path, file_key=KEY))
    files.put(CONTENT)
    [path] = [path for path in files.folder.rglob("*") if path.is_file()]
    assert path.stat().st_mode & 0o077 == 0


def test_equal_files_are_not_recognised_as_equal(files):
    first, second = (files.get_sealed(files.put(CONTENT)) for _file in range(2))
    assert first != second


def test_another_key_opens_nothing(settings, files):
    key = files.put(CONTENT)
    with pytest.raises(InvalidTag):
        file_store(replace(settings, file_key=OTHER)).get(key)


@pytest.mark.parametrize("spoil", [lambda sealed: sealed[:-1] + bytes([sealed[-1] ^ 1]), lambda sealed: sealed[:20]])
def test_a_changed_file_is_not_opened(files, spoil):
    key = files.put(CONTENT)
    lay(files, key, spoil(files.get_sealed(key)))
    with pytest.raises(InvalidTag):
        files.get(key)


def test_a_file_put_in_anothers_place_is_not_opened(files):
    first, second = files.put(CONTENT), files.put(b"other")
    sealed = files.get_sealed(first)
    lay(files, first, files.get_sealed(second))
    lay(files, second, sealed)
    for key in (first, second):
        with pytest.raises(InvalidTag):
            files.get(key)


def test_nothing_is_written_over(files):
    key = files.put(CONTENT)
    with pytest.raises(FileExistsError):
        files.put_sealed(key, b"other")
    assert files.get(key) == CONTENT


def test_a_deleted_file_is_gone_and_deleting_again_does_nothing(files):
    key = files.put(CONTENT)
    files.delete(key)
    files.delete(key)
    with pytest.raises(KeyError):
        files.get(key)
    assert list(files.stored()) == []


@pytest.mark.parametrize("key", ["../../etc/passwd", "", "a/b", "é"])
def test_a_key_that_was_never_given_out_leads_nowhere(files, key):
    with pytest.raises(KeyError):
        files.get(key)


def test_what_lies_there_is_listed_with_since_when_and_nothing_of_others(settings, files):
    keys = {files.put(CONTENT) for _file in range(3)}
    if settings.files_url:
        files._client.put("ab/of-somebody-else", b"1")
        files._client.put("readme", b"1")
    else:
        (files.folder / "ab").mkdir(exist_ok=True)
        (files.folder / "ab/of-somebody-else").write_bytes(b"1")
    listed = list(files.stored())
    assert {one.key for one in listed} == keys
    assert all(abs(one.since - datetime.now(UTC)) < timedelta(minutes=1) for one in listed)


def test_the_digest_is_of_the_content():
    assert digest(b"") == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"


@dataclass
class Gone:
    """A place that nobody reaches, and how each wish ends there."""

    files: FileStore

    def wishes(self):
        key = "ab" * 20
        return (
            lambda: self.files.put(CONTENT), lambda: self.files.get(key), lambda: self.files.delete(key),
            lambda: list(self.files.stored()), self.files.check,
        )  # fmt: skip


def bucket_at(tmp_path: Path, url: str, **values: str) -> FileStore:
    return bucket_of(Settings(data_dir=tmp_path, file_key=KEY, files_url=url, **(KEYS | values)))


def test_a_service_that_is_down_is_out_of_reach_for_every_wish(tmp_path):
    gone = Gone(bucket_at(tmp_path, "s3://house?endpoint=http://127.0.0.1:1"))
    for wish in gone.wishes():
        with pytest.raises(StoreUnavailable):
            wish()


def test_a_bucket_that_is_not_there_is_no_missing_file(tmp_path, s3_service):
    gone = Gone(bucket_at(tmp_path, f"s3://never-made?endpoint={s3_service}"))
    for wish in gone.wishes():
        with pytest.raises(StoreUnavailable, match="bucket"):
            wish()


def test_a_service_that_says_nothing_is_given_up(tmp_path, monkeypatch):
    """Two retries of a quarter of a second each, and the pauses between them, are over within four seconds."""
    monkeypatch.setattr(s3, "STILL", timedelta(seconds=0.25))
    with socket.create_server(("127.0.0.1", 0)) as silent:
        files = bucket_at(tmp_path, f"s3://house?endpoint=http://127.0.0.1:{silent.getsockname()[1]}")
        began = datetime.now(UTC)
        with pytest.raises(StoreUnavailable):
            files.get("ab" * 20)
        assert datetime.now(UTC) - began < timedelta(seconds=4)


@pytest.fixture
def heard(monkeypatch):
    """What a service that knows every name hears: it is the proxy, and has ``hi`` under every address."""
    requests = []

    def answer(listening):
        with suppress(OSError):
            while True:
                line, _address = listening.accept()
                with line:
                    requests.append(line.recv(4096).decode())
                    line.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\nETag: \"1\"\r\n"
                                 b"Last-Modified: Mon, 23 Nov 2026 03:46:52 GMT\r\nConnection: close\r\n\r\nhi")  # fmt: skip

    listening = socket.create_server(("127.0.0.1", 0))
    monkeypatch.setenv("HTTP_PROXY", f"http://127.0.0.1:{listening.getsockname()[1]}")
    Thread(target=answer, args=(listening,), daemon=True).start()
    yield requests
    listening.shutdown(socket.SHUT_RDWR)
    listening.close()


def test_the_buckets_name_may_stand_before_the_endpoints_and_the_machines_surroundings_have_no_say(
    tmp_path, heard, monkeypatch
):
    for name in ("ACCESS_KEY_ID", "SECRET_ACCESS_KEY", "SESSION_TOKEN", "ENDPOINT", "BUCKET", "REGION"):
        monkeypatch.setenv(f"AWS_{name}", "http://surroundings")
    files = bucket_at(tmp_path, "s3://house/old?endpoint=http://oss.test&style=host&region=cn-hangzhou")
    assert files.get_sealed("ab" * 20) == b"hi"
    [request] = heard
    assert request.startswith(f"GET http://house.oss.test/old/ab/{'ab' * 20} ")
    assert "Credential=reader/" in request
    assert "/cn-hangzhou/s3/" in request
    assert "surroundings" not in request


def test_a_put_whose_answer_was_lost_is_no_other_file(tmp_path, bucket_url):
    files = bucket_at(tmp_path, bucket_url)
    key = files.put(CONTENT)
    files.put_sealed(key, files.get_sealed(key))
    assert files.get(key) == CONTENT


def test_a_file_in_the_folders_place_is_out_of_reach_for_every_wish(tmp_path):
    gone = Gone(folder_of(Settings(data_dir=tmp_path, file_key=KEY)))
    gone.files.folder.write_bytes(b"")
    for wish in gone.wishes():
        with pytest.raises(StoreUnavailable):
            wish()


def test_a_full_disk_leaves_nothing_half_written(tmp_path, monkeypatch):
    files = folder_of(Settings(data_dir=tmp_path, file_key=KEY))

    def full(handle):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("admin_app.storage.local.os.fsync", full)
    with pytest.raises(StoreUnavailable, match="No space left"):
        files.put(CONTENT)
    assert list(files.stored()) == []


def test_the_folder_knows_of_a_file_before_the_record_refers_to_it(tmp_path, monkeypatch):
    """A power cut right after: the file's bytes are synced, so is its name in its folder, and that folder's in the one above."""
    files, synced = folder_of(Settings(data_dir=tmp_path, file_key=KEY)), []
    sync = os.fsync
    monkeypatch.setattr(
        "admin_app.storage.local.os.fsync",
        lambda handle: (synced.append(os.readlink(f"/proc/self/fd/{handle}")), sync(handle)),
    )
    files.put(CONTENT)
    (lying,) = [path for path in files.folder.glob("*/*") if path.is_file()]
    assert synced == [str(lying), str(lying.parent), str(files.folder)]


class TestAddress:
    def test_is_bucket_prefix_and_options(self):
        url = "s3://house/strongroom/files/?endpoint=https://oss-cn-hangzhou.example/&region=cn-hangzhou&style=host"
        read = Bucket.read(url)
        assert read == Bucket("house", "strongroom/files", "https://oss-cn-hangzhou.example", "cn-hangzhou", True)
        assert read.address == "https://house.oss-cn-hangzhou.example"

    def test_may_be_a_bucket_alone(self):
        assert Bucket.read("s3://house") == Bucket("house", "", "", "us-east-1", False)

    @pytest.mark.parametrize(
        "url",
        ["https://house", "s3:///prefix", "s3://key:secret@house", "s3://house?endpoint=minio:9000",
         "s3://house?secret=x", "s3://house?style=other"],
    )  # fmt: skip
    def test_that_can_be_none_stops_the_start(self, tmp_path, url):
        with pytest.raises(AddressError):
            Bucket.read(url)
        with pytest.raises(SystemExit, match="STRONGROOM_FILES_URL"):
            bucket_at(tmp_path, url)

    @pytest.mark.parametrize("name", ["files_access_key", "files_secret_key"])
    def test_wants_credentials_and_asks_nobody_else_for_them(self, tmp_path, name):
        with pytest.raises(SystemExit, match=f"STRONGROOM_{name.upper()}"):
            bucket_at(tmp_path, "s3://house", **{name: ""})

    def test_is_read_from_the_environment_and_its_secret_is_told_nobody(self):
        named = {"STRONGROOM_FILES_URL": "s3://house", "STRONGROOM_FILES_ACCESS_KEY": "me",
                 "STRONGROOM_FILES_SECRET_KEY": "shh-secret"}  # fmt: skip
        settings = Settings.from_environment(named)
        assert (settings.files_url, settings.files_access_key, settings.files_secret_key) == (
            "s3://house",
            "me",
            "shh-secret",
        )
        assert "shh-secret" not in repr(settings)
