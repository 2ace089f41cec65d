"""An answer on a slip: made, printed, opened by its code for thirty days, never with who asked."""

import io
from dataclasses import replace

import pytest
from pypdf import PdfReader

from bot.app import App
from core.questions import CODE_ALPHABET, SLIP_LENGTH, Author, Entry, QuestionState
from core.slips import without
from tests.console.conftest import WORDS, Asks
from tests.console.desk import Desk, Page
from tests.support.clock import FixedClock
from tests.support.rows import everything
from tests.web.conftest import client_of

pytestmark = pytest.mark.thorough

ANSWER = "Được, nếu nhà có giấy. Chị Lò Thị Ửng gọi lại số 0912 345 678 nhé."


async def slip(app: App, lan: Desk, asks: Asks) -> str:
    """A slip of the answer to the first question; gives its code."""
    await asks()
    await lan.open("/console/questions/1")
    await lan.send("/answer", "Trả lời", text=ANSWER)
    await lan.open(lan.page.links["In phiếu trả lời"])
    await lan.send("/slip", "Tạo phiếu")
    (row,) = (await everything(app.storage))["question_slips"]
    return str(row["code"])


async def opened(app: App, code: str, place: str = "dak-cam", lang: str = "") -> Page:
    async with client_of(app.web) as client:
        return Page(await client.get(f"/{place}/phieu", params={"ma": code, **({"lang": lang} if lang else {})}))


async def test_made_printed_and_opened(app: App, lan: Desk, asks: Asks) -> None:
    await asks()
    page = await lan.open("/console/questions/1/slip")
    assert "Chưa có câu trả lời để in" in page.text
    page = await lan.open("/console/questions/1")
    assert "In phiếu trả lời" not in page.links
    await lan.send("/answer", "Trả lời", text=ANSWER)
    page = await lan.open(lan.page.links["In phiếu trả lời"])
    assert "Ai cầm phiếu cũng mở được câu trả lời" in page.text and ANSWER in page.text
    assert "ô vuông để quét" in page.text, "what the button makes"
    page = await lan.send("/slip", "Tạo phiếu")
    (row,) = (await everything(app.storage))["question_slips"]
    code = str(row["code"])
    assert len(code) == SLIP_LENGTH and set(code) <= set(CODE_ALPHABET)
    assert page.statuses == ["✓ Đã tạo phiếu."] and f"{code[:5]} {code[5:]}" in page.text
    assert "chungtay.example/dak-cam/phieu" in page.text and "Mở được đến hết ngày 20/12/2026" in page.text
    assert WORDS not in page.text
    log = [row for row in (await everything(app.storage))["audit_log"] if "slip" in str(row["action"])]
    assert len(log) == 1 and code not in str(log)


async def test_any_telephone_reads_the_answer_and_not_who_asked(app: App, lan: Desk, asks: Asks) -> None:
    code = await slip(app, lan, asks)
    async with app.storage.write() as uow:
        await uow.connection.exec_driver_sql("UPDATE contacts SET name = 'Lò Thị Ửng', phone = '+84912345678'")
        await uow.commit()
    page = await opened(app, f" {code[:5].lower()} {code[5:]} ")
    assert page.status == 200 and "Được, nếu nhà có giấy." in page.text
    assert "Chị … gọi lại số … nhé." in page.text and WORDS not in page.text
    assert "Cán bộ trả lời ngày 20/11/2026." in page.text and "Ủy ban nhân dân phường Đăk Cấm" in page.text
    assert 'name="robots" content="noindex' in page.html and code not in page.text
    assert "opens until" in (await opened(app, code, lang="en")).text


@pytest.mark.parametrize("tick", [False, True])
async def test_a_citizens_number_is_hidden_unless_the_officer_wants_it(
    app: App, lan: Desk, asks: Asks, tick: bool
) -> None:
    await asks(words="Gọi tôi số 0905123456 nhé.")
    await lan.open("/console/questions/1")
    await lan.send("/answer", "Trả lời", text="Cán bộ sẽ gọi số 0905123456. Khẩn thì gọi 113.")
    page = await lan.open("/console/questions/1/slip")
    assert "Chỉ để số của cơ quan." in page.text and "Phiếu che số ấy: 0905 ••• 456." in page.text
    await lan.send("/slip", "Tạo phiếu", **({"numbers": "1"} if tick else {}))
    (row,) = (await everything(app.storage))["question_slips"]
    pdf = await lan.client.get("/console/questions/1/slip.pdf")
    printed = "".join(one.extract_text() for one in PdfReader(io.BytesIO(pdf.content)).pages)
    for said in ((await opened(app, str(row["code"]))).text, printed):
        assert ("0905123456" in said) is tick and ("0905 ••• 456" in said) is not tick and "113" in said
    article = lan.page.html.partition("<article")[2].partition("</article>")[0]
    assert ("0905123456" in article) is tick


async def test_an_office_keeps_its_number(lan: Desk, asks: Asks) -> None:
    await asks()
    await lan.open("/console/questions/1")
    await lan.send("/answer", "Trả lời", text="Khẩn thì gọi 113, hoặc 1900 9068.")
    page = await lan.open("/console/questions/1/slip")
    assert "Chỉ để số của cơ quan." not in page.text and "In cả số" not in page.text


