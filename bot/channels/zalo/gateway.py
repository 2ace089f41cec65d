"""One Official Account, put together: its channel, its hook, and the look at how it stands."""

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path

from bot.channels.zalo.account import Account
from bot.channels.zalo.api import Api
from bot.channels.zalo.channel import Zalo
from bot.channels.zalo.findings import Findings
from bot.channels.zalo.receipts import Receipts
from bot.channels.zalo.spool import FOLDER
from bot.channels.zalo.standing import Standing, quota, standing
from bot.channels.zalo.tokens import Tokens
from bot.channels.zalo.webhook import NO_KEY, Receive, Webhook
from core.errors import SendError, StorageError
from core.ports import Clock, FileStore
from core.storage import Storage

LOOK_EVERY = 3600.0  # seconds between looks at the account; each asks for new tokens where they are due
AGAIN_AFTER = 60.0  # seconds, where the look failed
Sleep = Callable[[float], Awaitable[object]]


class ZaloGateway:
    """Implements bot.outside.Gateway."""

    def __init__(
        self,
        account: Account,
        *,
        storage: Storage,
        key: bytes,
        data_dir: Path,
        files: FileStore,
        clock: Clock,
        on_fault: Callable[[str, BaseException], None],
        sleep: Sleep = asyncio.sleep,
    ) -> None:
        """`key` seals the tokens; `data_dir` holds what must outlive a process until it is in the database."""
        self._account, self.clock, self._on_fault, self._sleep = account, clock, on_fault, sleep
        folder = data_dir / FOLDER
        self.tokens = Tokens(account, storage=storage, key=key, folder=folder, clock=clock, on_fault=on_fault)
        self.api = Api(account, self.tokens, clock)
        self._receipts = Receipts(account.name, storage=storage, on_fault=on_fault)
        self.findings = Findings(data_dir / f"{account.name}.json")
        self.channel = Zalo(
            account,
            self.api,
            self.tokens,
            files=files,
            receipts=self._receipts,
            clock=clock,
            on_fault=on_fault,
        )
        self.hook: Webhook | None = None

    def open(self, receive: Receive) -> None:
        """From now on what comes in goes there."""
        self.hook = Webhook(
            self._account,
            receive=receive,
            receipts=self._receipts,
            findings=self.findings,
            watch=self.channel.receiving,
            clock=self.clock,
            on_fault=self._on_fault,
        )
        if not self._account.oa_secret_key.get_secret_value():
            self.channel.receiving.refused(NO_KEY)  # nothing that comes can be known for Zalo's

    async def run(self) -> None:
        """Look how the account stands, again and again; until cancelled. What comes in is posted to us."""
        while True:
            await self._sleep(LOOK_EVERY if await self._look() is not None else AGAIN_AFTER)

    async def _look(self) -> Standing | None:
        try:
            found = await standing(self.api, self.channel.aside)
        except (SendError, StorageError) as error:
            self._on_fault("zalo", error)
            return None
        self.findings.standing(self.clock.now(), found.plain())
        if found.oa_id and found.oa_id != self._account.oa_id:
            self.channel.aside.refused("oa_id")  # the tokens let us into another account than is set
        return found

    async def quota(self) -> tuple[int, int] | None:
        """Charged messages that remain of the package, and how many there were; None where Zalo does not say.

        Raises SendError.
        """
        return await quota(self.api, self.channel.aside)

    async def close(self) -> None:
        """After the last message was sent."""
        await self._receipts.close()
        await self.tokens.close()
        await self.api.close()
