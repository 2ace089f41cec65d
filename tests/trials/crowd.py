"""Made-up people who all write at once, each one message after the other, and remember what was acknowledged."""

import asyncio
import random
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime

import httpx

from bot.opening import WEBCHAT
from core.contacts import URN
from core.records import NewUpdate
from web.saying import update
from web.visitor import COOKIE, path_of

# What people write. Some ask, some choose a place first, some pass a question on to an officer, some check themselves.
SCRIPTS: tuple[tuple[str, ...], ...] = (
    ("menu",),
    ("xin chào",),
    ("🌾",),
    ("thẻ bảo hiểm y tế cho hộ nghèo", "Đăk Cấm"),
    ("Đăk Cấm", "tien dien ho ngheo", "thế thủ tục thì sao?"),
    ("Mường Lay", "trợ giúp pháp lý miễn phí"),
    ("Đăk Cấm", "gặp cán bộ", "Mái nhà tôi dột, xin giúp.", "Chuyển cho cán bộ", "menu"),
    # A self-check: what is answered is sealed, and stands in no message.
    ("Đăk Cấm", "tự kiểm tra", "nhanh", "4", "2 triệu", "đúng rồi", "1 3", "0", "2", "Vì sao từng điều?"),
)
AT_ONCE = 50  # connections


@dataclass
class Speaker:
    """One browser: its secret, its script, and how many of its messages were acknowledged."""

    name: str  # of 8 to 20 letters and digits; part of the ids of what it posts
    script: int
    acknowledged: int = 0

    @property
    def token(self) -> str:
        """The cookie."""
        return self.name.ljust(22, "x")

    @property
    def path(self) -> str:
        """The address under which it is stored."""
        return path_of(self.token)

    @property
    def lines(self) -> tuple[str, ...]:
        """What it writes, in order."""
        return SCRIPTS[self.script]

    def updates(self) -> list[NewUpdate]:
        """All it writes, as the web chat would store it."""
        urn, now = URN(account=WEBCHAT, path=self.path), datetime.now(UTC)
        return [update(urn, self.id_of(number) + "stored", now, text=line) for number, line in enumerate(self.lines)]

    def id_of(self, number: int) -> str:
        """How the stored id of its message begins."""
        return f"form-{self.name}-{number:02}-"


def crowd(chance: random.Random, round_name: str, messages: int) -> list[Speaker]:
    """People with that many messages in all, at least."""
    return list(_speakers(chance, round_name, messages))


def _speakers(chance: random.Random, round_name: str, messages: int) -> Iterator[Speaker]:
    number = 0
    while messages > 0:
        fitting = [which for which, lines in enumerate(SCRIPTS) if len(lines) <= messages]
        speaker = Speaker(name=f"trial{round_name}p{number}", script=chance.choice(fitting))
        messages -= len(speaker.lines)
        number += 1
        yield speaker


async def speak(address: str, people: list[Speaker], acknowledged: Callable[[], None]) -> None:
    """Everybody posts their script; whom the service leaves in the middle falls silent."""
    limits = httpx.Limits(max_connections=AT_ONCE, max_keepalive_connections=AT_ONCE)
    async with httpx.AsyncClient(base_url=address, limits=limits, timeout=30) as client:
        await asyncio.gather(*(_post_all(client, one, acknowledged) for one in people))


async def _post_all(client: httpx.AsyncClient, speaker: Speaker, acknowledged: Callable[[], None]) -> None:
    with suppress(httpx.TransportError):  # the service was killed: what is not acknowledged does not count
        for number, line in enumerate(speaker.lines):
            answer = await client.post(
                "/messages",
                data={"text": line, "nonce": f"{speaker.name}-{number:02}"},
                headers={"Cookie": f"{COOKIE}={speaker.token}", "X-Requested-With": "fetch"},
            )
            if answer.status_code != 204:
                raise RuntimeError(f"the service answered {answer.status_code} to a message")
            speaker.acknowledged += 1
            acknowledged()
