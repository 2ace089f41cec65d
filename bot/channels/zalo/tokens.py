"""The two tokens of an account: kept sealed, changed by one process at a time, never both lost.

The access token is good for 25 hours, the refresh token for three months and once (docs.zaloplatforms.com/docs/OA). The
next pair is asked for after 20 hours, or when the access token is refused; it is in the database before it is used.
"""

import asyncio
import os
import socket
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from bot.channels.zalo.account import Account
from bot.channels.zalo.refusals import REFUSED_FOR
from bot.channels.zalo.rotating import Rotation, asked
from bot.channels.zalo.spool import OF, Spool, trace
from core.errors import SendError, SendErrorKind, StorageError
from core.ports import ChannelState, Clock, Condition
from core.storage import Storage
from db.sealing import Seal

RENEWED_AFTER = timedelta(hours=20)  # of the 25 hours
ALARM_AFTER = timedelta(days=30)  # without a new pair
DIES_AFTER = timedelta(days=90)  # "3 months": the refresh token is no good any more
NOT_AGAIN_WITHIN = timedelta(seconds=60)  # a token that is refused so soon was not refused for its age
AGAIN_AFTER = timedelta(seconds=60)  # after Zalo could not be asked
REFUSED_AGAIN_AFTER = timedelta(hours=1)  # after the refresh token was refused: only a person can help
CLAIMED_FOR = timedelta(minutes=3)  # longer than a rotation takes
WAIT_MOST = 10.0  # seconds a message waits for the next pair: less than the relay waits for the message
LOCK_WITHIN, LOCK_AGAIN = 90.0, 0.1  # seconds
LOGIN, RENEW, REFRESHING = "login", "renew", "refreshing"
REFUSED = ("-14014", "-14020", "refused")  # the refresh token is used, or too old, or never was one


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """Both tokens."""

    access: str = field(repr=False)
    refresh: str = field(repr=False)
    access_until: datetime
    refreshed_at: datetime
    sealed: bytes = field(default=b"", repr=False)  # as it is kept: by which it is known to be kept still

    @property
    def dies_at(self) -> datetime:
        """When a person must sign in again, unless a new pair comes before."""
        return self.refreshed_at + DIES_AFTER


