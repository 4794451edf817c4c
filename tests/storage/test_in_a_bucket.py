"""A house whose files lie in a bucket: the life of a scan from its form to its destruction, and days without the bucket."""

import html
import io
import re
from dataclasses import replace

import pytest

from admin_app.models import register_named
from admin_app.storage import bucket_of
from tests.fixtures.buckets import KEYS
from tests.fixtures.destruction import HERE, Ending
from tests.fixtures.records import texts_of
from tests.fixtures.web import post
from tests.views.test_scans import paper

#: nobody listens there
GONE = "s3://house?endpoint=http://127.0.0.1:1"


@pytest.fixture
def lie_in(app, world):
    """Have the files of the application lie at another address; the place itself."""

    def move_to(url):
        app.config["SETTINGS"] = settings = replace(world.settings, files_url=url, **KEYS)
        return bucket_of(settings)

    return move_to


@pytest.fixture
def bucket(lie_in, bucket_url):
    return lie_in(bucket_url)


@pytest.fixture
def item(room):
    return room.get("archive_item", next(iter(room.items.values())))


@pytest.fixture
def attach(room, item, clients):
    """Send the keeper's form of an item with a scan chosen, or held since before; the answer."""

    def send(**more):
        now = room.get("archive_item", item.id)
        with room.world.open() as session:
            values = {name: getattr(now, name) for name in now.faces if name != "scan"}
            typed = texts_of(session, register_named("archive_item"), values) | {"version": str(now.version)}
        address = f"/admin/archive_item/edit/?id={item.public_id}"
        return post(clients("archive_keeper"), address, typed | more, content_type="multipart/form-data")

    return send


@pytest.fixture
def destroy(room, clients):
    """Have the room's file destroyed, the last witness signing on the page; the list as it is then."""

    def carry_out():
        ending = Ending(room)
        ending.set("archive_file", room.file_id, department_id=HERE)
        ending.close(room.file_id)
        listing = ending.approved()
        ending.change(listing, destroyed_on=ending.today, way="shred")
        ending.sign(listing, "first_witness_by_id")
        record = room.get("destruction", listing)
        address = f"/admin/destruction/sign/?id={record.public_id}&field=second_witness_by_id"
        assert post(clients("info_supervisor"), address, {"version": str(record.version)}).status_code == 302
        return room.get("destruction", listing)

    return carry_out


def chosen():
    return {"scan": (io.BytesIO(paper(2)), "合同.pdf")}


def scan_of(room, item):
    return room.get("archive_item", item.id).scan


@pytest.mark.rule("R-ARCH-07", "R-CONF-04")
def test_a_scan_is_attached_looked_at_voided_and_destroyed(room, world, item, clients, bucket, attach, destroy):
    assert attach(**chosen()).status_code == 302
    [lies] = bucket.stored()
    assert scan_of(room, item) == f"{lies.key}/合同.pdf"
    assert not (world.settings.data_dir / "files").exists()

    keeper, asked = clients("archive_keeper"), f"?id={item.public_id}&field=scan&page=2"
    assert "第 2 页，共 2 页" in keeper.get(f"/admin/archive_item/scan/{asked}").text
    assert keeper.get(f"/admin/archive_item/scan/page/{asked}").mimetype == "image/jpeg"

    verb = f"?id={item.public_id}"
    assert (
        post(keeper, f"/admin/archive_item/delete/{verb}", {"reason": "录重了", "confirmed": "yes"}).status_code == 302
    )
    assert room.get("archive_item", item.id).void_reason == "录重了"
    assert [one.key for one in bucket.stored()] == [lies.key]
    assert post(keeper, f"/admin/archive_item/restore/{verb}", {"confirmed": "yes"}).status_code == 302

    assert destroy().scans_erased is True
    assert (scan_of(room, item), list(bucket.stored())) == (None, [])


@pytest.mark.rule("R-SIGN-05")
def test_without_the_bucket_the_form_comes_back_whole_and_is_saved_when_it_is_there_again(
    room, item, lie_in, bucket_url, attach
):
    lie_in(GONE)
    before = scan_of(room, item)
    answer = attach(**chosen())
    assert answer.status_code == 503
    assert "存放文件的地方暂时连不上，这一次没有保存。" in answer.text
    assert re.search(r"联系管理员时请报编号 [0-9A-F]{8}", answer.text)
    assert "合同.pdf" in answer.text
    assert (before, scan_of(room, item)) == (None, None)
    token = html.unescape(re.search(r'name="scan__held" value="([^"]+)"', answer.text)[1])
    bucket = lie_in(bucket_url)
    assert attach(scan__held=token).status_code == 302
    assert bucket.get(scan_of(room, item).partition("/")[0]).startswith(b"%PDF")


@pytest.mark.rule("R-SIGN-05")
def test_without_the_bucket_a_scan_is_not_shown_and_the_page_says_why(item, clients, bucket, lie_in, attach):
    attach(**chosen())
    lie_in(GONE)
    for page in ("scan/", "scan/page/", "file/"):
        answer = clients("archive_keeper").get(f"/admin/archive_item/{page}?id={item.public_id}&field=scan")
        assert (answer.status_code, answer.headers["Retry-After"]) == (503, "60"), page
        assert "这个文件现在打不开" in answer.text, page
        assert "联系管理员时请报编号" in answer.text, page
        assert "127.0.0.1:1" not in answer.text, page


def test_without_the_bucket_the_program_lives_and_says_that_it_is_not_ready(app, anonymous, lie_in, bucket_url):
    lie_in(GONE)
    assert (anonymous.get("/readyz").status_code, anonymous.get("/readyz").text) == (503, "files not reachable\n")
    assert anonymous.get("/healthz").status_code == 200
    lie_in(bucket_url)
    assert (anonymous.get("/readyz").status_code, anonymous.get("/readyz").text) == (200, "ok\n")


@pytest.mark.rule("R-ARCH-07")
def test_a_destruction_stands_though_its_scans_are_out_of_reach(bucket, lie_in, attach, destroy):
    attach(**chosen())
    lie_in(GONE)
    listing = destroy()
    assert (listing.second_witness_by_id is not None, bool(listing.scans_erased)) == (True, False)
    assert len(list(bucket.stored())) == 1
