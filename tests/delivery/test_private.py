"""What is told in private: in the sealed notes and nowhere else; the replies that repeat it do not stay."""

import json
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path

import pytest

from bot.files import LocalFiles
from bot.intake import Intake
from bot.knowledge import Knowledge
from bot.parts import Parts
from content.wording import wording
from core.contacts import Contact
from core.conversation import CheckFinished, Misread, Notes, PaperAsked, PictureAsked, Turn
from core.messages import Attachment, InboundMessage, OutboundMessage, attachment_from_json
from core.misreadings import Why
from core.papers import FileKind, Mark, Paper, Part, Picture, Tile
from core.ports import Capabilities
from db.unit_of_work import SqlStorage
from handlers import ROUTERS
from handlers.context import Context
from handlers.routing import Router
from handlers.service import Service
from handlers.tallying import hamlet_of
from scheduler.wake import Wakeable
from tests.delivery.conftest import Post
from tests.support.chance import SeededChance
from tests.support.channels import FakeChannel
from tests.support.clock import MORNING, FixedClock
from tests.support.rows import ACCOUNT, FILE, everything, make_person, new_update, traces

pytestmark = pytest.mark.either

DAY = timedelta(days=1)
TYPED = "mẹ tôi mù chữ và bị tâm thần"
SHOWS = Capabilities(text_length=1000, buttons=3, button_length=20, confirms_delivery=True)
PAPER = Paper(title="Giấy đề nghị", parts=(Part(title="Nhà", lines=("5 người",)),))
PICTURE = Picture(
    title="6 mặt", tiles=(Tile(id="health", name="Y tế", mark=Mark.FINE, text="đủ"),), footer="", alt="đủ"
)

router = Router("a self-check")


@router.before_all
def answer(ctx: Context) -> Turn | None:
    """A self-check as the handlers write one, of two words."""
    said = ctx.message.text
    if said == "break":
        raise ValueError("a fault of ours")
    if said == "forget":
        return ctx.tell("Đã quên.").forgetting()
    if said == "files":
        paper = PaperAsked(paper=PAPER, name="giấy", kinds=(FileKind.PDF, FileKind.DOCX))
        picture = PictureAsked(picture=PICTURE, name="hình", kinds=(FileKind.PNG,))
        return private("Một.").then(private("Hai.")).event(paper, picture)
    if said == "end":
        return private("Xong.").event(CheckFinished(lacking=("health", "housing")))
    if not said.startswith(TYPED):
        return None
    misread = Misread(text=said, why=Why.UNKNOWN)
    notes = Notes(data={"said": said}, until=ctx.now + 7 * DAY)
    turn = private(f"Đã ghi: {said}").noting(notes).in_private().answering(said, "housing")
    return turn.wait("the check").event(misread)


def private(text: str) -> Turn:
    return Turn(replies=(OutboundMessage(text=text, private=True),))


@dataclass
class Desk:
    """A service whose first router is the self-check above."""

    storage: SqlStorage
    service: Service
    files: LocalFiles
    post: Post
    count: int = 0

    async def say(self, text: str, path: str = "somebody") -> None:
        """Somebody writes, and it is handled."""
        self.count += 1
        intake = Intake(
            storage=self.storage, service=self.service, relay=Wakeable(), on_fault=lambda _, error: print(error)
        )
        await intake.receive([new_update(str(self.count), path, text)])
        await intake.drain()


class WithFile(FakeChannel):
    """A photo comes along with what is told in private."""

    def parse(self, *arguments: object) -> InboundMessage:  # type: ignore[override]
        message = super().parse(*arguments)  # type: ignore[arg-type]
        return replace(message, attachments=(FILE,)) if message.text == TYPED else message


@pytest.fixture
def channel() -> FakeChannel:
    """It shows no history."""
    return WithFile()


@pytest.fixture
def open_desk(post: Post, knowledge: Knowledge, clock: FixedClock, tmp_path: Path) -> Callable[[], Desk]:
    """Opened once the test has chosen what the channel can do."""

    def opened() -> Desk:
        parts = Parts(
            storage=post.storage,
            knowledge=knowledge,
            channels={ACCOUNT: post.channel},
            clock=clock,
            chance=SeededChance(),
            data_dir=tmp_path,
            key=b"k" * 32,
            worker="one",
            on_fault=lambda *_: None,
        )
        files = parts.files()
        return Desk(post.storage, Service(replace(parts.desk(files), routers=[router, *ROUTERS])), files, post)

    return opened


async def test_what_was_typed_is_sealed_and_nowhere_else(open_desk: Callable[[], Desk]) -> None:
    desk = open_desk()
    await desk.say(TYPED)
    await desk.post.deliver()
    rows = await everything(desk.storage)
    assert traces(rows, "mù chữ", "tâm thần", TYPED, json.dumps(TYPED)[1:-1], FILE.sha256) == []
    (message,) = rows["messages"]  # the reply is gone: it was sent
    assert message["body"]["text"] == "(câu trả lời không hiện lại ở đây)" and message["body"]["attachments"] == []
    notes = (await make_person(desk.storage)).conversation.notes
    assert notes == Notes(data={"said": TYPED}, until=MORNING + 7 * DAY)
    assert desk.post.channel.taken == [f"Đã ghi: {TYPED}"]


