"""Zalo as a provider of trials: its strict fake, the account's settings, people who have been silent for a while."""

from collections import Counter
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from bot.channels.zalo.account import HOOK
from bot.channels.zalo.account import NAME as ACCOUNT
from bot.channels.zalo.api import MESSAGE, TEMPLATE
from bot.clock import SystemClock
from core.windows import Way
from tests.support.zalo import faults
from tests.support.zalo.oauth import TOKEN_PATH
from tests.support.zalo.people import Person
from tests.support.zalo.server import FakeZalo
from tests.support.zalo_accounts import settings_for, sign_in
from tests.trials.providers import HURRY, Laid, Received

PER_SECOND = 30  # as over Telegram
TEMPLATE_ID = "203972"
PLENTY = 1_000_000  # of messages and of đồng
ROTATING = 20.0  # seconds a new pair takes, as long as the server's hurry makes them: one
OF_QUOTA = {"reply": Way.FREE, "sub_quota": Way.CHARGED}


@dataclass(frozen=True)
class ZaloPhone:
    """A person of the fake Zalo."""

    person: Person

    @property
    def path(self) -> str:
        """Their id at this account."""
        return self.person.id

    def greets(self) -> None:
        """By a text; whose account it is says where they live."""
        self.person.says("xin chào")

    def received(self, last: int | None = None) -> list[Received]:
        """What stands in the chat; of a template its values."""
        shown = self.person.shown if last is None else self.person.shown[-last:]
        return [
            Received(one.message_id, " ".join((one.text, *one.template_data.values())), one.at)
            for one in shown
            if one.at is not None
        ]

    def silent_for(self, silence: timedelta, now: datetime) -> None:
        """As if that were how long ago they last did something."""
        self.person.window.last = now - silence


class OnZalo:
    """An Official Account, by webhook."""

    account = ACCOUNT
    ways = ("webhook",)

    def __init__(self, server: FakeZalo) -> None:
        self.server = server
        quota = server.quota
        quota.sub_total = quota.sub_remain = quota.balance = PLENTY
        server.template(TEMPLATE_ID, parameters={"ten": 30})

    async def prepare(self, *, data_dir: Path, database_url: str) -> None:
        """A good pair of tokens, as `chungtay zalo login` leaves it."""
        settings = settings_for(self.server, database_url=database_url, data_dir=data_dir)
        await sign_in(self.server, settings, SystemClock())

    def settings(self, way: str, port: int) -> dict[str, str]:
        """The account's, and a budget that never ends; the console is given our address."""
        server = self.server
        server.hook_url = f"http://127.0.0.1:{port}{HOOK}"
        return {
            "CHUNGTAY_ZALO_APP_ID": server.app_id,
            "CHUNGTAY_ZALO_APP_SECRET": server.app_secret,
            "CHUNGTAY_ZALO_OA_ID": server.oa_id,
            "CHUNGTAY_ZALO_OA_SECRET_KEY": server.oa_secret_key,
            "CHUNGTAY_ZALO_API_BASE": server.base,
            "CHUNGTAY_ZALO_OAUTH_BASE": server.base,
            "CHUNGTAY_ZALO_BUSINESS_BASE": server.base,
            "CHUNGTAY_ZALO_LOCALITY": "dak-cam",
            "CHUNGTAY_ZALO_PER_SECOND": str(PER_SECOND),
            "CHUNGTAY_ZALO_MONTH_BUDGET": str(PLENTY),
        }

    def phone(self, name: str) -> ZaloPhone:
        """Somebody of that name."""
        return ZaloPhone(self.server.person(name))

    async def until(self, holds: Callable[[], Any], *, within: float) -> None:
        """As the server looks."""
        await self.server.until(holds, within=within)

    async def quiet(self, *, within: float) -> None:
        """As the server says; what nobody took while we were dead comes now."""
        self.server.webhook.retry_now()
        await self.server.quiet(within=within)

    def asks_for_silence(self, when: Callable[[], bool]) -> Laid:
        """Too many calls. How long to be silent is not said: we take a minute."""
        return self.server.faults.add(faults.error(-32, path=MESSAGE, when=lambda _: when()))

    def hangs(self, when: Callable[[], bool]) -> Laid:
        """Messages and templates without an answer."""
        return self.server.faults.add(
            faults.hang(times=None, when=lambda call: call.path in (MESSAGE, TEMPLATE) and when())
        )

    def well(self) -> None:
        """No faults any more."""
        self.server.faults.clear()

    def rotations(self) -> int:
        """How often a new pair was asked for."""
        return len(self.server.calls_of(TOKEN_PATH))

    def refuse_tokens(self) -> None:
        """From now on every message is refused (-216), until a new pair is fetched, which takes a while."""
        self.server.oauth.expire_access()
        self.server.faults.add(faults.slow(ROTATING, path=TOKEN_PATH))

    def taken(self) -> Counter[str]:
        """How many messages went on which terms."""
        return Counter(
            OF_QUOTA.get(one.quota, Way.TEMPLATE).value for shown in self.server.sent.values() for one in shown
        )


@asynccontextmanager
async def on_zalo() -> AsyncIterator[OnZalo]:
    """The fake Zalo while the context is open."""
    async with FakeZalo(hurry=HURRY) as server:
        yield OnZalo(server)
