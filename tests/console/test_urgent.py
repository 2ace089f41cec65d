"""A question of somebody in danger, from the officers' side."""

from itertools import count

import pytest

from bot.app import App
from bot.opening import WEBCHAT
from core.officers import Grant, Role
from core.questions import Question, QuestionState
from core.records import NewUpdate
from handlers.cases import ALARM_LISTENS_FOR
from handlers.codes import URGENT_WITHIN
from tests.console.desk import Desk, signed_in
from tests.support.clock import FixedClock
from tests.support.rows import everything, new_question

ALARM = "chồng em đánh em"
NUMBERS = count()


async def writes(app: App, words: str, *, who: str = "somebody") -> None:
    """Somebody writes to the web chat of Đăk Cấm; or presses, where it begins with "start:"."""
    raw = {"text": "" if ":" in words else words, "payload": words if ":" in words else None, "attachments": []}
    update = NewUpdate(
        account=WEBCHAT, external_id=f"{who}-{next(NUMBERS)}", path=who, raw=raw, received_at=app.clock.now()
    )
    await app.intake.receive([update])
    await app.intake.drain()


async def alarm(app: App, words: str = ALARM, *, who: str = "somebody") -> None:
    await writes(app, "start:dak-cam", who=who)
    await writes(app, words, who=who)


async def question(app: App, number: int = 1) -> Question:
    async with app.storage.read() as uow:
        found = await uow.questions.get(str(number))
    assert found is not None
    return found


async def answer(lan: Desk, words: str, number: int = 1) -> None:
    await lan.open(f"/console/questions/{number}")
    await lan.send("/answer", "Trả lời", text=words)


async def test_what_comes_after_an_answer_is_urgent_again(app: App, lan: Desk, clock: FixedClock) -> None:
    await alarm(app)
    await answer(lan, "Chị có cần công an phường đến không?")
    assert "Khẩn: 1" not in (await lan.open()).text
    clock.advance(seconds=3 * 3600)
    await writes(app, "có, cho công an đến giúp em với")
    page = await lan.open()
    assert "Khẩn: 1" in page.text and "KHẨN" in page.text
    one = await question(app)
    assert one.state is QuestionState.OPEN and one.due_at == app.clock.now() + URGENT_WITHIN
    await writes(app, "em ở nhà văn hóa thôn 4")
    said = (await lan.open("/console/questions/1")).text
    assert "có, cho công an đến giúp em với" in said and "em ở nhà văn hóa thôn 4" in said


@pytest.mark.parametrize("words", ["cảm ơn", "dạ", "dạ vâng ạ", "em hiểu rồi"])
async def test_thanks_stand_there_and_open_nothing(app: App, lan: Desk, words: str) -> None:
    await alarm(app)
    await answer(lan, "Công an đang đến.")
    await writes(app, words)
    one = await question(app)
    assert one.state is QuestionState.ANSWERED and one.thread[-1].text == words
    await writes(app, "họ chưa đến")
    assert (await question(app)).state is QuestionState.OPEN


@pytest.mark.parametrize("words", ["dạ", "có", "không", "vâng ạ"])
async def test_a_yes_or_no_to_what_the_officer_asked_opens_it(app: App, lan: Desk, words: str) -> None:
    await alarm(app)
    await answer(lan, "Cần công an không?")
    await writes(app, words)
    assert (await question(app)).state is QuestionState.OPEN


async def test_another_matter_is_answered_and_opens_nothing(app: App, lan: Desk) -> None:
    await alarm(app)
    await answer(lan, "Công an đang đến.")
    await writes(app, "tiền điện hộ nghèo được bao nhiêu")
    one = await question(app)
    assert one.state is QuestionState.ANSWERED and len(one.thread) == 2


async def test_the_next_day_it_is_asked_first(app: App, lan: Desk, clock: FixedClock) -> None:
    await alarm(app)
    await answer(lan, "Công an đang đến.")
    clock.advance(seconds=int(ALARM_LISTENS_FOR.total_seconds()))
    await writes(app, "sao lâu vậy")
    assert len((await question(app)).thread) == 2
    await writes(app, "đồng ý")
    one = await question(app)
    assert one.state is QuestionState.OPEN and one.thread[-1].text == "sao lâu vậy"


