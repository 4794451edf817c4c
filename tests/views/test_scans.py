"""Scans are looked at page by page by who may read the contents, with their name across, and the trail keeps each page."""

import io
import json
from pathlib import Path
from threading import BoundedSemaphore

import PIL.Image
import PIL.ImageChops
import PIL.ImageDraw
import pytest
from sqlalchemy import select

from admin_app import clock
from admin_app.database import db
from admin_app.models import register_named
from admin_app.permissions import Level
from admin_app.storage import files
from admin_app.views.register import scan_pages
from admin_app.working.trail import TrailEntry
from tests.fixtures.web import post

pytestmark = pytest.mark.rule("R-CONF-04", "R-AUDT-01")


#: a telephone's photograph of 120 × 80, its left half black
PHOTO = (Path(__file__).parents[1] / "data" / "photo.heic").read_bytes()


def paper(pages=3, kind="PDF"):
    """A scan of as many pages, each with a black bar of its own."""
    drawn = []
    for number in range(pages):
        page = PIL.Image.new("RGB", (600, 800), "white")
        PIL.ImageDraw.Draw(page).rectangle((50, 50 + 100 * number, 550, 100 + 100 * number), fill="black")
        drawn.append(page)
    file = io.BytesIO()
    more = {"save_all": True, "append_images": drawn[1:]} if pages > 1 else {}
    drawn[0].save(file, kind, **more)
    return file.getvalue()


@pytest.fixture
def scanned(room, app):
    """Give an item a scan; the addresses of its page and its picture."""

    def give(content, name="装修合同.pdf", level=Level.SECRET):
        with app.app_context():
            key = files().put(content)
        with room.acting("system") as session:
            item = session.get_one(register_named("archive_item"), room.items[level])
            item.scan, public_id = f"{key}/{name}", item.public_id
        asked = f"?id={public_id}&field=scan&page="
        return f"/admin/archive_item/scan/{asked}", f"/admin/archive_item/scan/page/{asked}"

    return give


@pytest.fixture
def looked_at(room):
    """What the trail has of scans: who, and which page."""

    def asked():
        with room.world.open() as session:
            seen = session.scalars(select(TrailEntry).where(TrailEntry.event == "viewed").order_by(TrailEntry.seq))
            told = [(entry.actor_id, json.loads(entry.detail)) for entry in seen]
        return [(actor, detail["page"]) for actor, detail in told if detail["via"] == "scan" and "page" in detail]

    return asked


def test_a_reader_turns_the_pages_and_each_is_in_the_trail(room, scanned, clients, looked_at):
    page, picture = scanned(paper())
    keeper = clients("archive_keeper")
    shown = keeper.get(page + "2").text
    assert "第 2 页，共 3 页" in shown
    assert f'rel="next" href="{page}3"'.replace("&", "&amp;") in shown
    assert [keeper.get(picture + number).mimetype for number in "13"] == ["image/jpeg"] * 2
    keeper_id = room.world.person("archive_keeper").id
    assert looked_at() == [(keeper_id, 1), (keeper_id, 3)]
    assert [keeper.get(address).status_code for address in (page + "4", picture + "4")] == [404, 404]


def test_the_page_bears_who_looks_and_when(scanned, clients, monkeypatch):
    _page, picture = scanned(paper())
    marks = []
    monkeypatch.setattr(scan_pages, "draw", lambda content, page, mark: marks.append(mark) or b"")
    clients("archive_keeper").get(picture + "1")
    assert marks == ["档案管理员 0019 2026-03-11 10:00"]


