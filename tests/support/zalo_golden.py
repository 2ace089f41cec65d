"""A golden conversation held on Zalo: said and tapped by a person, judged by what the server received."""

import json
import re
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Any

from bot.channels.terminal import said
from bot.channels.zalo.outgoing import GAP, MORE, SOURCE
from core.held import HELD_SINCE
from core.messages import Attachment, OutboundMessage, QuickReply, Unread
from handlers.answers import answer_question
from tests.support.clock import FixedClock
from tests.support.golden import PICTURE, Script
from tests.support.zalo.people import Person
from tests.support.zalo.shown import Shown
from tests.support.zalo.windows import milliseconds
from tests.support.zalo_desks import ZaloDesk

LINK = re.compile(r"\nhttp://\S+/files/\S+$")  # below the name of a file that Zalo does not take


@dataclass
class Conversation:
    """One person, and what was said so far."""

    desk: ZaloDesk
    clock: FixedClock
    person: Person
    seen: int = 0  # messages already told
    received: list[str] = field(default_factory=list)  # all of them as they came, for the goldens of the rendering

    async def hold(self, script: Script, expected: list[int]) -> str:
        """The transcript, in the form of the golden file."""
        lines = [*script.head, ""]
        if place := script.settings.get("locality"):
            await self._begin(f"v1:start:{place}")  # an item of the account's own menu
        if script.settings.get("lang") == "en":
            await self._begin("english")
        for step, bubbles in zip(script.steps, expected, strict=True):
            lines.append(step)
            self.received.append(step)
            if not step.startswith("#"):
                await self._take(step)
                lines += [transcript(one) for one in await self._heard(bubbles)]
            self.clock.advance(seconds=30)
        await self.desk.settled()
        lines += [f"too much: {one[-1].text}" for one in self._new()]
        return "\n".join(lines) + "\n"

    async def _begin(self, text: str) -> None:
        before = len(self.person.shown)
        self.person.says(text)
        await self.desk.zalo.until(lambda: len(self.person.shown) > before)
        await self.desk.settled()
        self._new()

    async def _heard(self, bubbles: int) -> list[list[Shown]]:
        await self.desk.zalo.until(lambda: len(together(self.person.shown[self.seen :])) >= bubbles)
        await self.desk.settled()  # a bubble may have come in parts
        return self._new()

    def _new(self) -> list[list[Shown]]:
        new = self.person.shown[self.seen :]
        self.seen += len(new)
        self.received += [as_received(one) for one in new]
        return together(new)

    async def _take(self, step: str) -> None:
        event, _, words = step.removeprefix("! ").partition(":")
        if step.startswith(">"):
            self._say("\n".join(line[2:] for line in step.split("\n")).strip())
        elif event == "answer":
            await self._answer(words.strip())
        elif event.startswith("later "):
            await self.desk.settled()  # a receipt that was under way all that time would be refused
            self.clock.advance(seconds=60 * int(event.removeprefix("later ")))
        elif event.startswith("late "):
            await self._say_late(words.strip(), minutes=int(event.removeprefix("late ")))
        else:
            self._do(event, words.strip())

    def _say(self, text: str) -> None:
        """Tap what can be tapped, type the rest; nothing at all is a sticker."""
        on_screen = {label for shown in self.person.shown[-3:] for label in shown.labels}
        if text in on_screen:
            self.person.taps(text)
        elif text:
            self.person.says(text)
        else:
            self.person.sends_sticker()

    async def _say_late(self, text: str, *, minutes: int) -> None:
        """Zalo tries for an hour; what comes later was kept by another house, which had it from Zalo at once."""
        person, written = self.person, self.clock.now() - timedelta(minutes=minutes)
        message = {"text": text, "msg_id": person.state.hex_id(19)}
        body = person.state.bodies.message("user_send_text", person._who, message, milliseconds(written))
        if minutes <= 110:
            person._tell(body)
            return
        raw, headers = person.state.webhook.sign(body)
        assert self.desk.gateway.hook is not None
        small = {name.lower(): value for name, value in headers.items()}
        small[HELD_SINCE] = milliseconds(written)
        assert (await self.desk.gateway.hook.post(raw, small))[0] == 200

    def _do(self, event: str, words: str) -> None:
        person = self.person
        match event:
            case "photo":
                person.sends_image(PICTURE, words)
            case "album":
                self._send("image", [PICTURE, b"%b, the back of it" % PICTURE], words)
            case "blocks":
                person.unfollows()
            case "unblocks":
                person.follows()
            case Unread.CONTACT:
                self._share(*words.removeprefix("Điện thoại của ").partition(": ")[::2])
            case Unread.LOCATION:
                latitude, longitude = re.findall(r"[\d.]+", words)
                person.sends_location(float(latitude), float(longitude))
            case Unread.VIDEO:
                person.sends_video(b"a film", words)
            case Unread.FILE_KIND:
                self._send("file", [b"MZ a program"], words, name="giay.exe")
            case Unread.FILE_LARGE:
                self._send("file", [b"%PDF"], words, name="lon.pdf", size="6000000")
            case Unread.FILE_LOST:
                person.sends_image(PICTURE, words)
                self.desk.zalo.files.forget_media()
            case _:
                raise ValueError(f"not something that can happen: {event}")

    def _send(self, kind: str, contents: list[bytes], words: str, *, name: str = "o.jpg", **more: str) -> None:
        """Files in one message, with words or without."""
        files = [
            {"type": kind, "payload": {"name": name, "url": self.person._publish(name, "", one), **more}}
            for one in contents
        ]
        message: dict[str, Any] = {"text": words} if words else {}
        self.person.posts(f"user_send_{kind}", {**message, "attachments": files})

    def _share(self, whose: str, number: str) -> None:
        if whose == "tôi":
            self.person.submits_info(phone=number)
            return
        card = {"title": whose, "description": json.dumps({"phone": number}), "url": "https://zalo.me/x"}
        self.person.posts("user_send_business_card", {"attachments": [{"type": "link", "payload": card}]})

    async def _answer(self, text: str) -> None:
        app = self.desk.app
        async with app.storage.read() as uow:
            (first, *_) = await uow.questions.list(states=["open"])  # type: ignore[list-item]
        await answer_question(
            app.storage, app.knowledge.content, key=str(first.id), text=text, officer="lan", now=self.clock.now()
        )
        app.relay.work.wake()