class Tokens:
    """Who needs a token asks here."""

    def __init__(
        self,
        account: Account,
        *,
        storage: Storage,
        key: bytes,
        folder: Path,
        clock: Clock,
        on_fault: Callable[[str, BaseException], None],
        rotate: Rotation = asked,
        sleep: Callable[[float], Awaitable[object]] = asyncio.sleep,
    ) -> None:
        """`key` seals them; `folder` is where a pair lies until it is in the database."""
        self._account, self._storage, self._clock, self._on_fault = account, storage, clock, on_fault
        self._key, self._seal, self._folder = key, Seal(key), folder
        self._spool = Spool(folder, account.name, self._seal)
        self._rotate, self._sleep = rotate, sleep
        self._pair: Pair | None = None
        self._task: asyncio.Task[Pair] | None = None
        self._trouble = ""  # the code of what a person must mend
        self._failed: tuple[str, datetime] | None = None  # the refresh token that brought nothing, and until when

    async def access(self) -> str:
        """The access token; a new one where it is old. Raises SendError, MISCONFIGURED where there is none."""
        pair = self._pair
        if pair is not None and not self._is_due(pair):
            return pair.access
        try:
            return (await self._settled(pair.access if pair is not None else "")).access
        except SendError:
            pair = self._pair
            if pair is None or self._clock.now() >= pair.access_until:
                raise
            return pair.access  # the old one does for now

    async def renew(self, refused: str) -> str:
        """Another token than the one that was refused. Raises SendError."""
        if self._pair is not None and self._pair.access != refused:
            return self._pair.access
        pair = await self._settled(refused)
        if pair.access == refused:  # somebody had asked for less
            pair = await self._settled(refused)
        return pair.access

    async def look(self) -> Pair | None:
        """What is kept, also by another process. Raises StorageError."""
        async with self._storage.read() as uow:
            row = await uow.tokens.get(self._account.name)
        data = self._seal.open(row.sealed, contact=OF) if row is not None else None
        if row is None or data is None:
            return None
        return Pair(
            access=str(data["access"]),
            refresh=str(data["refresh"]),
            access_until=row.access_until,
            refreshed_at=row.refreshed_at,
            sealed=row.sealed,
        )

    async def keep(self, access: str, refresh: str, *, seconds: int, at: datetime) -> Pair:
        """Write a pair down; from then on it counts. Raises StorageError."""
        until = at + timedelta(seconds=seconds)
        async with self._storage.write() as uow:
            await uow.upkeep.ensure_account(self._account.name, at)
            sealed = self._seal.close({"access": access, "refresh": refresh}, contact=OF)
            await uow.tokens.keep(self._account.name, sealed, access_until=until, refreshed_at=at)
            await uow.commit()
        return self._taken(Pair(access=access, refresh=refresh, access_until=until, refreshed_at=at, sealed=sealed))

    async def sign_in(self, access: str, refresh: str, *, seconds: int) -> Pair:
        """Keep a pair that a person brought, after whoever asks now. Raises SendError or StorageError."""
        async with self._alone():
            await self._take_in()
            return await self.keep(access, refresh, seconds=seconds, at=self._clock.now())

    async def adopt(self) -> None:
        """Wait for whoever asks now, and take what a dead process left. Raises SendError or StorageError."""
        async with self._alone():
            await self._take_in()

    def condition(self) -> Condition:
        """Whether a person must do something."""
        if self._trouble:
            return Condition(state=ChannelState.REFUSED, code=self._trouble)
        if self._pair is not None and self._clock.now() - self._pair.refreshed_at >= ALARM_AFTER:
            return Condition(state=ChannelState.REFUSED, code=RENEW)
        return Condition()

    async def close(self) -> None:
        """Let what is being asked for arrive."""
        if self._task is not None:
            await asyncio.gather(self._task, return_exceptions=True)

    def _is_due(self, pair: Pair) -> bool:
        age = self._clock.now() - pair.refreshed_at
        return age >= RENEWED_AFTER or self._clock.now() >= pair.access_until

    async def _settled(self, refused: str) -> Pair:
        """The pair after another than `refused` was looked for. One looks at a time, and nobody waits for long."""
        if self._task is None or self._task.done():
            self._task = asyncio.get_running_loop().create_task(self._settle(refused))
            self._task.add_done_callback(lambda done: done.cancelled() or done.exception())  # perhaps nobody waits
        task = self._task
        await asyncio.wait({task}, timeout=WAIT_MOST)
        if not task.done():
            raise SendError(
                SendErrorKind.UNREACHABLE, retry_after=5.0, code=REFRESHING, detail="tokens are being changed"
            )
        try:
            return task.result()
        except (StorageError, OSError) as error:
            raise SendError(SendErrorKind.UNREACHABLE, retry_after=5.0, code="storage", detail="database") from error

    async def _settle(self, refused: str) -> Pair:
        if self._pair is None:
            await self.adopt()  # what a dead process left
        if (pair := await self.look()) is not None and self._does(pair, refused):
            return self._taken(pair)
        self._pair = pair
        token, until = self._failed or ("", self._clock.now())
        if token == (pair.refresh if pair else "") and self._clock.now() < until:
            raise _refusal(self._trouble or REFRESHING)
        async with self._alone() as handle:
            await self._take_in()
            after = await self.look()
            if after is None:
                raise self._lost("", LOGIN, AGAIN_AFTER)
            if after != pair or self._does(after, refused):
                return self._taken(after)
            if abs(self._clock.now() - after.refreshed_at) < NOT_AGAIN_WITHIN:
                raise _refusal("-216")
            return await self._ask(after, handle)

    def _does(self, pair: Pair, refused: str) -> bool:
        return pair.access != refused and not self._is_due(pair)

    def _taken(self, pair: Pair) -> Pair:
        self._pair, self._trouble, self._failed = pair, "", None
        return pair

    async def _ask(self, pair: Pair, handle: int) -> Pair:
        now = self._clock.now()
        async with self._storage.write() as uow:
            mine = await uow.tokens.claim(
                self._account.name, self._owner, seen=pair.sealed, now=now, until=now + CLAIMED_FOR
            )
            await uow.commit()
        if not mine:
            raise _refusal(REFRESHING)
        task = {
            "base": self._account.oauth_base,
            "app_id": self._account.app_id,
            "secret": self._account.app_secret.get_secret_value(),
            "refresh": pair.refresh,
            "account": self._account.name,
            "folder": str(self._folder.absolute()),
            "key": self._key.hex(),
            "at": now.isoformat(),
        }
        code = await self._rotate(task, handle)
        await self._take_in()
        after = await self.look()
        if after is not None and after.refresh != pair.refresh:
            return self._taken(after)
        async with self._storage.write() as uow:
            await uow.tokens.release(self._account.name, self._owner)
            await uow.commit()
        if code in REFUSED:
            raise self._lost(pair.refresh, LOGIN, REFUSED_AGAIN_AFTER)
        if code.removeprefix("-").isdecimal():
            raise self._lost(pair.refresh, code, AGAIN_AFTER)
        self._failed = pair.refresh, self._clock.now() + AGAIN_AFTER
        raise SendError(SendErrorKind.UNREACHABLE, code="oauth", detail=f"no new tokens: {code}")

    def _lost(self, refresh: str, code: str, again: timedelta) -> SendError:
        """A person must act: noted for the health page."""
        self._trouble, self._failed = code, (refresh, self._clock.now() + again)
        return _refusal(code)

    async def _take_in(self) -> None:
        """Pairs that lie in the folder: the one that follows the kept one is kept, then the file goes."""
        for path, data in await asyncio.to_thread(self._spool.read):
            if data is None:
                self._on_fault("zalo", StorageError("a pair of tokens cannot be opened", where=path.name))
                await asyncio.to_thread(self._spool.set_aside, path)
                continue
            kept = await self.look()
            if kept is None or trace(kept.refresh) == data["of"]:
                await self._keep_spooled(data)
            await asyncio.to_thread(self._spool.remove, path)

    async def _keep_spooled(self, data: Any) -> None:
        at = datetime.fromisoformat(data["at"])
        await self.keep(data["access"], data["refresh"], seconds=int(data["seconds"]), at=at)

    def _alone(self) -> "_Alone":
        """Nobody on this host asks meanwhile, nor a process that outlived who began it."""
        return _Alone(self._spool, self._sleep)

    @property
    def _owner(self) -> str:
        """This installation on this host: those elsewhere do not see its lock."""
        return f"{socket.gethostname()[:60]}:{trace(str(self._folder.absolute()))[:32]}"