async def test_the_machine_is_silent_while_an_officer_talks_about_the_alarm(app: App, lan: Desk) -> None:
    await alarm(app)
    await lan.open("/console/questions/1")
    await lan.send("/talk", "Nói chuyện trực tiếp")
    before = await said_to(app)
    await writes(app, "em ở tổ 3, gần chợ")
    await answer(lan, "Chị ở yên đó.")
    after = await said_to(app)
    await writes(app, "vâng, em chờ ở cổng chợ")
    assert [one.text for one in (await question(app)).thread][1:] == [
        "em ở tổ 3, gần chợ",
        "Chị ở yên đó.",
        "vâng, em chờ ở cổng chợ",
    ]
    assert after == before + 1 and await said_to(app) == after


async def said_to(app: App) -> int:
    """How many bubbles of ours there are."""
    return len((await everything(app.storage))["deliveries"])


async def test_its_page_says_what_to_do_and_offers_no_cards(app: App, lan: Desk) -> None:
    await alarm(app)
    page = await lan.open("/console/questions/1")
    said = " ".join(page.text.split())
    assert "đã đưa số gọi giúp: 113, 115, 111." in said and "Đừng gọi điện khi người ấy chưa đồng ý" in said
    assert page.links["Nên bấm Nói chuyện trực tiếp."] == "#holding" and 'aria-labelledby="holding"' in page.html
    assert "Gợi ý" not in said and "nguồn chưa" not in said and "giấy tờ" not in said
    page = await lan.send("/answer", "Đưa vào câu trả lời ready:call", text="")
    typed = page.form("/answer").fields["text"].strip()
    assert typed.startswith("Có cần cán bộ gọi điện không?") and "Theo " not in typed
    page = await lan.send("/answer", "Xem trước", text=typed)
    assert typed in page.text and "nguồn chưa" not in page.text


async def test_a_question_that_is_not_urgent_keeps_its_cards(app: App, lan: Desk) -> None:
    await writes(app, "start:dak-cam")
    for words in ("gặp cán bộ", "Nhà tôi bị dột, có được giúp sửa nhà không?", "đồng ý"):
        await writes(app, words)
    said = (await lan.open("/console/questions/1")).text
    assert "Gợi ý" in said and "nguồn chưa" in said and "Câu khẩn" not in said


async def test_what_the_same_person_asked_besides_is_one_press_away(app: App, lan: Desk, clock: FixedClock) -> None:
    await alarm(app)
    await writes(app, "Đừng gọi, nhắn thôi")
    await answer(lan, "Công an đang đến.")
    clock.advance(days=3)
    await writes(app, "hắn lại đánh em")
    await alarm(app, who="somebody else")
    first, second = await question(app), await question(app, 2)
    lan = await signed_in(app, "Hà", Grant(role=Role.ANSWERER, locality="dak-cam"))
    page = await lan.open("/console/questions/2")
    assert page.links[f"{first.code[:3]} {first.code[3:]}"] == "/console/questions/1"
    page = await lan.open("/console/questions/1")
    assert page.links[f"{second.code[:3]} {second.code[3:]}"] == "/console/questions/2"
    assert "Người này vừa hỏi" not in (await lan.open("/console/questions/3")).text
    clock.advance(days=5)
    lan = await signed_in(app, "Hoa", Grant(role=Role.ANSWERER, locality="dak-cam"))
    assert "Người này vừa hỏi" not in (await lan.open("/console/questions/2")).text


async def test_only_what_this_officer_may_see(app: App, lan: Desk) -> None:
    await alarm(app)
    person = (await question(app)).contact_id
    async with app.storage.write() as uow:
        new = new_question("XXXX22", person or 0, locality="di-su")
        await uow.questions.open(new)
        await uow.commit()
    assert "XXX X22" not in (await lan.open("/console/questions/1")).text
    chief = await signed_in(app, "Hoa", Grant(role=Role.ADMINISTRATOR))
    async with chief.client:
        assert "XXX X22" in (await chief.open("/console/questions/1")).text


async def test_what_is_asked_again_waits_in_the_table_by_month_too(app: App, lan: Desk) -> None:
    await alarm(app)
    await answer(lan, "Công an đang đến.")
    await alarm(app, who="somebody else")
    said = " ".join((await lan.open("/console/questions/months")).text.split())
    assert "phường Đăk Cấm 2 1 0 1 0 0" in said
    await writes(app, "họ chưa đến")
    said = " ".join((await lan.open("/console/questions/months")).text.split())
    assert "phường Đăk Cấm 2 0 0 2 0 0" in said and "Đang chờ: 2. Khẩn: 2." in (await lan.open()).text
    await answer(lan, "Năm phút nữa.")
    said = " ".join((await lan.open("/console/questions/months")).text.split())
    assert "phường Đăk Cấm 2 1 0 1 0 0" in said
