"""The web chat as a channel: its page fetches what was said, so sending is waking the pages that wait."""

import asyncio
from collections.abc import Mapping, Sequence
from contextlib import suppress
from datetime import datetime
from typing import Any

from core.cleaning import clean_text
from core.contacts import URN
from core.messages import Attachment, InboundMessage, OutboundMessage, attachment_from_json
from core.ports import Capabilities, Condition


class WebChat:
    """One web chat account. Implements core.ports.Channel and core.ports.Arrivals."""

    capabilities = Capabilities(text_length=4000, buttons=5, button_length=40, confirms_delivery=True, attachments=True)

    def __init__(self, account: str) -> None:
        self.account = account
        self._waiting: dict[str, set[asyncio.Event]] = {}

    def parse(self, external_id: str, path: str, raw: Mapping[str, Any], received_at: datetime) -> InboundMessage:
        """Read a stored raw update: what is missing or odd becomes empty, a long text is cut.

        A press shows what its button said: the label is the text.
        """
        payload = raw.get("payload")
        label = raw.get("label")
        pressed = isinstance(payload, str) and payload != ""
        said = label if pressed and isinstance(label, str) else raw.get("text")
        return InboundMessage(
            urn=URN(account=self.account, path=path),
            external_id=external_id,
            received_at=received_at,
            text=clean_text(said) if isinstance(said, str) else "",
            payload=payload if pressed else None,
            attachments=_attachments(raw.get("attachments")),
        )

    def sequence(self, external_id: str) -> int:  # noqa: ARG002
        """They come in their order."""
        return 0

    def pieces(self, message: OutboundMessage) -> tuple[OutboundMessage, ...]:
        """One piece, however long."""
        return (message,)

    async def send(self, urn: URN, message_id: int, message: OutboundMessage) -> str:  # noqa: ARG002
        """Nothing to hand over: the pages read the message from storage once it is recorded. Never refuses."""
        return str(message_id)

    def recorded(self, urn: URN) -> None:
        """Wake the pages of this address."""
        for event in self._waiting.get(urn.path, ()):
            event.set()

    def condition(self) -> Condition:
        """Up: whoever can ask has the page."""
        return Condition()

    async def wait(self, path: str, seconds: float) -> bool:
        """True as soon as something was sent to this address, False when the time is over."""
        event = asyncio.Event()
        waiting = self._waiting.setdefault(path, set())
        waiting.add(event)
        try:
            async with asyncio.timeout(seconds):
                return await event.wait()
        except TimeoutError:
            return False
        finally:
            waiting.discard(event)
            if not waiting and self._waiting.get(path) is waiting:
                del self._waiting[path]


def _attachments(raw: object) -> tuple[Attachment, ...]:
    found: list[Attachment] = []
    for item in raw if isinstance(raw, Sequence) and not isinstance(raw, str) else ():
        with suppress(KeyError, TypeError, ValueError):
            found.append(attachment_from_json(item))
    return tuple(found)
