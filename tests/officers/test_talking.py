"""An officer talks to a citizen: the machine is silent, hears danger, and is back when it is over."""

from collections.abc import AsyncIterator
from datetime import UTC, date, datetime, timedelta

import pytest

from bot.knowledge import Knowledge
from bot.rooms import Room, open_room
from content.wording import wording
from core.console_storage import Once
from core.errors import ChungTayError, NotAllowedError, StaleError
from core.messages import OutboundMessage
from core.officers import Grant, Role
from core.questions import Question, QuestionState
from handlers import holding, talking
from handlers.holding import Act
from handlers.talking import TALK_LASTS, Upward
from tests.support.chance import SeededChance
from tests.support.clock import FixedClock
from tests.support.rows import FILE, everything
from web.console.states import due_text, state_of


@pytest.fixture
async def room(knowledge: Knowledge, clock: FixedClock) -> AsyncIterator[Room]:
    """Somebody of Đăk Cấm has asked something; Lan and Minh answer there, Xa in another place."""
    async with open_room(knowledge, clock=clock, chance=SeededChance(7)) as opened:
        places = {"Lan": "dak-cam", "Minh": "dak-cam", "Xa": "di-su"}
        async with opened.storage.write() as uow:
            for name, place in places.items():
                grants = [Grant(role=Role.ANSWERER, locality=place)]
                await uow.officers.grant(await uow.officers.add(name, clock.now()), grants)
            await uow.commit()
        for said in ("gặp cán bộ", "Bao giờ phát thẻ bảo hiểm?", "đồng ý"):
            await opened.hear(said) if said != "gặp cán bộ" else await opened.hear(payload="start:dak-cam")
            if said == "gặp cán bộ":
                await opened.hear(said)
        yield opened


async def asked(room: Room) -> Question:
    async with room.storage.read() as uow:
        found = await uow.questions.get("1")
    assert found is not None
    return found


async def act(room: Room, officer: str = "Lan", *, nonce: str = "") -> Act:
    one, now = await asked(room), room.parts.clock.now()
    sent = nonce or f"form-{one.version}-{now.timestamp()}-{officer}"
    return Act(key="1", officer=officer, seen=one.version, once=Once(officer_id=1, nonce=sent), now=now)


async def begin(room: Room, officer: str = "Lan") -> list[OutboundMessage]:
    await talking.begin(room.storage, room.parts.knowledge.content, await act(room, officer))
    return await room.delivered()


def texts(bubbles: list[OutboundMessage]) -> str:
    return "\n".join(one.text for one in bubbles)


async def log(room: Room) -> list[str]:
    return [str(row["action"]) for row in (await everything(room.storage))["audit_log"]]


async def test_it_says_so_once_and_then_is_silent(room: Room) -> None:
    (told,) = await begin(room)
    assert "Cán bộ phường Đăk Cấm đang trả lời bà con trực tiếp" in told.text
    assert "Máy không trả lời xen vào." in told.text and "30 phút" in told.text
    for words in ("Dạ, thẻ của con tôi", "học nghề ở đâu", "vay tiền thế nào", "tôi được hộ nghèo rồi nhé", "3"):
        assert await room.hear(words) == []
    said = [one.text for one in (await asked(room)).thread]
    assert said[1:] == ["Dạ, thẻ của con tôi", "học nghề ở đâu", "vay tiền thế nào", "tôi được hộ nghèo rồi nhé", "3"]


async def test_pictures_go_into_the_thread(room: Room) -> None:
    await begin(room)
    assert await room.hear(attachments=(FILE,)) == []
    assert (await asked(room)).thread[-1].attachments == (FILE,)


async def test_without_an_officer_who_talks_the_machine_answers(room: Room) -> None:
    assert texts(await room.hear("học nghề ở đâu"))
    assert len((await asked(room)).thread) == 1


@pytest.mark.parametrize(
    ("words", "answer"),
    [
        ("chồng đánh tôi chảy máu", "113"),
        ("menu", "cần việc nào"),
        ("về đầu", "cần việc nào"),
        ("dừng", "Đã dừng"),
        ("xóa dữ liệu của tôi", "Xóa"),
        ("việc đã gửi", "đang chờ"),
    ],
)
async def test_what_still_has_its_answer(room: Room, words: str, answer: str) -> None:
    await begin(room)
    assert answer in texts(await room.hear(words))
    assert [one.text for one in (await asked(room)).thread][1:] == []