async def test_the_notes_stay_while_something_else_is_said_until_they_are_forgotten(
    open_desk: Callable[[], Desk], clock: FixedClock
) -> None:
    desk = open_desk()
    await desk.say(TYPED)
    await desk.say("menu")
    assert (await make_person(desk.storage)).conversation.notes is not None
    await desk.say("forget")
    assert (await make_person(desk.storage)).conversation.notes is None
    await desk.say(TYPED)
    for _ in range(2):  # what was said meanwhile does not keep them any longer
        clock.advance(seconds=3.5 * 86400)
        await desk.say("menu")
    assert (await make_person(desk.storage)).conversation.notes is None


async def test_a_conversation_that_ran_out_has_none(open_desk: Callable[[], Desk], clock: FixedClock) -> None:
    desk = open_desk()
    await desk.say(TYPED)
    clock.advance(seconds=8 * 86400)
    await desk.say("menu")
    assert (await everything(desk.storage))["conversations"][0]["notes"] is None


async def test_a_fault_in_the_middle_keeps_it_private(open_desk: Callable[[], Desk]) -> None:
    desk = open_desk()
    await desk.say("break")
    await desk.say(TYPED)
    await desk.say("break")
    said = [row["body"]["text"] for row in (await everything(desk.storage))["messages"] if row["direction"] == "in"]
    assert said == ["break", *[wording("vi").text("private.said")] * 2]


async def test_where_no_history_is_shown_a_private_reply_goes_as_soon_as_it_was_sent(
    open_desk: Callable[[], Desk], clock: FixedClock
) -> None:
    desk = open_desk()
    await desk.say(TYPED)
    clock.advance(seconds=23 * 3600)
    await tidy(desk, clock)
    (waiting,) = (await everything(desk.storage))["deliveries"]  # whatever became of the channel meanwhile
    assert waiting["forget"] and waiting["contact_id"] is not None
    clock.advance(seconds=3 * 86400)
    await tidy(desk, clock)
    assert await desk.post.deliver() == [f"Đã ghi: {TYPED}"]
    assert (await everything(desk.storage))["deliveries"] == []


async def test_where_a_page_shows_it_a_private_reply_goes_after_a_day(
    open_desk: Callable[[], Desk], clock: FixedClock
) -> None:
    desk = open_desk()
    desk.post.channel.capabilities = SHOWS
    await desk.say(TYPED)
    await desk.say("menu")
    await desk.post.deliver()
    before = len((await everything(desk.storage))["messages"])
    clock.advance(seconds=86399)
    await tidy(desk, clock)
    assert len((await everything(desk.storage))["messages"]) == before
    clock.advance(seconds=1)
    await tidy(desk, clock)
    rows = await everything(desk.storage)
    assert len(rows["messages"]) == before - 1 and traces(rows, "mù chữ") == []


async def tidy(desk: Desk, clock: FixedClock) -> None:
    now = clock.now()
    async with desk.storage.write() as uow:
        await uow.upkeep.drop_old(
            messages_before=now - 30 * DAY, questions_before=now - 365 * DAY, ledger_before=now - 730 * DAY, now=now
        )
        await uow.commit()


async def test_files_come_with_the_last_reply_in_order(open_desk: Callable[[], Desk]) -> None:
    desk = open_desk()
    await desk.say("files")
    one, two = [row["body"] for row in (await everything(desk.storage))["messages"] if row["direction"] == "out"]
    assert one["attachments"] == [] and two["text"] == "Hai."
    files: list[Attachment] = [attachment_from_json(item) for item in two["attachments"]]
    assert [file.name for file in files] == ["giấy.pdf", "giấy.docx", "hình.png"]
    starts = [(await desk.files.get(file.sha256) or b"")[:4] for file in files]
    assert starts == [b"%PDF", b"PK\x03\x04", b"\x89PNG"]


async def test_a_copy_of_everything_goes_after_a_day_too(open_desk: Callable[[], Desk]) -> None:
    """It holds what was told in private, in plain words."""
    desk = open_desk()
    await desk.say(TYPED)
    await desk.say("tải dữ liệu của tôi")
    copy = (await everything(desk.storage))["messages"][-1]
    assert copy["forget_at"] == MORNING + DAY
    content = await desk.files.get(copy["body"]["attachments"][0]["sha256"])
    assert content is not None and json.loads(content)["self_check"][0]["told"] == {"said": TYPED}


async def test_a_finished_check_is_counted_where_the_person_lives(open_desk: Callable[[], Desk]) -> None:
    desk = open_desk()
    await desk.say("end", "stranger")
    for text in ("phường Đăk Cấm", "thôn 3", "end"):
        await desk.say(text)
    async with desk.storage.read() as uow:
        counted = await uow.tally.totals(locality=None, since="0", until="9")
    assert {(one.locality, one.hamlet, one.dimension) for one in counted} == {
        (locality, hamlet, dimension)
        for locality, hamlet in (("", ""), ("dak-cam", "thon 3"))
        for dimension in ("", "health", "housing")
    }
    assert {(one.month, one.count) for one in counted} == {("2026-11", 1)}
    assert (await everything(desk.storage))["audit_log"] == []


@pytest.mark.parametrize(
    ("typed", "counted"),
    [
        ("Thôn 3", "thon 3"),
        ("tổ dân phố 5", "to dan pho 5"),
        ("nhà bà Tư cạnh chùa", ""),
        ("thôn của bà Tư bán bún ở chợ", ""),
        ("thôn", ""),
        (None, ""),
    ],
)
def test_only_what_can_be_a_hamlets_name_is_counted_as_one(
    knowledge: Knowledge, typed: str | None, counted: str
) -> None:
    assert hamlet_of(knowledge.content, Contact(id=1, locality="dak-cam", hamlet=typed)) == counted