class _Alone:
    """Holds the lock of an account's tokens; a class, since a SendError cannot pass through a generator's context."""

    def __init__(self, spool: Spool, sleep: Callable[[float], Awaitable[object]]) -> None:
        self._spool, self._sleep = spool, sleep
        self._handle = -1

    async def __aenter__(self) -> int:
        """The handle, for a process that shall hold it too. Raises SendError where others hold it for too long."""
        waited = 0.0
        try:
            while (handle := self._spool.lock()) is None:
                if waited >= LOCK_WITHIN:
                    raise _refusal(REFRESHING)
                await self._sleep(LOCK_AGAIN)
                waited += LOCK_AGAIN
        except OSError as error:
            mend = "let the service write there"
            raise StorageError(f"cannot be used ({error.strerror})", where="folder of tokens", mend=mend) from error
        self._handle = handle
        return handle

    async def __aexit__(self, *_: object) -> None:
        """Let go; a process that was begun holds on."""
        os.close(self._handle)


def _refusal(code: str) -> SendError:
    if code == REFRESHING:
        return SendError(SendErrorKind.UNREACHABLE, retry_after=5.0, code=code, detail="tokens are being changed")
    detail = "sign in again: chungtay zalo login" if code == LOGIN else "no access token"
    return SendError(SendErrorKind.MISCONFIGURED, retry_after=REFUSED_FOR, code=code, detail=detail)
