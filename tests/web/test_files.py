"""Files: what may come in, how they lie, and for how long a link is good."""

import asyncio
import os
from base64 import urlsafe_b64decode, urlsafe_b64encode
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.app import App
from bot.files import LocalFiles
from core.errors import StorageError
from core.filetypes import DOCX, MAX_FILE_BYTES, MAX_NAME, clean_name, media_type
from core.messages import AttachmentKind
from tests.support.clock import FixedClock
from tests.web.test_chat import rows
from tests.web.visiting import Visitor

JPEG = b"\xff\xd8\xff\xe0" + bytes(100)
PNG = b"\x89PNG\r\n\x1a\n" + bytes(100)


def packed(*names: str) -> bytes:
    held = BytesIO()
    with ZipFile(held, "w") as archive:
        for name in names:
            archive.writestr(name, "x")
    return held.getvalue()


@pytest.fixture
def files(tmp_path: Path, clock: FixedClock) -> LocalFiles:
    return LocalFiles(tmp_path / "files", b"k" * 32, clock)


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (JPEG, "image/jpeg"),
        (PNG, "image/png"),
        (b"RIFF\x00\x00\x00\x00WEBPVP8 ", "image/webp"),
        (b"RIFF\x00\x00\x00\x00WAVEfmt ", "audio/wav"),
        (b"RIFF\x00\x00\x00\x00AVI LIST", None),
        (b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic", "image/heic"),
        (b"\x00\x00\x00\x18ftypM4A \x00\x00\x00\x00", "audio/mp4"),
        (b"\x00\x00\x00\x18ftypmp42....hdlrsoun", "audio/mp4"),
        (b"\x00\x00\x00\x18ftypmp42....hdlrsoun....hdlrvide", None),
        (b"\x00\x00\x00\x18ftypqt  \x00\x00", None),
        (b"%PDF-1.7\n", "application/pdf"),
        (b"OggS\x00", "audio/ogg"),
        (b"ID3\x04", "audio/mpeg"),
        (b"\xff\xfb\x90\x00", "audio/mpeg"),
        (b"\xff\xf1\x50\x80", "audio/aac"),
        (b"#!AMR\n", "audio/amr"),
        (b"\x1a\x45\xdf\xa3....webm....A_OPUS", "audio/webm"),
        (b"\x1a\x45\xdf\xa3....webm....V_VP8", None),
        (packed("[Content_Types].xml", "word/document.xml"), DOCX),
        (packed("[Content_Types].xml", "word/document.xml", "word/vbaProject.bin"), None),
        (packed("xl/workbook.xml"), None),
        (b"PK\x03\x04 cut off", None),
        (b"MZ\x90\x00", None),
        (b"<html><script>", None),
        (b"<svg xmlns='http://www.w3.org/2000/svg'>", None),
        (b"", None),
        (b"\xff", None),
    ],
)
def test_a_file_is_what_its_bytes_say(content: bytes, expected: str | None) -> None:
    assert media_type(content) == expected


@given(st.binary(max_size=200))
def test_no_bytes_are_too_odd_to_look_at(content: bytes) -> None:
    media_type(content)
    media_type(b"PK\x03\x04" + content)


@given(st.text(max_size=400))
def test_a_name_is_always_short_and_without_folders(name: str) -> None:
    cleaned = clean_name(name)
    assert 0 < len(cleaned) <= MAX_NAME
    assert not set(cleaned) & set("/\\\x00\n\u202e")


async def test_the_same_content_is_kept_once_and_only_for_us(files: LocalFiles, tmp_path: Path) -> None:
    first = await files.put("a.jpg", "image/jpeg", JPEG)
    second = await files.put("b.jpg", "image/jpeg", JPEG)
    kept = [path for path in (tmp_path / "files").rglob("*") if path.is_file()]
    assert first.sha256 == second.sha256
    assert kept == [tmp_path / "files" / first.sha256[:2] / first.sha256[2:]]
    assert kept[0].stat().st_mode & 0o077 == 0
    assert await files.get(first.sha256) == JPEG
    assert (first.kind, first.size) == (AttachmentKind.IMAGE, len(JPEG))
    assert await files.get("0" * 64) is None


