"""A question of somebody in danger, from the officers' side."""

from itertools import count

import pytest

from bot.app import App
from bot.opening import WEBCHAT
from core.questions import Question, QuestionState
from core.records import NewUpdate
from handlers.cases import ALARM_LISTENS_FOR
from handlers.codes import URGENT_WITHIN
from tests.console.desk import Desk
from tests.support.clock import FixedClock
from tests.support.rows import everything

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