async def test_in_danger_everything_belongs_to_the_alarm(room: Room) -> None:
    await begin(room)
    await room.hear("chồng đánh tôi chảy máu")
    assert texts(await room.hear("ở tổ 3, gần chợ"))
    async with room.storage.read() as uow:
        alarm = await uow.questions.get("2")
    assert alarm is not None and alarm.urgent
    assert [one.text for one in alarm.thread] == ["chồng đánh tôi chảy máu", "ở tổ 3, gần chợ"]


async def test_what_is_told_in_private_stays_there(room: Room) -> None:
    offered = await room.hear("tự kiểm tra")
    await room.hear(payload=offered[-1].quick_replies[0].payload)
    await begin(room)
    await room.hear("5")
    assert len((await asked(room)).thread) == 1


async def test_it_ends_by_itself_after_the_officers_last_word(room: Room, clock: FixedClock) -> None:
    await begin(room)
    clock.advance(seconds=20 * 60)
    await room.answer("Thẻ phát tuần sau.", officer="Lan")
    clock.advance(seconds=29 * 60)
    assert await room.hear("học nghề ở đâu") == []
    clock.advance(seconds=60)
    assert timedelta(minutes=30) == TALK_LASTS
    assert texts(await room.hear("học nghề ở đâu"))


async def test_thanks_leave_nobody_owing_an_answer(room: Room) -> None:
    await begin(room)
    await room.answer("Thẻ phát tuần sau.", officer="Lan")
    assert await room.hear("cảm ơn cán bộ nhé") == []
    one = await asked(room)
    assert one.state is QuestionState.ANSWERED and one.thread[-1].text == "cảm ơn cán bộ nhé"
    assert await room.hear("còn thẻ của mẹ tôi") == []
    one = await asked(room)
    assert one.state is QuestionState.OPEN and one.due_at > room.parts.clock.now()


@pytest.mark.thorough
@pytest.mark.parametrize("way", ["end", "return", "give", "hand over", "close"])
async def test_when_the_officer_lets_go_the_machine_is_back_and_says_so(room: Room, way: str) -> None:
    await begin(room)
    one, content = await act(room), room.parts.knowledge.content
    match way:
        case "end":
            await talking.end(room.storage, one)
        case "return":
            await holding.hold(room.storage, one, None)
        case "give":
            await holding.hold(room.storage, one, "Minh")
        case "hand over":
            await holding.hand_over(room.storage, content, one, office="vp-hdnd-ubnd", note="")
        case _:
            await holding.close(room.storage, one, note="Đã gặp.")
    (told,) = await room.delivered()
    assert "đã ngừng trả lời trực tiếp" in told.text and "máy trả lời lại" in told.text
    assert texts(await room.hear("học nghề ở đâu"))


async def test_the_citizen_may_end_it(room: Room) -> None:
    await begin(room)
    told = texts(await room.hear("Để máy trả lời"))
    assert "Từ giờ máy trả lời lại" in told and "Cán bộ vẫn giữ câu hỏi" in told
    assert texts(await room.hear("học nghề ở đâu"))
    assert (await log(room))[-2:] != [] and "question.talk-ended" in await log(room)
    assert "Từ giờ máy trả lời lại" in texts(await room.hear(payload="talk-end:1")), "an old button"
    assert (await log(room)).count("question.talk-ended") == 1


async def test_who_talks_has_the_question(room: Room) -> None:
    await begin(room)
    async with room.storage.read() as uow:
        assert await uow.desk.holder(1) == (1, "Lan")
    assert (await log(room))[-1] == "question.talk-begun"


async def test_only_who_may_answer_there_and_as_it_was_seen(room: Room, clock: FixedClock) -> None:
    content = room.parts.knowledge.content
    with pytest.raises(NotAllowedError):
        await talking.begin(room.storage, content, await act(room, "Xa"))
    assert (await log(room))[-1] == "refused"
    old = await act(room, "Minh")
    await begin(room)
    with pytest.raises(StaleError):
        await talking.begin(room.storage, content, old)
    clock.advance(seconds=1)
    again = await act(room, nonce="twice")
    await talking.begin(room.storage, content, again)
    await talking.begin(room.storage, content, again)
    assert len(await room.delivered()) == 1


