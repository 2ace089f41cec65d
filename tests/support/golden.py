"""Conversations as text files: an officer types the `>` lines, `pytest --update-golden` fills in the `<` lines.

    # What this is about
    @locality dak-cam        where the person lives; left out, the bot asks
    @today 2026-11-20        the day it begins, at nine in the morning
    @time 23:30              at another time of day
    @lang en                 the language chosen before

    > what the person writes
    < what the bot answers
      [A button] [Another]
    ! answer: what an officer answers the question that is due first
    ! photo: words           the person sends a picture, with words or without; album: two pictures together
    ! contact: 0912 345 678  shares a telephone number; also location, video, file_kind, file_large, file_lost,
                             each with the words that came along, or without
    ! late 40: words         was heard only 40 minutes after it was written
    ! later 60               so many minutes pass
    ! blocks, ! unblocks     us; ! group: calls us in a group
    ! desk Lan answerer      an officer of Đăk Cấm makes a code and types it at the address that was named last
    ! replies: words         to the newest question that was told at that address
    ! submits Thu: title     somebody submits a notice to all of Đăk Cấm; ! rewrites: text: it is changed meanwhile
    ! teaches 1: title       a verified course of Đăk Cấm with so many seats
    ! offer: title           a vacancy of Công ty May Sao Mai is put in and verified, to be sewn for in Đăk Cấm
    ! fair: title            a job fair of Đăk Cấm on 27/11/2026 with 20 seats, verified
    ! asks                   the loop that asks and reminds has a look
    ! surveys                of what people wish to learn, until 30 November
    ! at phone               what follows is written at another address, of this name; ! at somebody: at the first again

The conversation is saved and read again between turns: it is the real database.
"""

from dataclasses import dataclass, field
from datetime import datetime, time, timedelta

import pytest

from bot.channels.terminal import ACCOUNT, said
from bot.knowledge import Knowledge
from bot.rooms import PERSON, Room, open_room
from core.events import EventState
from core.messages import OutboundMessage, Unread
from core.work import OfferState
from handlers.context import LOCAL
from scheduler.reminding import Reminding
from tests.support.chance import SeededChance
from tests.support.clock import FixedClock
from tests.support.golden_officers import OFFICERS, officers_do
from tests.support.rows import an_event, an_offer

EVENTS = {"blocks": "reach:blocked", "unblocks": "reach:open", "group": "group"}
AT = "! at "
PICTURES = {"photo": 1, "album": 2}
PICTURE = b"\xff\xd8\xff\xe0 a picture"


def pytest_addoption(parser: pytest.Parser) -> None:
    """`--update-golden` writes what the bot says now into the files; the diff is the review."""
    parser.addoption("--update-golden", action="store_true", help="rewrite the bot's lines of tests/conversations")


@dataclass
class Script:
    """A conversation's header and the person's part."""

    head: list[str] = field(default_factory=list)
    settings: dict[str, str] = field(default_factory=dict)
    steps: list[str] = field(default_factory=list)  # "> ...", "! ..." or a comment


def read_script(text: str) -> Script:
    """Take the person's lines out of a conversation. Raises ValueError on a line that is none of the kinds."""
    script = Script()
    for number, line in enumerate(text.splitlines(), 1):
        if line.startswith("@"):
            name, _, value = line[1:].partition(" ")
            script.settings[name] = value.strip()
        if line.startswith(("#", "@")) and not script.steps:
            script.head.append(line)
        elif line.startswith((">", "!", "#")):
            script.steps.append(line)
        elif line.startswith("  ") and script.steps and script.steps[-1].startswith(">") and script.steps[-1] != "<":
            script.steps[-1] += f"\n{line}"
        elif line.startswith("<"):
            script.steps.append("<")
        elif line.strip() and not (line.startswith("  ") and script.steps and script.steps[-1] == "<"):
            raise ValueError(f"line {number} is no part of a conversation: {line}")
    script.steps = [step for step in script.steps if step != "<"]
    return script


