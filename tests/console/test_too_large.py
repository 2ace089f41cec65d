"""More is sent than fits: the console says so in its own words, with the way back, and what was typed is not lost."""

import pytest

from bot.app import App
from core.officers import Grant, Role
from tests.console.conftest import Asks
from tests.console.desk import Desk, Page, signed_in
from tests.support.rows import everything
from tests.web.conftest import client_of
from web.console.door import MAX_FORM_BYTES, TYPED_BYTES
from web.console.routes import ROOMS

QUESTION = "/console/questions/1"
LETTERS = "Nhà mình mang giấy đến nhé. " * 5_000  # 140,000
CITIZENS = ("Bà con gửi", "bớt ảnh", "trang hỏi")


def in_the_console(page: Page, back: str) -> None:
    """A page of the console that leads back to where the form stands, and nowhere to the chat."""
    assert page.status == 413 and "Chưa gửi được" in page.text and "Lan" in page.text
    assert not [word for word in CITIZENS if word in page.text]
    assert page.links["Quay lại trang ấy"] == back and "/" not in page.links.values()


async def test_a_long_answer_is_told_how_much_fits_and_waits_on_its_page(app: App, lan: Desk, asks: Asks) -> None:
    assert await asks() == 1 and len(LETTERS) == 140_000
    await lan.open(QUESTION)
    page = await lan.send("/answer", text=LETTERS)
    in_the_console(page, QUESTION)
    assert "14.000 chữ cái" in page.text and "Chữ đã viết vẫn còn" in page.text
    page = await lan.open(page.links["Quay lại trang ấy"])
    assert page.form("/answer").fields["text"].strip() == LETTERS.strip()
    page = await lan.send("/answer", text=LETTERS[:270])
    assert page.statuses and page.status == 200
    stored = await everything(app.storage)
    assert stored["form_drafts"] == [] and len(stored["question_entries"]) == 2


async def test_what_is_too_long_to_be_kept_is_told_so(app: App, lan: Desk, asks: Asks) -> None:
    assert await asks() == 1
    await lan.open(QUESTION)
    page = await lan.send("/answer", text="x" * TYPED_BYTES)
    in_the_console(page, QUESTION)
    assert "Chữ đã viết vẫn còn" not in page.text and (await everything(app.storage))["form_drafts"] == []


async def test_nothing_is_kept_of_a_form_that_is_not_ours(app: App, lan: Desk, asks: Asks) -> None:
    assert await asks() == 1
    page = await lan.post(f"{QUESTION}/answer", {"form": "made up", "text": LETTERS})
    assert page.status == 403 and (await everything(app.storage))["form_drafts"] == []


async def test_a_session_that_ended_meanwhile_costs_no_letter(app: App, lan: Desk, asks: Asks) -> None:
    assert await asks() == 1
    page = await lan.open(QUESTION)
    form = {**page.form("/answer").fields, "text": LETTERS}
    lan.client.cookies.clear()
    page = await lan.post(f"{QUESTION}/answer", form)
    assert page.url.path == "/console/sign-in" and len((await everything(app.storage))["form_drafts"]) == 1


@pytest.mark.thorough
async def test_every_form_of_the_console_answers_so(app: App) -> None:
    """But those with files, which may be larger."""
    desk = await signed_in(app, "Lan", *(Grant(role=one) for one in Role))
    form = {"form": (await desk.open("/console")).forms[0].fields["form"], "x": "x" * MAX_FORM_BYTES}
    posts = [room for room in ROOMS if room.method == "POST" and not room.files and "{token}" not in room.path]
    assert len(posts) > 60
    named = {"place": "dak-cam", "target": "clean-water.share", "topic": "legal-aid", "part": "targets", "token": "x"}
    named |= {"locality": "dak-cam", "kind": "office", "subject": "phong-vhxh", "id": "1", "post": "1"}
    for room in posts:
        path = room.path.replace(":int", "").format(**named)
        if path == "/console/sign-out":
            continue
        page = await desk.post(path, form)
        in_the_console(page, room.page.format(**named))


async def test_files_are_told_by_their_weight(app: App, lan: Desk) -> None:
    page = await lan.open("/console/notices/new")
    sent = {"form": page.forms[0].fields["form"]}
    file = ("a.pdf", b"%PDF-1.7" + b"x" * 16 * 2**20, "application/pdf")
    page = await lan.post("/console/notices/new", sent, files={"files": file})
    in_the_console(page, "/console/notices/new")
    assert "Mỗi tệp tối đa 5 triệu byte." in page.text


async def test_whoever_is_not_signed_in_is_answered_at_the_door(app: App) -> None:
    async with client_of(app.web) as client:
        desk = Desk(client)
        await desk.open("/console/sign-in")
        page = await desk.send("/sign-in", name="Lan", password="x" * MAX_FORM_BYTES)
        assert page.status == 413 and page.links["Quay lại trang ấy"] == "/console/sign-in"
        assert not [word for word in CITIZENS if word in page.text]


@pytest.mark.parametrize("body", [b"nothing of the kind", b"--x\r\nno head"])
async def test_what_is_no_form_is_told_in_the_console(lan: Desk, body: bytes) -> None:
    kind = {"Content-Type": "multipart/form-data; boundary=x", "Sec-Fetch-Site": "same-origin"}
    page = Page(await lan.client.post("/console/notices/new", content=body, headers=kind))
    assert page.status in (400, 403) and "Lan" in page.text and not [word for word in CITIZENS if word in page.text]
