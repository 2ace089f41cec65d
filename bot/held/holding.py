"""The house that is reached: keeps the posts of another one's account until they are fetched.

It holds no secret of the account, so it cannot tell a signed post from a forged one: it keeps both, to the byte, and
the house that fetches them judges.
"""

import asyncio
import hmac
from collections.abc import Callable, Mapping
from functools import partial

from core.errors import ChungTayError
from core.held import KEPT, LONGEST_HEADER, PROOFS, HeldPost, Kept, NewHeldPost, Room
from core.ports import Clock
from core.storage import Storage

ANSWER_WITHIN = 1.6  # seconds for storing; Zalo waits 2 for the whole answer and then counts it as lost
STORING_AT_ONCE = 50  # posts; a database that does not answer must not fill the memory with them
PAGE = Room(posts=100, size=1024 * 1024)  # what one answer holds at most

Fault = Callable[[str, BaseException], None]


class HoldingError(ChungTayError):
    """Posts for another house could not be kept, or were not fetched."""


class Holding:
    """One account. Implements web.site.Hook and web.site.Held.

    `look_every` is in seconds: other processes may store posts too, and wake nobody here.
    """

    def __init__(
        self,
        account: str,
        key: str,
        *,
        storage: Storage,
        clock: Clock,
        on_fault: Fault,
        look_every: float,
        room: Room | None = None,
        answer_within: float = ANSWER_WITHIN,
    ) -> None:
        self.account, self._key = account, key
        self._storage, self._clock, self._on_fault = storage, clock, on_fault
        self._look_every, self._room, self._answer_within = look_every, room or Room(), answer_within
        self._arrival = asyncio.Event()
        self._storing: set[asyncio.Task[Kept]] = set()

    def knows(self, headers: Mapping[str, str]) -> bool:
        """Whether there is a proof at all; nobody here can say whether it is a true one."""
        return any(headers.get(name) for name in PROOFS) and all(
            len(headers.get(name, "")) <= LONGEST_HEADER for name in KEPT
        )

    async def post(self, body: bytes, headers: Mapping[str, str]) -> tuple[int, bytes]:
        """200 once it is stored, 507 where there is no room, 503 where storing takes longer than a provider waits.

        Raises StorageError when it could not be stored.
        """
        kept = {name: headers[name] for name in KEPT if name in headers}
        post = NewHeldPost(account=self.account, headers=kept, body=body, received_at=self._clock.now())
        if len(self._storing) >= STORING_AT_ONCE:
            return self._late()
        storing = asyncio.create_task(self._keep(post))
        self._storing.add(storing)
        storing.add_done_callback(self._storing.discard)
        # Not cut off when it is late: half a transaction helps nobody, and a second try finds it stored.
        done, _ = await asyncio.wait({storing}, timeout=self._answer_within)
        if not done:
            storing.add_done_callback(self._ended_late)
            return self._late()
        if storing.result() is Kept.FULL:
            self._tell("there is no room for more posts of this account", mend="look why nobody fetches them")
            return 507, b""
        return 200, b""

    async def _keep(self, post: NewHeldPost) -> Kept:
        async with self._storage.write() as uow:
            kept = await uow.held.keep(post, self._room)
            await uow.commit()
        arrived, self._arrival = self._arrival, asyncio.Event()
        arrived.set()
        return kept

    def _late(self) -> tuple[int, bytes]:
        self._tell("a post was not stored in time; its provider comes again", mend="look how the database is doing")
        return 503, b""

    def _ended_late(self, storing: asyncio.Task[Kept]) -> None:
        if not storing.cancelled() and (error := storing.exception()) is not None:
            self._on_fault("inbox", error)

    def _tell(self, what: str, *, mend: str) -> None:
        self._on_fault("inbox", HoldingError(what, where=self.account, mend=mend))

    def opens(self, key: str) -> bool:
        """Whether this is the key of the house whose posts they are; compared in constant time."""
        return hmac.compare_digest(key.encode(), self._key.encode())

    async def waiting(self, after: int, *, seconds: float, stopping: asyncio.Event) -> list[HeldPost]:
        """The oldest posts with a higher id; where there is none, as soon as one comes, or none after so long."""
        clock = asyncio.get_running_loop().time
        until = clock() + seconds
        stopped = asyncio.create_task(stopping.wait())
        try:
            while True:
                arrival = self._arrival  # before looking: what comes in between is not slept through
                async with self._storage.read() as uow:
                    posts = await uow.held.waiting(self.account, after=after, most=PAGE)
                left = until - clock()
                if posts or left <= 0 or stopping.is_set():
                    return posts
                arrived = asyncio.create_task(arrival.wait())
                try:
                    first = partial(asyncio.wait, return_when=asyncio.FIRST_COMPLETED)
                    await first({arrived, stopped}, timeout=min(left, self._look_every))
                finally:
                    arrived.cancel()
        finally:
            stopped.cancel()

    async def taken(self, up_to: int) -> int:
        """They are stored where they belong: let them go. Gives how many. Raises StorageError."""
        async with self._storage.write() as uow:
            gone = await uow.held.taken(self.account, up_to)
            await uow.commit()
        return gone

    async def close(self) -> None:
        """What is still being stored is stored."""
        await asyncio.gather(*self._storing, return_exceptions=True)