async def play(script: Script, knowledge: Knowledge) -> str:
    """The whole conversation as it goes now."""
    day = datetime.fromisoformat(script.settings.get("today", "2026-11-20"))
    begins = time.fromisoformat(script.settings.get("time", "09:00"))
    clock = FixedClock(datetime.combine(day.date(), begins, LOCAL))
    lines = [*script.head, ""]
    async with open_room(knowledge, clock=clock, chance=SeededChance(7)) as room:
        if "locality" in script.settings:
            await room.hear(payload=f"start:{script.settings['locality']}")
        if "lang" in script.settings:
            await room.hear(payload=f"lang:{script.settings['lang']}")
        path = PERSON
        for step in script.steps:
            lines.append(step)
            path = step.removeprefix(AT) if step.startswith(AT) else path
            lines += [said(bubble) for bubble in await _take(room, step, clock, path)]
            clock.advance(seconds=30)
    return "\n".join(lines) + "\n"


async def _take(room: Room, step: str, clock: FixedClock, path: str = PERSON) -> list[OutboundMessage]:
    if step.startswith("! answer:"):
        return await room.answer(step.removeprefix("! answer:").strip())
    if step.startswith(("#", AT)):
        return []
    event, _, words = step.removeprefix("! ").partition(":")
    if event in PICTURES:
        names = [f"giay-{number}.jpg" for number in range(PICTURES[event])]
        pictures = [await room.files.put(name, "image/jpeg", PICTURE) for name in names]
        return await room.hear(words.strip(), attachments=tuple(pictures), path=path)
    if event.startswith(OFFICERS):
        return await officers_do(room, event, words.strip(), path)
    if event == "offer":
        await _offer(room, words.strip())
        return []
    if event == "fair":
        await _fair(room, words.strip())
        return []
    if event == "asks":
        await _reminding(room).step()
        return await room.delivered()
    if event in EVENTS:
        return await room.hear(payload=EVENTS[event], path=path)
    if event in set(Unread):
        return await room.hear(words.strip(), unread=Unread(event))
    if event.startswith("late "):
        sent = room.parts.clock.now() - timedelta(minutes=int(event.removeprefix("late ")))
        return await room.hear(words.strip(), sent_at=sent)
    if event.startswith("later "):
        clock.advance(seconds=60 * int(event.removeprefix("later ")))
        return []
    if step.startswith("!"):
        raise ValueError(f"not something that can happen: {step}")
    text = "\n".join(line[2:] for line in step.split("\n"))
    return await room.hear(text, path=path)


async def _offer(room: Room, title: str) -> None:
    now = room.parts.clock.now()
    vacancy = an_offer(title=title, contact="0912 345 678", seats=20)
    async with room.storage.write() as uow:
        (one,) = (await uow.work.add("dak-cam", [vacancy], by="Lan", now=now)).new
        await uow.work.step(one, OfferState.DRAFT, OfferState.VERIFIED, verified_by="Minh", verified_at=now)
        await uow.commit()


async def _fair(room: Room, title: str) -> None:
    now = room.parts.clock.now()
    async with room.storage.write() as uow:
        number = await uow.events.add("dak-cam", an_event(title=title, seats=20), by="Lan", now=now)
        one = await uow.events.get(number)
        assert one is not None
        await uow.events.step(one, state=EventState.VERIFIED, verified_by="Minh", changed_at=now)
        await uow.commit()


def _reminding(room: Room) -> Reminding:
    def raises(_: str, error: BaseException) -> None:
        raise error

    class Idle:
        def wake(self) -> None:
            """The room sends when it is asked to."""

    return Reminding(
        storage=room.storage,
        content=room.parts.knowledge.content,
        accounts=[ACCOUNT],
        clock=room.parts.clock,
        relay=Idle(),
        on_fault=raises,
    )