def test_the_mark_lies_over_every_part_of_the_page():
    plain, marked = (
        PIL.Image.open(io.BytesIO(scan_pages.draw(paper(1), 1, mark))) for mark in ("", "王守诚 0012 2026-03-11")
    )
    assert max(marked.size) == 1600
    changed = PIL.ImageChops.difference(plain, marked).convert("L").point(lambda value: 255 * (value > 30))
    width, height = marked.size
    parts = [
        (x * width // 3, y * height // 3, (x + 1) * width // 3, (y + 1) * height // 3)
        for x in range(3)
        for y in range(3)
    ]
    assert all(changed.crop(part).getbbox() for part in parts)


@pytest.mark.rule("R-CONF-02")
def test_who_may_not_read_the_contents_finds_no_page(room, scanned, clients, looked_at):
    secret = scanned(paper())
    confidential = scanned(paper(), level=Level.CONFIDENTIAL)
    assert [clients("clerk").get(address + "1").status_code for address in secret] == [404, 404]
    # the keepers have the catalogue of every level; the contents of 机密 are opened by a grant
    assert [clients("archive_keeper").get(address + "1").status_code for address in confidential] == [404, 404]
    assert looked_at() == []
    signers = ("info_supervisor", "archive_keeper", "service_manager")
    room.granted("archive_keeper2", level=Level.CONFIDENTIAL, table="access_request", signers=signers)
    assert [clients("archive_keeper2").get(address + "1").status_code for address in confidential] == [200, 200]
    assert [clients("archive_keeper").get(address + "1").status_code for address in confidential] == [404, 404]


@pytest.mark.parametrize(
    ("content", "name"),
    [(paper(1, "PNG"), "照片.png"), (paper(1, "JPEG"), "照片.JPG"), (paper(2, "TIFF"), "扫描.tif"), (paper(1, "WEBP"), "图.webp"),
     (PHOTO, "手机.HEIC")],
    ids=["png", "jpeg", "tiff", "webp", "heic"],
)  # fmt: skip
def test_pictures_have_pages_too(scanned, clients, content, name):
    page, picture = scanned(content, name)
    keeper = clients("archive_keeper")
    assert f"共 {2 if name.endswith('tif') else 1} 页" in keeper.get(page + "1").text
    assert keeper.get(picture + "1").status_code == 200


def test_a_telephones_photograph_is_drawn_as_it_was_taken():
    drawn = PIL.Image.open(io.BytesIO(scan_pages.draw(PHOTO, 1, ""))).convert("L")
    assert drawn.size == (120, 80)
    assert (drawn.getpixel((20, 40)) < 40, drawn.getpixel((100, 40)) > 215) == (True, True)


def bomb():
    """A picture of 400 million pixels in half a megabyte."""
    file = io.BytesIO()
    PIL.Image.new("1", (20_000, 20_000)).save(file, "PNG")
    return file.getvalue()


@pytest.mark.parametrize(
    ("content", "name", "said"),
    [(b"%PDF-1.7 torn", "a.pdf", "文件打不开"), (b"\x89PNG\r\n\x1a\n", "a.png", "文件打不开"), (bomb(), "a.png", "文件太大"),
     (PHOTO[:200], "a.heic", "文件打不开")],
    ids=["torn", "empty", "bomb", "torn heic"],
)  # fmt: skip
def test_a_file_that_cannot_be_drawn_says_so_and_stops_nothing(scanned, clients, content, name, said):
    page, picture = scanned(content, name)
    keeper = clients("archive_keeper")
    assert said in keeper.get(page + "1").text
    assert keeper.get(picture + "1").status_code == 404


def test_a_file_without_pages_is_fetched_as_before(room, scanned, clients):
    page, _picture = scanned(b"PK\x03\x04", "清单.docx")
    keeper = clients("archive_keeper")
    assert keeper.get(page + "1").status_code == 404
    with clock.stopped_at(room.now):
        record = keeper.get(page.replace("/scan/", "/details/")).text
    assert "/admin/archive_item/file/?id=" in record
    assert "/admin/archive_item/scan/" not in record


def test_when_too_much_is_drawn_the_page_is_asked_for_again_instead_of_waiting(scanned, clients, monkeypatch):
    page, picture = scanned(paper())
    keeper = clients("archive_keeper")
    monkeypatch.setattr(scan_pages, "_DRAWING", BoundedSemaphore(1))
    monkeypatch.setattr(scan_pages, "_TURN", 0.01)
    with scan_pages._DRAWING:
        assert [keeper.get(address + "1").status_code for address in (page, picture)] == [503, 503]
    assert [keeper.get(address + "1").status_code for address in (page, picture)] == [200, 200]


def test_the_pages_of_a_file_are_counted_once_and_no_transaction_is_open_meanwhile(scanned, clients, monkeypatch):
    page, picture = scanned(paper())
    keeper, drawn, real = clients("archive_keeper"), [], scan_pages._drawn

    def watched(content, number, mark):
        drawn.append((number, db.session.in_transaction()))
        return real(content, number, mark)

    monkeypatch.setattr(scan_pages, "_drawn", watched)
    for address in (page, picture, page):
        assert keeper.get(address + "2").status_code == 200
    assert drawn == [(0, False), (2, False)]


@pytest.mark.rule("R-CONF-12", "R-CONF-07")
def test_a_scan_of_important_material_is_neither_printed_nor_downloaded_without_a_copy(room, scanned, clients):
    page, _picture = scanned(paper())
    plain = clients("archive_keeper").get(page + "1").text
    assert ("not-printed" in plain, "凭副本下载" in plain) == (False, False)
    with room.acting("system") as session:
        session.get_one(register_named("archive_item"), room.items[Level.SECRET]).important = True
    keeper, file = clients("archive_keeper"), page.replace("/scan/", "/file/").partition("&page=")[0]
    shown = keeper.get(page + "1").text
    assert ("not-printed" in shown, "凭副本下载" in shown) == (True, True)
    asked = keeper.get(file)
    assert (asked.mimetype, "副本编号" in asked.text) == ("text/html", True)
    refused = post(keeper, file, {"copy": "FZ-2026-000001 1/1"})
    assert (refused.status_code, refused.mimetype) == (403, "text/html")
    assert "须有发给本人、内容相符的副本编号" in refused.text
    with room.world.open() as session:
        assert session.scalars(select(TrailEntry).where(TrailEntry.event == "file_opened")).all() == []
