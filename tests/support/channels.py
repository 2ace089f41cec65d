"""A channel in a test's own hands: it takes what it is given, or refuses as the test says."""

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from core.contacts import URN
from core.errors import SendError, SendErrorKind
from core.messages import InboundMessage, OutboundMessage
from core.ports import Capabilities
from tests.support.rows import ACCOUNT

Refusal = SendError | Exception | None


@dataclass
class FakeChannel:
    """Implements core.ports.Channel. `taken` is what arrived, in order; `tried` includes what was refused."""

    account: str = ACCOUNT
    capabilities: Capabilities = field(
        default_factory=lambda: Capabilities(text_length=1000, buttons=3, button_length=20)
    )
    refuse: Callable[[str], Refusal] = lambda _: None  # by the text
    taken: list[str] = field(default_factory=list)
    tried: list[str] = field(default_factory=list)
    told: list[str] = field(default_factory=list)  # paths whose outcome was recorded
    gate: asyncio.Event | None = None  # where set, sending waits until it opens

    def parse(self, external_id: str, path: str, raw: Mapping[str, Any], received_at: datetime) -> InboundMessage:
        """A message with the text of the raw update."""
        text = str(raw.get("text", ""))
        urn = URN(account=self.account, path=path)
        return InboundMessage(urn=urn, external_id=external_id, received_at=received_at, text=text)

    async def send(self, urn: URN, message_id: int, message: OutboundMessage) -> str:
        """Take a message, or refuse it."""
        self.tried.append(message.text)
        if self.gate is not None:
            await self.gate.wait()
        refusal = self.refuse(message.text)
        if refusal is not None:
            raise refusal
        self.taken.append(message.text)
        return f"provider-{message_id}"

    def recorded(self, urn: URN) -> None:
        """Note whom a page may look for now."""
        self.told.append(urn.path)


def refusing(kind: SendErrorKind, *, times: int = 1, retry_after: float | None = None) -> Callable[[str], Refusal]:
    """Refuse so many messages, then take all."""
    left = [times]

    def refuse(_: str) -> Refusal:
        left[0] -= 1
        return SendError(kind, retry_after=retry_after) if left[0] >= 0 else None

    return refuse
