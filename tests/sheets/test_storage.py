"""Stored files are unreadable without the house's key, and bound to their names."""

import pytest
from cryptography.exceptions import InvalidTag

from admin_app.storage import LocalFiles, digest

KEY = bytes(range(32))
CONTENT = "顾客姓名,单秀兰".encode()


@pytest.fixture
def files(tmp_path) -> LocalFiles:
    return LocalFiles(tmp_path / "files", KEY)


def test_a_stored_file_comes_back_as_it_was_and_lies_encrypted(files):
    key = files.put(CONTENT)
    assert files.get(key) == CONTENT
    [path] = [path for path in files.folder.rglob("*") if path.is_file()]
    assert CONTENT not in path.read_bytes()
    assert path.stat().st_mode & 0o077 == 0


def test_equal_files_are_not_recognised_as_equal_in_the_folder(files):
    first, second = (files.folder / key[:2] / key for key in (files.put(CONTENT), files.put(CONTENT)))
    assert first.read_bytes() != second.read_bytes()


def test_another_key_opens_nothing(files):
    key = files.put(CONTENT)
    with pytest.raises(InvalidTag):
        LocalFiles(files.folder, KEY[::-1]).get(key)


@pytest.mark.parametrize("spoil", [lambda sealed: sealed[:-1] + bytes([sealed[-1] ^ 1]), lambda sealed: sealed[:20]])
def test_a_changed_file_is_not_opened(files, spoil):
    key = files.put(CONTENT)
    path = files.folder / key[:2] / key
    path.write_bytes(spoil(path.read_bytes()))
    with pytest.raises(InvalidTag):
        files.get(key)


def test_a_file_put_in_anothers_place_is_not_opened(files):
    first, second = files.put(CONTENT), files.put(b"other")
    (files.folder / first[:2] / first).write_bytes((files.folder / second[:2] / second).read_bytes())
    with pytest.raises(InvalidTag):
        files.get(first)


def test_a_deleted_file_is_gone_and_deleting_again_does_nothing(files):
    key = files.put(CONTENT)
    files.delete(key)
    files.delete(key)
    with pytest.raises(KeyError):
        files.get(key)


@pytest.mark.parametrize("key", ["../../etc/passwd", "", "a/b", "é"])
def test_a_key_that_was_never_given_out_leads_nowhere(files, key):
    with pytest.raises(KeyError):
        files.get(key)


def test_the_digest_is_of_the_content():
    assert digest(b"") == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
