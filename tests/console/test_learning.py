"""What was not understood: one officer says what was meant, another accepts or drops it, as `chungtay learn` does."""

from pathlib import Path

import pytest

from bot.app import App
from bot.teaching import Teaching
from content.understanding.learned import FILE, corpus_of
from core.officers import Grant, Role
from tests.console.changes import misread
from tests.console.desk import Desk, signed_in
from tests.support.rows import everything

LEARNING = "/console/learning"
WORDS = "xin cái giấy kia"


async def states(app: App) -> list[str]:
    return [row["state"] for row in (await everything(app.storage))["misreadings"]]


async def test_one_says_what_was_meant_and_another_accepts_it(app: App, data_dir: Path, lan: Desk, duy: Desk) -> None:
    await misread(app)
    page = await lan.open(LEARNING)
    assert page.links[WORDS] == f"{LEARNING}/1" and "Chưa hiểu. Phường Đăk Cấm" in " ".join(page.text.split())
    await lan.open(f"{LEARNING}/1")
    page = await lan.send("/propose", "Đề nghị", label="poverty-certificate", learning_text="xin giấy hộ nghèo")
    assert "Đã đề nghị. Người khác kiểm tra." in page.text and await states(app) == ["proposed"]
    page = await duy.open(f"{LEARNING}/1")
    assert "xin giấy hộ nghèo" in page.text and "Lan nói" in page.text
    page = await duy.send("/accept", "Nhận câu này")
    assert "Đã nhận. Máy học từ lần khởi động sau." in page.text and await states(app) == ["accepted"]
    written = (data_dir / "packs" / "dak-cam" / FILE).read_text("utf-8")
    assert '"poverty-certificate"' in written and "xin giấy hộ nghèo" in written
    read = corpus_of((data_dir / "packs",), sorted(app.knowledge.content.topics)).utterances
    assert [(row.label, row.text) for row in read] == [("poverty-certificate", "xin giấy hộ nghèo")], (
        "as the next start"
    )
    assert WORDS not in (await lan.open(LEARNING)).text
    assert WORDS in (await lan.open(f"{LEARNING}?show=all")).text
    acts = [row["action"] for row in (await everything(app.storage))["audit_log"] if row["subject"] == "misreading:1"]
    assert acts == ["learning.proposed", "learning.accepted"]


async def test_nobody_accepts_their_own(app: App, data_dir: Path) -> None:
    chief = await signed_in(app, "Hoa", Grant(role=Role.ADMINISTRATOR))
    await misread(app)
    await chief.open(f"{LEARNING}/1")
    page = await chief.send("/propose", "Đề nghị", label="housing", learning_text="sửa cái mái")
    assert "Người đề nghị không tự nhận lời của mình" in page.text and "Nhận câu này" not in page.text
    sent = {**page.form("/propose").fields, "label": "housing", "text": "sửa cái mái"}
    assert (await chief.post(f"{LEARNING}/1/accept", sent)).status == 422
    assert await states(app) == ["proposed"] and not (data_dir / "packs").exists()
    log = (await everything(app.storage))["audit_log"]
    assert "learning.accepted.refused" in [row["action"] for row in log]


async def test_dropped_by_who_checks(app: App, duy: Desk) -> None:
    await misread(app)
    await duy.open(f"{LEARNING}/1")
    page = await duy.send("/drop", "Bỏ lời này")
    assert "Đã bỏ lời này." in page.text and await states(app) == ["dropped"]


@pytest.mark.parametrize(
    ("label", "text", "said"),
    [
        ("housing", "gọi 0912 345 678", "số điện thoại"),
        ("housing", "xin sửa nhà dột", "đúng câu này"),
        ("nothing", "sửa cái mái", "Chọn một việc"),
        ("housing", "?", "phải có chữ"),
    ],
)
async def test_what_cannot_be_learnt_is_said_and_nothing_typed_is_lost(
    app: App, lan: Desk, label: str, text: str, said: str
) -> None:
    await misread(app)
    await lan.open(f"{LEARNING}/1")
    page = await lan.send("/propose", "Đề nghị", label=label, learning_text=text)
    assert page.status == 422 and said in page.alerts[0]
    assert page.form("/propose").fields["learning_text"].strip() == text
    assert await states(app) == ["new"]


@pytest.mark.thorough
async def test_what_was_changed_meanwhile_is_not_accepted(app: App, lan: Desk, duy: Desk) -> None:
    await misread(app)
    await lan.open(f"{LEARNING}/1")
    await lan.send("/propose", "Đề nghị", label="housing", learning_text="sửa cái mái")
    await duy.open(f"{LEARNING}/1")
    await lan.send("/propose", "Đề nghị", label="legal-aid", learning_text="sửa cái mái")
    page = await duy.send("/accept", "Nhận câu này")
    assert page.status == 409 and "vừa được sửa" in page.alerts[0] and await states(app) == ["proposed"]
    page = await duy.send("/accept", "Nhận câu này")
    assert await states(app) == ["accepted"]


async def test_sent_twice_it_is_done_once(app: App, lan: Desk) -> None:
    await misread(app)
    await lan.open(f"{LEARNING}/1")
    form = lan.page.form("/propose")
    data = {**form.fields, "label": "housing", "learning_text": "sửa cái mái"}
    for _ in range(2):
        assert (await lan.client.post(form.action, data=data)).status_code == 303
    log = (await everything(app.storage))["audit_log"]
    assert [row["action"] for row in log if row["action"].startswith("learning")] == ["learning.proposed"]


@pytest.mark.thorough
async def test_script_is_shown_as_it_was_typed(app: App, lan: Desk, duy: Desk) -> None:
    evil = "<script>alert(1)</script>"
    await misread(app, evil)
    for desk in (lan, duy):
        for path in (LEARNING, f"{LEARNING}/1"):
            page = await desk.open(path)
            assert evil not in page.html and evil in page.text
        if desk is lan:
            await lan.send("/propose", "Đề nghị", label="housing", learning_text=f"sửa nhà {evil}")
            assert evil not in lan.page.html


async def test_words_of_another_place_are_not_there(app: App, lan: Desk) -> None:
    await misread(app, locality="di-su")
    assert WORDS not in (await lan.open(LEARNING)).text
    pages = [(await lan.open(f"{LEARNING}/{number}")) for number in (1, 999)]
    mains = [(page.status, page.html.partition("<main")[2].partition("</main>")[0]) for page in pages]
    assert mains[0] == mains[1] and mains[0][0] == 404
    refused = [row["subject"] for row in (await everything(app.storage))["audit_log"] if row["action"] == "refused"]
    assert refused == ["misreading:1"]


@pytest.mark.thorough
async def test_a_list_of_hundreds_comes_page_by_page(app: App, lan: Desk) -> None:
    for number in range(35):
        await misread(app, f"lời số {number}")
    page = await lan.open(LEARNING)
    assert page.html.count(f'href="{LEARNING}/') == 30 and "Trang 1 trên 2" in page.text
    page = await lan.open(f"{LEARNING}?page=2")
    assert page.html.count(f'href="{LEARNING}/') == 5
    assert len(page.html.encode()) < 100_000


@pytest.mark.thorough
async def test_the_rows_of_the_packs_are_read_once(app: App) -> None:
    teaching = Teaching(settings=app.settings, content=app.knowledge.content)
    first = await teaching.corpus()
    assert len(first.utterances) > 1000 and await teaching.corpus() is first