def together(shown: list[Shown]) -> list[list[Shown]]:
    """The messages of each bubble: its files come before its words, and buttons for which there was no room after.

    Files whose words are still to come count not.
    """
    found: list[list[Shown]] = []
    files: list[Shown] = []
    for one in shown:
        if one.text == MORE:
            found[-1][-1] = replace(found[-1][-1], buttons=[*found[-1][-1].buttons, *one.buttons])
            continue
        files.append(one)
        if one.text and not LINK.search(one.text):
            found.append(files)
            files = []
    return found


def transcript(bubble: list[Shown]) -> str:
    """What stands on the screen, as the terminal would show it."""
    *files, words = bubble
    text, source = words.text, None
    if f"{GAP}{SOURCE}" in text:
        text, source = text.rsplit(f"{GAP}{SOURCE}", 1)
    items = tuple(_file(one) for one in (*files, *([words] if words.file else [])))
    buttons = tuple(QuickReply(label=label, payload="") for label in words.labels)
    return said(OutboundMessage(text=text, source=source, attachments=items, quick_replies=buttons))


def _file(shown: Shown) -> Attachment:
    kind: Any = "image" if shown.kind == "image" else "file"
    return Attachment(kind=kind, name=shown.file_name or LINK.sub("", shown.text), media_type="", size=0, sha256="")


def as_received(shown: Shown) -> str:
    """A message exactly as the server took it."""
    lines = [f"[{shown.kind}{f' {shown.file_name}' if shown.file_name else ''}]", *shown.text.split("\n")]
    lines += [f"({button.type}) {button.title} -> {button.gives}" for button in shown.buttons]
    return "\n".join(f"    {line}".rstrip() for line in lines)
