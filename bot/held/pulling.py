"""The house that nobody reaches: fetches its posts from where they are kept, and takes them in as if they came here.

What is stored here is told to be taken only after that. A crash in between fetches it again, and then it is known
already, as a provider's second try is.
"""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace
from http import HTTPStatus

from starlette.datastructures import Headers

from bot.held.asking import AskingError, House
from bot.held.condition import Pulled, Trouble
from core.errors import ChungTayError, StorageError
from core.held import HeldPost
from core.ports import Clock
from web.site import Hook

LONGEST_WAIT = 60.0  # seconds between tries
TRIES = 5  # of a post at which our own reading of it fails: then the others behind it go on
AT_ONCE = 0.05  # seconds in which no question held open can end

Fault = Callable[[str, BaseException], None]
Sleep = Callable[[float], Awaitable[object]]


class RefusedPostError(ChungTayError):
    """A post was fetched and does not count: it is not signed as it should be, or cannot be read."""


class Pulling:
    """One account: `ours` is its name here, `theirs` where its posts are kept."""

    def __init__(
        self,
        ours: str,
        theirs: str,
        *,
        hook: Hook,
        house: House,
        clock: Clock,
        on_fault: Fault,
        sleep: Sleep = asyncio.sleep,
    ) -> None:
        self.ours, self.theirs, self._hook, self._house = ours, theirs, hook, house
        self._clock, self._on_fault, self._sleep = clock, on_fault, sleep
        self.pulled = Pulled()
        self._after = 0  # handed over and perhaps not known to be taken; 0: nothing
        self._failing: tuple[int, int] = (0, 0)  # the post that cannot be read, and how often it was tried
        self._failed = 0

    async def run(self) -> None:
        """Until cancelled. Trouble of any kind is told and waited out; what is not stored is not taken."""
        while True:
            try:
                await self.step()
                self._failed = 0
            except Exception as error:
                trouble = error.trouble if isinstance(error, AskingError) else Trouble.OWN
                self.pulled = replace(self.pulled, trouble=trouble)
                self._on_fault("inbox", error)
                self._failed += 1
                await self._sleep(min(LONGEST_WAIT, float(2 ** min(self._failed - 1, 6))))

    async def step(self) -> None:
        """Ask once, and take in what there is. Raises AskingError, StorageError, or what reading a post raised."""
        clock = asyncio.get_running_loop().time
        began = clock()
        posts = await self._house.posts(self.theirs, after=self._after)
        self.pulled = replace(self.pulled, last=self._clock.now(), trouble=None)
        for post in posts:
            await self._take_in(post)
            self._after = post.id
        if self._after:
            await self._house.taken(self.theirs, self._after)
            # Anew from the first: should the numbers ever begin again over there, nothing is passed over.
            self._after = 0
        elif clock() - began < AT_ONCE:
            await self._sleep(1.0)  # it should have waited for us

    async def _take_in(self, post: HeldPost) -> None:
        try:
            status = await self._status(post)
        except StorageError:
            raise  # ours, and none of the post's
        except Exception as error:
            number, tried = self._failing
            tried = tried + 1 if number == post.id else 1
            self._failing = (post.id, tried)
            if tried < TRIES:
                raise
            self._on_fault("inbox", error)
            status = HTTPStatus.INTERNAL_SERVER_ERROR
        if status < HTTPStatus.MULTIPLE_CHOICES:
            self.pulled = replace(self.pulled, stored=self.pulled.stored + 1)
            return
        # It would stand in the way of all others for ever.
        self.pulled = replace(self.pulled, refused=self.pulled.refused + 1)
        told = f"a post of {self.theirs} does not count ({int(status)})"
        mend = "with 401: look whether the account's own secret is right here, and who may post there"
        self._on_fault("inbox", RefusedPostError(told, where=self._house.url, mend=mend))

    async def _status(self, post: HeldPost) -> int:
        headers = Headers(dict(post.as_it_came))
        if not self._hook.knows(headers):
            return HTTPStatus.UNAUTHORIZED
        status, _ = await self._hook.post(post.body, headers)  # what is said in answer, nobody waits for
        if status >= HTTPStatus.INTERNAL_SERVER_ERROR:
            raise StorageError(f"a post could not be taken in ({status})", where=self.ours, mend="it is tried again")
        return status