async def test_a_full_disk_leaves_no_half_file(
    files: LocalFiles, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(StorageError, match="No space left"):
        await files.put("a.jpg", "image/jpeg", JPEG)
    assert [path for path in (tmp_path / "files").rglob("*") if path.is_file()] == []


async def test_a_link_is_good_for_a_day_and_then_not(files: LocalFiles, clock: FixedClock) -> None:
    item = await files.put("a.pdf", "application/pdf", b"%PDF-")
    token = files.link(item).removeprefix("/files/")
    clock.advance(days=1)
    assert files.resolve(token) == item.sha256
    clock.advance(seconds=3600)
    assert files.resolve(token) is None


async def test_a_link_of_somebody_else_is_refused(files: LocalFiles, tmp_path: Path, clock: FixedClock) -> None:
    item = await files.put("a.pdf", "application/pdf", b"%PDF-")
    token = files.link(item).removeprefix("/files/")
    raw = bytearray(urlsafe_b64decode(token + "=="))
    for place in (0, 31, 32, 35, 36, len(raw) - 1):
        forged = bytearray(raw)
        forged[place] ^= 1
        assert files.resolve(urlsafe_b64encode(forged).decode().rstrip("=")) is None
    assert LocalFiles(tmp_path, b"other" * 8, clock).resolve(token) is None


@given(st.text(max_size=100))
def test_no_token_is_too_odd_to_refuse(text: str) -> None:
    assert LocalFiles(Path("nowhere"), b"k", FixedClock()).resolve(text) is None


async def test_tidying_sees_what_is_old(files: LocalFiles, clock: FixedClock) -> None:
    old = await files.put("a.jpg", "image/jpeg", JPEG)
    again = await files.put("b.png", "image/png", PNG)
    clock.advance(days=1.25)
    await files.put("b.png", "image/png", PNG)
    assert files.older_than(24) == [old.sha256]
    files.remove(old.sha256)
    files.remove(old.sha256)
    assert await files.get(old.sha256) is None
    assert await files.get(again.sha256) == PNG


async def test_a_photo_sent_can_be_opened_by_its_link(visitor: Visitor) -> None:
    await visitor.open("/?at=dak-cam")
    page = await visitor.say("Giấy này là giấy gì?", files=[("ảnh\u202e ../giấy.jpg", JPEG)])
    label, link = next(iter(page.own[-1].links.items()))
    assert label == "Ảnh giấy.jpg, 1 kB"
    opened = await visitor.client.get(link)
    assert opened.content == JPEG
    assert opened.headers["content-type"] == "image/jpeg"
    assert opened.headers["content-disposition"].startswith("inline; filename*=UTF-8''gi")
    assert "sandbox" in opened.headers["content-security-policy"]
    assert opened.headers["x-content-type-options"] == "nosniff"
    assert "no-store" in opened.headers["cache-control"]


async def test_a_paper_is_saved_not_shown(visitor: Visitor) -> None:
    await visitor.open("/?at=dak-cam")
    page = await visitor.say("", files=[("don.html", b"%PDF-1.7 <script>")])
    opened = await visitor.client.get(next(iter(page.own[-1].links.values())))
    assert opened.headers["content-type"] == "application/pdf"
    assert opened.headers["content-disposition"].startswith("attachment;")


async def test_a_link_ends_with_its_time_or_its_message(app: App, visitor: Visitor, clock: FixedClock) -> None:
    await visitor.open("/?at=dak-cam")
    page = await visitor.say("ảnh", files=[("a.jpg", JPEG)])
    link = next(iter(page.own[-1].links.values()))
    clock.advance(days=2)
    assert (await visitor.client.get(link)).status_code == 404
    fresh = next(iter((await visitor.open()).own[-1].links.values()))
    assert (await visitor.client.get(fresh)).status_code == 200
    now = clock.now()
    async with app.storage.write() as work:
        await work.upkeep.drop_old(messages_before=now, questions_before=now, ledger_before=now, now=now)
        await work.commit()
    gone = await visitor.client.get(fresh)
    assert gone.status_code == 404
    assert "hết hạn" in gone.text


@pytest.mark.parametrize(
    ("files_sent", "said"),
    [
        ([("virus.jpg", b"MZ\x90")], "chưa mở được"),
        ([("a.jpg", JPEG)] * 5, "nhiều nhất 4"),
        ([("a.jpg", JPEG + bytes(MAX_FILE_BYTES))], "5 MB"),
    ],
)
async def test_files_that_do_not_fit_are_explained_and_the_words_stay(
    app: App, visitor: Visitor, tmp_path: Path, files_sent: list[tuple[str, bytes]], said: str
) -> None:
    await visitor.open()
    page = await visitor.say("xem giúp", files=files_sent)
    assert visitor.response is not None
    assert visitor.response.status_code == 422
    assert said in page.texts["problem"]
    assert page.draft == "\nxem giúp"
    assert await rows(app) == (0, 0)
    assert not (tmp_path / "files").exists()


async def test_four_files_go_along_with_one_message(visitor: Visitor) -> None:
    await visitor.open("/?at=dak-cam")
    page = await visitor.say("", files=[(f"{n}.jpg", JPEG + bytes([n])) for n in range(4)])
    assert len(page.own[-1].links) == 4


async def test_files_are_written_while_others_are_served(files: LocalFiles) -> None:
    kept = await asyncio.gather(*(files.put("a.jpg", "image/jpeg", JPEG) for _ in range(8)))
    assert len({one.sha256 for one in kept}) == 1


async def test_our_picture_is_looked_at_where_it_stands(visitor: Visitor) -> None:
    await visitor.open("/?at=dak-cam")
    for words in ("tự kiểm tra", "nhanh", "4", "3 triệu", "đúng rồi", "1 4", "1 3", "không có gì"):
        page = await visitor.say(words)
    (picture,) = page.pictures
    got = await visitor.client.get(picture, headers={"accept-encoding": "gzip"})
    assert got.headers["content-type"] == "image/svg+xml" and got.headers["content-encoding"] == "gzip"
    assert len(got.content) < 150_000 and "script" not in got.text
    assert "(câu trả lời không hiện lại ở đây)" in page.own[-1].text
