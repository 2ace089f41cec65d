"""A channel in a test's own hands: it takes what it is given, or refuses as the test says."""

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from core.contacts import URN
from core.errors import SendError, SendErrorKind
from core.messages import InboundMessage, OutboundMessage
from core.ports import Capabilities, Condition
from tests.support.rows import ACCOUNT

Refused = SendError | Exception | None


@dataclass
class FakeChannel:
    """Implements core.ports.Channel. `taken` is what arrived, in order; `tried` includes what was refused."""

    account: str = ACCOUNT
    capabilities: Capabilities = field(
        default_factory=lambda: Capabilities(text_length=1000, buttons=3, button_length=20)
    )
    refuse: Callable[[str], Refused] = lambda _: None  # by the text
    taken: list[str] = field(default_factory=list)
    messages: list[OutboundMessage] = field(default_factory=list)  # the same, whole
    tried: list[str] = field(default_factory=list)
    told: list[str] = field(default_factory=list)  # paths whose outcome was recorded
    gate: asyncio.Event | None = None  # where set, sending waits until it opens
    text_length: int = 0  # where set, a longer text goes in pieces

    def parse(self, external_id: str, path: str, raw: Mapping[str, Any], received_at: datetime) -> InboundMessage:
        """A message with the text of the raw update."""
        text = str(raw.get("text", ""))
        urn = URN(account=self.account, path=path)
        payload = raw.get("payload")
        return InboundMessage(urn=urn, external_id=external_id, received_at=received_at, text=text, payload=payload)

    def sequence(self, external_id: str) -> int:
        """Ids that are numbers are counted."""
        return int(external_id) if external_id.isdecimal() else 0

    def pieces(self, message: OutboundMessage) -> tuple[OutboundMessage, ...]:
        """One piece, however long, or those of `text_length`."""
        if not self.text_length:
            return (message,)
        starts = range(0, len(message.text), self.text_length)
        return tuple(replace(message, text=message.text[one : one + self.text_length]) for one in starts)

    async def send(self, urn: URN, message_id: int, message: OutboundMessage) -> str:
        """Take a message, or refuse it."""
        self.tried.append(message.text)
        if self.gate is not None:
            await self.gate.wait()
        refusal = self.refuse(message.text)
        if refusal is not None:
            raise refusal
        self.taken.append(message.text)
        self.messages.append(message)
        return f"provider-{message_id}"

    def recorded(self, urn: URN) -> None:
        """Note whom a page may look for now."""
        self.told.append(urn.path)

    def condition(self) -> Condition:
        """Always well."""
        return Condition()


def refusing(
    error: SendErrorKind | SendError, *, times: int = 1, retry_after: float | None = None, text: str | None = None
) -> Callable[[str], Refused]:
    """Refuse so many messages (with `text`: of those that say this), then take all."""
    refusal = error if isinstance(error, SendError) else SendError(error, retry_after=retry_after)
    left = [times]

    def refuse(said: str) -> Refused:
        left[0] -= text in (None, said)
        return refusal if left[0] >= 0 and text in (None, said) else None

    return refuse