async def test_neither_kept_nor_found(app: App, lan: Desk, asks: Asks) -> None:
    code = await slip(app, lan, asks)
    async with client_of(app.web) as client:
        answer = await client.get("/dak-cam/phieu", params={"ma": code})
        assert answer.headers["cache-control"] == "no-store" and "noindex" in answer.headers["x-robots-tag"]
        assert answer.headers["referrer-policy"] == "no-referrer"
        assert "/phieu" not in (await client.get("/sitemap.xml")).text
        assert "Disallow: /*/phieu" in (await client.get("/robots.txt")).text


async def test_after_thirty_days_it_is_gone(app: App, lan: Desk, asks: Asks, clock: FixedClock) -> None:
    code = await slip(app, lan, asks)
    clock.advance(days=29.9)
    assert (await opened(app, code)).status == 200
    clock.advance(days=0.8)
    assert (await opened(app, code)).status == 404
    now = clock.now()
    async with app.storage.write() as uow:
        await uow.upkeep.drop_old(messages_before=now, questions_before=now, ledger_before=now, now=now)
        await uow.commit()
    assert (await everything(app.storage))["question_slips"] == []


async def test_it_goes_with_the_person(app: App, lan: Desk, asks: Asks, clock: FixedClock) -> None:
    code = await slip(app, lan, asks)
    async with app.storage.write() as uow:
        await uow.people.erase(1, [], clock.now())
        await uow.commit()
    assert (await opened(app, code)).status == 404
    assert (await everything(app.storage))["question_slips"] == []
    assert "Chưa có câu trả lời để in" in (await lan.open("/console/questions/1/slip")).text


async def test_withdrawn(app: App, lan: Desk, asks: Asks) -> None:
    code = await slip(app, lan, asks)
    page = await lan.send("/slip", "Thu hồi phiếu")
    assert page.statuses[0] == "✓ Đã thu hồi phiếu." and "Tạo phiếu" in page.form("/slip").buttons
    assert (await opened(app, code)).status == 404


async def test_sent_twice_it_is_one_slip(app: App, lan: Desk, asks: Asks) -> None:
    await slip(app, lan, asks)
    form = lan.page.form("/slip")
    for _ in range(3):
        await lan.post(form.action, {**form.fields, "do": "make"})
    assert len((await everything(app.storage))["question_slips"]) == 2


async def test_a_slip_of_another_place_is_none_here(app: App, lan: Desk, asks: Asks) -> None:
    code = await slip(app, lan, asks)
    page = await opened(app, code, "di-su")
    assert page.status == 404 and "không mở được phiếu nào ở đây" in page.alerts[0] and "nhà có giấy" not in page.text


@pytest.mark.parametrize(
    "typed", ["<script>alert(1)</script>", "K7M4PX", "\x00" * 9 + "x", "9" * 4000, '"><img src=x>']
)
async def test_odd_codes(app: App, typed: str) -> None:
    page = await opened(app, typed)
    assert page.status == 404 and "<script>alert" not in page.html and "<img" not in page.html


async def test_guessing_is_soon_over(app: App, lan: Desk, asks: Asks, clock: FixedClock) -> None:
    code = await slip(app, lan, asks)
    for number in range(5):
        assert (await opened(app, f"K7M4PXRT2{number + 2}")).status == 404
    page = await opened(app, code)
    assert page.status == 429 and "Thử lại lúc 9 giờ 01" in page.alerts[0] and "nhà có giấy" not in page.text
    clock.advance(seconds=61)
    assert (await opened(app, code)).status == 200
    tries = (await everything(app.storage))["sign_in_tries"]
    assert "127.0.0.1" not in str(tries)


async def test_as_pdf(app: App, lan: Desk, asks: Asks) -> None:
    code = await slip(app, lan, asks)
    answer = await lan.client.get("/console/questions/1/slip.pdf")
    assert answer.headers["content-type"] == "application/pdf" and answer.headers["cache-control"] == "no-store"
    text = " ".join(" ".join(one.extract_text() for one in PdfReader(io.BytesIO(answer.content)).pages).split())
    assert "PHIẾU TRẢ LỜI" in text and f"{code[:5]} {code[5:]}" in text and "nếu nhà có giấy" in text
    assert WORDS not in text


async def test_the_last_answer_stands_on_it(app: App, lan: Desk, asks: Asks, clock: FixedClock) -> None:
    await asks()
    async with app.storage.write() as uow:
        for text in ("Câu đầu.", "Câu sau."):
            entry = Entry(author=Author.OFFICER, officer="Lan", at=clock.now(), text=text)
            await uow.questions.add_entry(1, entry, state=QuestionState.ANSWERED)
        entry = replace(entry, author=Author.CITIZEN, officer=None, text="Cảm ơn.")
        await uow.questions.add_entry(1, entry, state=QuestionState.ANSWERED)
        await uow.slips.open("K7M4PXRT29", 1, clock.now())
        await uow.commit()
    text = (await opened(app, "K7M4PXRT29")).text
    assert "Câu sau." in text and "Câu đầu." not in text and "Cảm ơn." not in text


@pytest.mark.parametrize(
    ("text", "hidden", "shown"),
    [
        ("gọi +84 912-345-678", "0912345678", "gọi …"),
        ("gọi 1900 1234", "0912345678", "gọi 1900 1234"),
        ("Bà  lò THỊ\nửng", "Lò Thị Ửng", "Bà  …"),
        ("Hoàng", "Hoà", "Hoàng"),
    ],
)
def test_a_name_and_a_number_are_left_out(text: str, hidden: str, shown: str) -> None:
    assert without(text, hidden, None, "") == shown