async def test_nobody_talks_to_somebody_who_is_gone(room: Room) -> None:
    await room.hear("xóa dữ liệu của tôi")
    await room.hear(payload="erase")
    await room.hear(payload="erase-now")
    with pytest.raises(ChungTayError):
        await begin(room)


async def upward(room: Room, up: Upward, officer: str = "Lan") -> list[OutboundMessage]:
    await talking.pass_up(room.storage, room.parts.knowledge.content, await act(room, officer), up)
    return await room.delivered()


UP = Upward(office="Sở Y tế tỉnh", due=date(2026, 12, 4), word="Tỉnh mới có quyền cấp lại thẻ.", note="Công văn 12.")


async def test_passed_upward_the_citizen_hears_who_has_it_and_by_when(room: Room) -> None:
    (told,) = await upward(room, UP)
    assert "vượt quá quyền của phường Đăk Cấm" in told.text
    assert "Nay Sở Y tế tỉnh đang xem, trả lời chậm nhất thứ Sáu, 04/12/2026." in told.text
    assert 'Cán bộ nhắn: "Tỉnh mới có quyền cấp lại thẻ."' in told.text and "Công văn" not in told.text
    state = texts(await room.hear((await asked(room)).code))
    assert "chậm nhất thứ Sáu, 04/12/2026" in state and "Đang xem: Sở Y tế tỉnh." in state
    detail = [row["detail"] for row in (await everything(room.storage))["audit_log"]][-1]
    assert "Sở" not in str(detail)
    await room.answer("Tỉnh đã cấp lại.", officer="Lan")
    assert (await asked(room)).upper is None


@pytest.mark.thorough
@pytest.mark.parametrize(
    "up",
    [
        Upward(office=" ", due=UP.due),
        Upward(office="x" * 121, due=UP.due),
        Upward(office="Sở\x07", due=UP.due),
        Upward(office="Sở", due=date(2026, 11, 20)),
        Upward(office="Sở", due=date(2027, 12, 4)),
        Upward(office="Sở", due=UP.due, word="x" * 501),
        Upward(office="Sở", due=UP.due, note="x" * 2001),
    ],
)
async def test_what_cannot_be_passed_upward(room: Room, up: Upward) -> None:
    with pytest.raises(ChungTayError):
        await upward(room, up)
    assert (await asked(room)).upper is None and await room.delivered() == []


async def test_over_tet_officer_and_citizen_read_the_same_day(room: Room, clock: FixedClock) -> None:
    """Tết 2027 is on Saturday, 6 February, and its days off last until Tuesday the 9th."""
    clock.advance(seconds=(datetime(2027, 2, 4, 3, 0, tzinfo=UTC) - clock.now()).total_seconds())
    await room.answer("Thẻ phát tuần sau.", officer="Lan")
    await begin(room)
    clock.advance(seconds=60)
    assert await room.hear("Thẻ của mẹ tôi nữa") == []
    one = await asked(room)
    shown = due_text(one, now=clock.now(), words=wording("vi"))
    assert shown == "17 giờ 00, 12/02/2027", "the 10th, 11th and 12th: on the eve and the first four days nobody works"
    assert "chậm nhất thứ Sáu, 12/02/2027" in texts(await room.hear(one.code))
    clock.advance(days=8)
    assert state_of(one, held=True, now=clock.now()) == "due", "the day itself, and not yet late"


async def test_in_the_chat_a_slip_opens_to_whoever_has_it(room: Room) -> None:
    await room.answer("Thẻ phát tuần sau.", officer="Lan")
    async with room.storage.write() as uow:
        assert await uow.slips.open("K7M4PXRT29", 1, room.parts.clock.now())
        await uow.commit()
    await room.hear(payload="start:dak-cam", path="other")
    said = texts(await room.hear("k7m4p xrt29", path="other"))
    assert "Phiếu trả lời của cán bộ phường Đăk Cấm:" in said and "Thẻ phát tuần sau." in said
    assert "Bao giờ phát thẻ" not in said
    for last in "34567":
        assert "không mở được" in texts(await room.hear(f"K7M4PXRT2{last}", path="other"))
    assert "Thử nhiều mã quá" in texts(await room.hear("K7M4PXRT29", path="other"))
