"""Reads what Zalo posts to us, and says yes only once it is stored.

Two seconds are given, and the answer is not read. What is refused comes again after 30 s, 5, 15, 30 and 60 minutes;
then Zalo stops posting. So what is understood but not needed gets a yes as well.
"""

import json
from collections import Counter
from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import datetime
from typing import Any

from bot.channels.watch import Watch
from bot.channels.zalo.account import Account
from bot.channels.zalo.events import Event, Part, event_of, moment_of, new_update
from bot.channels.zalo.findings import Findings
from bot.channels.zalo.receipts import Receipts
from bot.channels.zalo.signature import HEADER, Keys, mac_of, matches, too_new, too_old
from core.errors import ChungTayError
from core.held import arrived_at
from core.ports import Clock
from core.records import NewUpdate

MOST_BODY = 1024 * 1024  # bytes
# The codes shown where Zalo's posts are refused by our own fault: another key, none, or a wrong clock.
KEY, NO_KEY, CLOCK = "key", "no_key", "clock"
MOST_NAMES = 100  # kinds of events that are counted apart

Receive = Callable[[Sequence[NewUpdate]], Awaitable[object]]


class MalformedError(ChungTayError):
    """Something was posted that cannot be kept."""


class Webhook:
    """Implements web.webhooks.Hook."""

    def __init__(
        self,
        account: Account,
        *,
        receive: Receive,
        receipts: Receipts,
        findings: Findings,
        watch: Watch,
        clock: Clock,
        on_fault: Callable[[str, BaseException], None],
    ) -> None:
        self._account, self._receive, self._receipts, self._findings = account, receive, receipts, findings
        self._watch, self._clock, self._on_fault = watch, clock, on_fault
        self._key = account.oa_secret_key.get_secret_value()
        self._keys = Keys(
            app_id=account.app_id,
            oa_id=account.oa_id,
            oa_secret_key=self._key,
            app_secret=account.app_secret.get_secret_value(),
        )
        self.ignored: Counter[str] = Counter()  # by kind: what was taken and not needed

    def knows(self, headers: Mapping[str, str]) -> bool:
        """Whether it is signed at all; by what, only the body tells."""
        return bool(headers.get(HEADER))

    async def post(self, body: bytes, headers: Mapping[str, str]) -> tuple[int, bytes]:
        """Status and body of the answer: 200 once it is stored. Raises StorageError, so that Zalo comes again.

        What another house kept for us is judged at the moment when it came there: it may be days old by now.
        """
        if len(body) > MOST_BODY:
            return 413, b"too much"
        raw = _read(body)
        if raw is None:
            return 400, b"not an event"
        signature, stamp = headers.get(HEADER, ""), _stamp(raw)
        # The app's number is compared first: whoever posts could choose another one.
        if stamp is None or str(raw.get("app_id")) != self._account.app_id or not self._signed(signature, body, stamp):
            self._refused(signature, body, stamp or "")
            return 401, b""
        if (refused := self._untimely(raw, arrived_at(headers, self._clock.now()))) is not None:
            return refused
        await self._keep(raw, event_of(raw, self._account.oa_id))
        self._watch.answered()
        self._findings.taken(self._clock.now())
        return 200, b""

    def _signed(self, signature: str, body: bytes, stamp: str) -> bool:
        # Without a key everybody could sign.
        return bool(self._key) and matches(signature, mac_of(self._account.app_id, body, stamp, self._key))

    def _refused(self, signature: str, body: bytes, stamp: str) -> None:
        """Which of our secrets would have matched is written down for `chungtay zalo doctor`."""
        which = self._keys.which(signature, body, stamp)
        self._findings.refused(self._clock.now(), which)
        if which:
            self._watch.refused(KEY)  # nobody else can have made it: Zalo signs with another key than is set here

    def _untimely(self, raw: Mapping[str, Any], arrived: datetime) -> tuple[int, bytes] | None:
        moment = moment_of(raw)
        if moment is None:
            return 400, b"a timestamp is milliseconds"
        if not too_new(moment, arrived) and not too_old(moment, arrived):
            return None
        # Zalo signed it: an old post that somebody kept, or this machine's clock is wrong. The next good one tells.
        self._watch.refused(CLOCK)
        mend = "set this machine's clock"
        self._on_fault("zalo", MalformedError("a post is not of now", where=self._account.name, mend=mend))
        return 403, b"not of now"

    async def _keep(self, raw: Mapping[str, Any], event: Event) -> None:
        match event.part:
            case Part.STORED:
                await self._store(new_update(self._account.name, raw, event, self._clock.now()))
            case Part.RECEIPT:
                await self._receipts.arrived(event.person, event.messages)
            case Part.IGNORED:
                name = event.name if event.name in self.ignored or len(self.ignored) < MOST_NAMES else "other"
                self.ignored[name] += 1

    async def _store(self, update: NewUpdate) -> None:
        try:
            await self._receive([update])
        except ValueError as error:
            # What cannot even be written down must not come again for ever.
            self._on_fault("zalo", error)


def _read(body: bytes) -> dict[str, Any] | None:
    """The event; None where it is cut, no JSON, no UTF-8 or no object."""
    try:
        raw = json.loads(body.decode())
    except (ValueError, RecursionError):
        return None
    return raw if isinstance(raw, dict) else None


def _stamp(raw: Mapping[str, Any]) -> str | None:
    """The timestamp as it is signed."""
    stamp = raw.get("timestamp")
    if isinstance(stamp, bool) or not isinstance(stamp, str | int):
        return None
    try:
        return str(stamp)
    except ValueError:  # thousands of digits
        return None
