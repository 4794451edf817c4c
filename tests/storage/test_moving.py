"""Files go from folder to bucket and back as they lie, compared before the first place lets go; backups hold either."""

from contextlib import contextmanager
from dataclasses import replace

import pytest
from click.testing import CliRunner

from admin_app import backups
from admin_app.cli import main
from admin_app.storage import StoreUnavailable, bucket_of, file_store, folder_of, move
from config import Settings
from tests.fixtures.buckets import KEYS

CONTENTS = [f"第{number}份扫描件".encode() for number in range(3)]


@pytest.fixture
def settings(tmp_path, bucket_url) -> Settings:
    return Settings(data_dir=tmp_path / "house", files_url=bucket_url, **KEYS)


@pytest.fixture
def folder(settings):
    return folder_of(settings)


@pytest.fixture
def bucket(settings):
    return bucket_of(settings)


def held(store) -> list[bytes]:
    return sorted(store.get(one.key) for one in store.stored())


def test_files_go_to_the_bucket_and_back_under_their_keys(folder, bucket):
    keys = {folder.put(content) for content in CONTENTS}
    assert move(folder, bucket).files == 3
    assert (list(folder.stored()), {one.key for one in bucket.stored()}, held(bucket)) == ([], keys, CONTENTS)
    assert move(bucket, folder).files == 3
    assert (list(bucket.stored()), {one.key for one in folder.stored()}, held(folder)) == ([], keys, CONTENTS)


def test_copied_they_stay_and_the_move_afterwards_lets_go(folder, bucket):
    for content in CONTENTS:
        folder.put(content)
    assert move(folder, bucket, keep=True).files == 3
    assert held(folder) == held(bucket) == CONTENTS
    assert move(folder, bucket).files == 3
    assert (held(folder), held(bucket)) == ([], CONTENTS)


def test_a_move_that_was_cut_goes_on(folder, bucket, monkeypatch):
    for content in CONTENTS:
        folder.put(content)
    told = []
    with monkeypatch.context() as cut, pytest.raises(StoreUnavailable):
        cut.setattr(bucket, "put_sealed", breaking_off(bucket.put_sealed, after=2))
        move(folder, bucket, tell=told.append)
    assert (told, len(held(folder)), len(held(bucket))) == ([1, 2], 1, 2)
    assert move(folder, bucket).files == 1
    assert (held(folder), held(bucket)) == ([], CONTENTS)


def breaking_off(put, after):
    put_so_far = []

    def put_or_break(key, sealed):
        if len(put_so_far) == after:
            raise StoreUnavailable("the line is cut")
        put_so_far.append(key)
        put(key, sealed)

    return put_or_break


def test_what_a_kill_left_half_written_at_the_other_end_is_written_anew(folder, bucket):
    key = bucket.put(CONTENTS[0])
    folder.put_sealed(key, bucket.get_sealed(key)[:30])
    assert move(bucket, folder).files == 1
    assert (held(folder), held(bucket)) == (CONTENTS[:1], [])


def test_what_does_not_open_stays_where_it_is_and_is_named(folder, bucket):
    good, bad = folder.put(CONTENTS[0]), folder.put(CONTENTS[1])
    sealed = folder.get_sealed(bad)
    folder.delete(bad)
    folder.put_sealed(bad, sealed[:-1])
    assert move(folder, bucket).damaged == [bad]
    assert [one.key for one in folder.stored()] == [bad]
    assert [one.key for one in bucket.stored()] == [good]


def test_what_comes_back_otherwise_is_not_let_go(folder, bucket, monkeypatch):
    key = folder.put(CONTENTS[0])
    monkeypatch.setattr(bucket, "get_sealed", lambda key: b"something else")
    with pytest.raises(StoreUnavailable, match=key):
        move(folder, bucket)
    assert held(folder) == CONTENTS[:1]


@contextmanager
def environment(monkeypatch, settings):
    with monkeypatch.context() as patched:
        patched.setenv("STRONGROOM_DATA_DIR", str(settings.data_dir))
        for name in ("files_url", *KEYS):
            patched.setenv(f"STRONGROOM_{name.upper()}", getattr(settings, name))
        yield CliRunner()


def test_the_command_moves_and_says_how_many(folder, bucket, settings, monkeypatch):
    for content in CONTENTS:
        folder.put(content)
    with environment(monkeypatch, settings) as run:
        assert run.invoke(main, ["files", "move", "--to", "bucket"]).output == "3 个文件已移到存储桶\n"
        assert held(bucket) == CONTENTS
        folder.put_sealed("ab" * 20, b"torn")
        answer = run.invoke(main, ["files", "move", "--to", "bucket"])
        assert (answer.exit_code, "1 个打不开" in answer.output) == (1, True)
        assert run.invoke(main, ["files", "move", "--to", "folder", "--keep"]).output == "3 个文件已复制到本地文件夹\n"


def test_the_command_says_that_the_bucket_is_out_of_reach(folder, settings, monkeypatch):
    folder.put(CONTENTS[0])
    with environment(monkeypatch, replace(settings, files_url="s3://house?endpoint=http://127.0.0.1:1")) as run:
        answer = run.invoke(main, ["files", "move", "--to", "bucket"])
    assert (answer.exit_code, "存放文件的地方连不上" in answer.output) == (1, True)
    assert held(folder) == CONTENTS[:1]


class TestBackup:
    @pytest.fixture
    def house(self, settings, tmp_path):
        """A house with files in its bucket, and settings of an empty one with a folder."""
        (settings.data_dir).mkdir()
        (settings.data_dir / "strongroom.db").touch()
        store = file_store(settings)
        for content in CONTENTS:
            store.put(content)
        return settings, Settings(data_dir=tmp_path / "new"), tmp_path / "house.tar.gz"

    def test_of_a_bucket_comes_back_in_a_folder_and_the_other_way_round(self, house, bucket):
        settings, new, archive = house
        backups.backup(settings, archive)
        assert backups.restore(new, archive) is True
        assert held(file_store(new)) == CONTENTS
        backups.backup(new, archive)
        for one in bucket.stored():
            bucket.delete(one.key)
        (settings.data_dir / "strongroom.db").unlink()
        assert backups.restore(settings, archive) is True
        assert held(bucket) == CONTENTS

    def test_without_files_says_so_when_it_is_restored(self, house, monkeypatch):
        settings, new, archive = house
        with environment(monkeypatch, settings) as run:
            answer = run.invoke(main, ["backup", "--without-files", str(archive)])
            assert answer.output == f"{archive}（不含附件等文件）\n"
        with environment(monkeypatch, replace(new, files_url="")) as run:
            assert "请另行恢复存放文件的地方" in run.invoke(main, ["restore", str(archive)]).output
        assert list(file_store(new).stored()) == []

    def test_that_is_cut_leaves_the_one_before_and_no_half(self, house):
        settings, _new, archive = house
        archive.write_bytes(b"yesterday's")
        with pytest.raises(StoreUnavailable):
            backups.backup(replace(settings, files_url="s3://house?endpoint=http://127.0.0.1:1"), archive)
        assert archive.read_bytes() == b"yesterday's"
        assert [path.name for path in archive.parent.glob(f"{archive.name}*")] == [archive.name]
