"""The demonstration: made-up people who talk, so that somebody who looks sees a living desk.

Nobody here exists. Their words go through the same door as everybody's.
"""

from typing import Any

from bot import demo_events
from bot.app import App
from bot.demo_work import fill_work
from bot.opening import WEBCHAT
from core.contacts import URN
from core.officers import OPERATOR
from core.questions import QuestionState
from core.records import NewUpdate
from handlers.answers import answer_question

ASKER = URN(account=WEBCHAT, path="demo-ba-thu-tuong-tuong")  # whose question is answered
# Made-up people, by the address of a browser that does not exist, and what each of them writes.
TALKS: dict[str, tuple[str, ...]] = {
    ASKER.path: (
        "start:dak-cam",
        "tro giup phap ly mien phi o dau",
        "gặp cán bộ",
        "Nhà tôi bị hàng xóm lấn ranh đất, tôi cần người giúp làm đơn.",
        "handover",
    ),
    "demo-anh-den-tuong-tuong": ("start:muong-lay", "trợ giúp pháp lý miễn phí", "thẻ bảo hiểm y tế hộ cận nghèo"),
    "demo-chi-mai-tuong-tuong": ("start:dak-cam", "tien dien ho ngheo", "vay von chan nuoi"),
}
PRESSES = ("start:", "handover")
ANSWER = "Chào bà con. Mời bà con mang giấy tờ đất đến Văn phòng vào sáng thứ Hai, cán bộ giúp viết đơn."


async def fill(app: App) -> None:
    """Offer made-up work, and let the made-up people talk, once: a second start finds their words already known."""
    await fill_work(app)
    for path, lines in TALKS.items():
        for number, line in enumerate(lines):
            pressed = line.startswith(PRESSES)
            raw: dict[str, Any] = {
                "text": "" if pressed else line,
                "payload": line if pressed else None,
                "attachments": [],
            }
            update = NewUpdate(
                account=WEBCHAT,
                external_id=f"{path}-{number}",
                path=path,
                raw=raw,
                received_at=app.clock.now(),
            )
            if await app.intake.receive([update]):
                await app.intake.drain()
    await _answer_once(app)
    await demo_events.announce(app)


async def _answer_once(app: App) -> None:
    """Her own question alone: whoever looks around may have asked something too, and a second start answers nobody."""
    async with app.storage.read() as uow:
        waiting = await uow.questions.list(states=[QuestionState.OPEN])
        answered = await uow.questions.answered_before([one.id for one in waiting])
        theirs = [
            one
            for one in waiting
            if one.id not in answered and one.contact_id and ASKER in await uow.people.addresses(one.contact_id)
        ]
    for question in theirs[:1]:
        await answer_question(
            app.storage, app.knowledge.content, key=str(question.id), text=ANSWER, officer=OPERATOR, now=app.clock.now()
        )
