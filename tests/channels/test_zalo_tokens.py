"""Two tokens, of which one is good once: they change in time, one process asks at a time, and no death takes both."""

import asyncio
import os
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest

from bot.channels.zalo.gateway import ZaloGateway
from bot.channels.zalo.tokens import ALARM_AFTER, RENEWED_AFTER
from bot.clock import SystemClock
from bot.settings import Settings
from core.errors import SendError, SendErrorKind
from core.ports import ChannelState, Clock, Condition
from tests.support import zalo_killable
from tests.support.clock import FixedClock
from tests.support.zalo import faults
from tests.support.zalo.oauth import TOKEN_PATH
from tests.support.zalo.server import FakeZalo
from tests.support.zalo_accounts import settings_for, sign_in, signed_out

pytestmark = pytest.mark.thorough

BOTH = pytest.mark.parametrize("kind", ["sqlite", "postgresql"], indirect=True)
ROOT = Path(__file__).parents[2]


@pytest.fixture
async def zalo(clock: FixedClock) -> AsyncIterator[FakeZalo]:
    """The strict server, on the test's clock."""
    async with FakeZalo(clock=clock, hurry=100) as server:
        yield server


@pytest.fixture
def settings(zalo: FakeZalo, one_database: str, tmp_path: Path) -> Settings:
    """An installation that uses it."""
    return settings_for(zalo, database_url=one_database, data_dir=tmp_path)


@asynccontextmanager
async def signed_in(zalo: FakeZalo, settings: Settings, clock: Clock) -> AsyncIterator[ZaloGateway]:
    """The account's gateway, with a good pair."""
    await sign_in(zalo, settings, clock)
    async with signed_out(settings, clock) as gateway:
        yield gateway


def asked(zalo: FakeZalo) -> list[str]:
    """The refresh tokens that were used, in order."""
    return [str(call.body["refresh_token"]) for call in zalo.calls_of(TOKEN_PATH)]


@BOTH
async def test_a_new_pair_comes_after_twenty_hours(zalo: FakeZalo, settings: Settings, clock: FixedClock) -> None:
    async with signed_in(zalo, settings, clock) as gateway:
        first = await gateway.tokens.access()
        clock.advance(seconds=RENEWED_AFTER.total_seconds() - 1)
        assert await gateway.tokens.access() == first
        clock.advance(seconds=1)
        second = await gateway.tokens.access()
        assert second != first
        zalo.oauth.check_access(second)
    async with signed_out(settings, clock) as gateway:
        assert await gateway.tokens.access() == second, "kept before it was used"
    assert len(asked(zalo)) == 1


async def test_neither_token_lies_readable_anywhere(zalo: FakeZalo, settings: Settings, clock: FixedClock) -> None:
    async with signed_in(zalo, settings, clock) as gateway:
        clock.advance(seconds=RENEWED_AFTER.total_seconds())
        await gateway.tokens.access()
    secrets = [token.encode() for pair in zalo.oauth.pairs for token in (pair.access_token, pair.refresh_token)]
    everything = b"".join(path.read_bytes() for path in settings.data_dir.rglob("*") if path.is_file())
    assert len(secrets) == 4
    assert not any(one in everything for one in secrets)


async def test_a_refused_token_is_renewed_once_and_the_call_repeated_once(
    zalo: FakeZalo, settings: Settings, clock: FixedClock
) -> None:
    async with signed_in(zalo, settings, clock) as gateway:
        clock.advance(seconds=3600)
        zalo.oauth.expire_access()
        lan = zalo.person()
        lan.interacts()
        # Several at once notice it: one asks, all are sent.
        texts = [{"recipient": {"user_id": lan.id}, "message": {"text": str(number)}} for number in range(5)]
        sent = [gateway.api.hand_over("/v3.0/oa/message/cs", one, gateway.channel.sending) for one in texts]
        await asyncio.gather(*sent)
        assert len(lan.shown) == 5
        assert len(asked(zalo)) == 1


async def test_a_new_token_that_is_refused_as_well_is_told_and_asks_for_no_third(
    zalo: FakeZalo, settings: Settings, clock: FixedClock
) -> None:
    async with signed_in(zalo, settings, clock) as gateway:
        clock.advance(seconds=3600)
        zalo.faults.add(faults.error(-216, path="/v2.0/oa/getoa", times=None))
        for _ in range(2):
            with pytest.raises(SendError) as refused:
                await gateway.api.look("/v2.0/oa/getoa", None, gateway.channel.sending)
            assert refused.value.kind is SendErrorKind.MISCONFIGURED
        assert len(asked(zalo)) == 1
        assert gateway.channel.condition() == Condition(state=ChannelState.REFUSED, code="-216")


async def test_while_zalo_gives_none_the_old_one_is_used_to_its_end(
    zalo: FakeZalo, settings: Settings, clock: FixedClock
) -> None:
    async with signed_in(zalo, settings, clock) as gateway:
        first = await gateway.tokens.access()
        clock.advance(seconds=RENEWED_AFTER.total_seconds())
        zalo.faults.add(faults.cut(accepted=False, path=TOKEN_PATH, times=None))
        assert await gateway.tokens.access() == first
        assert await gateway.tokens.access() == first
        assert len(asked(zalo)) == 1, "not again at once"
        clock.advance(seconds=5 * 3600)
        with pytest.raises(SendError) as unreachable:
            await gateway.tokens.access()
        assert unreachable.value.kind is SendErrorKind.UNREACHABLE
        zalo.faults.clear()
        clock.advance(seconds=60)
        zalo.oauth.check_access(await gateway.tokens.access())


@pytest.mark.parametrize("numbered", [True, False])
async def test_a_pair_lost_on_the_wire_is_said_and_mended_by_signing_in(
    zalo: FakeZalo, settings: Settings, clock: FixedClock, numbered: bool
) -> None:
    zalo.oauth.numbered = numbered
    async with signed_in(zalo, settings, clock) as gateway:
        await gateway.tokens.access()
        clock.advance(seconds=3600)
        zalo.lose_token_answer()
        refused = await gateway.tokens.access()
        with pytest.raises(SendError) as lost:
            await gateway.tokens.renew(refused)
        assert lost.value.kind is SendErrorKind.UNREACHABLE
        clock.advance(seconds=60)
        with pytest.raises(SendError) as login:
            await gateway.api.look("/v2.0/oa/getoa", None, gateway.channel.sending)
        assert login.value.kind is SendErrorKind.MISCONFIGURED
        assert gateway.channel.condition() == Condition(state=ChannelState.REFUSED, code="login")
        tried = len(asked(zalo))
        clock.advance(seconds=60)
        with pytest.raises(SendError):
            await gateway.api.look("/v2.0/oa/getoa", None, gateway.channel.sending)
        assert len(asked(zalo)) == tried, "it is not asked about again and again"
        await sign_in(zalo, settings, clock)  # another process: the command
        await gateway.api.look("/v2.0/oa/getoa", None, gateway.channel.sending)
        assert gateway.channel.condition() == Condition()


async def test_without_any_pair_it_says_that_somebody_must_sign_in(settings: Settings, clock: FixedClock) -> None:
    async with signed_out(settings, clock) as gateway:
        with pytest.raises(SendError, match="chungtay zalo login"):
            await gateway.api.look("/v2.0/oa/getoa", None, gateway.channel.sending)
        assert gateway.channel.condition() == Condition(state=ChannelState.REFUSED, code="login")


async def test_thirty_days_without_a_new_pair_are_an_alarm(
    zalo: FakeZalo, settings: Settings, clock: FixedClock
) -> None:
    async with signed_in(zalo, settings, clock) as gateway:
        await gateway.tokens.access()
        clock.advance(seconds=ALARM_AFTER.total_seconds() - 1)
        assert gateway.tokens.condition() == Condition()
        clock.advance(seconds=1)
        assert gateway.tokens.condition() == Condition(state=ChannelState.REFUSED, code="renew")
        await gateway.tokens.access()
        assert gateway.tokens.condition() == Condition()


async def test_a_clock_set_back_does_not_ask_for_ever(zalo: FakeZalo, settings: Settings, clock: FixedClock) -> None:
    async with signed_in(zalo, settings, clock) as gateway:
        first = await gateway.tokens.access()
        clock.advance(seconds=-86_400 * 400)
        zalo.oauth.expire_access()
        assert await gateway.tokens.renew(first) != first
        assert len(asked(zalo)) == 1


async def run(settings: Settings, refused: str, *, kill: str = "") -> tuple[int, bytes]:
    """The service's part in a process of its own, killed at that step; how it ended, and what it said."""
    given = {
        f"CHUNGTAY_{name.upper()}": str(getattr(value, "get_secret_value", lambda value=value: value)())
        for name, value in settings
        if name.startswith("zalo_") or name in ("data_dir", "database_url")
    }
    environment = {**os.environ, **given, "PYTHONPATH": str(ROOT), zalo_killable.VARIABLE: kill}
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        *("-m", "tests.support.zalo_killable", "renew", refused),
        cwd=ROOT,
        env=environment,
        stdout=asyncio.subprocess.PIPE,
    )
    told, _ = await process.communicate()
    return process.returncode or 0, told


def each_kill() -> list[Any]:
    """All steps on SQLite in the trials; PostgreSQL, and the two between which a pair could be lost, are thorough."""
    found = []
    for kind in ("sqlite", "postgresql"):
        for step in zalo_killable.STEPS:
            thorough = kind == "postgresql" or step in ("request sent", "answer received")
            found.append(
                pytest.param(
                    kind, step, id=f"{step}-{kind}", marks=pytest.mark.thorough if thorough else pytest.mark.trial
                )
            )
    return found


@pytest.mark.parametrize(("kind", "step"), each_kill(), indirect=["kind"])
async def test_a_kill_at_any_step_loses_nothing(zalo: FakeZalo, settings: Settings, step: str) -> None:
    """The small process that asks lives on, or had not begun: the next start has a pair, and none was used twice."""
    clock = zalo.state.clock = zalo.oauth.clock = SystemClock()
    async with signed_in(zalo, settings, clock) as gateway:
        zalo.state.oauth.expire_access()
        refused = (await gateway.tokens.look()).access  # type: ignore[union-attr]
        # Given long ago, or a token that is refused would not be thought to be too old.
        pair = await gateway.tokens.look()
        assert pair is not None
        long_ago = pair.refreshed_at - RENEWED_AFTER / 2
        await gateway.tokens.keep(pair.access, pair.refresh, seconds=90_000, at=long_ago)
    ended, _ = await run(settings, refused, kill=step)
    assert ended == -signal.SIGKILL
    async with signed_out(settings, clock) as gateway:
        zalo.oauth.check_access(await gateway.tokens.renew(refused))
        assert gateway.tokens.condition() == Condition()
    assert len(asked(zalo)) == len(set(asked(zalo))) == 1
    assert [path.name for path in (settings.data_dir / "tokens").iterdir()] == ["zalo.main.lock"]


@pytest.mark.trial
@BOTH
async def test_two_processes_ask_once(zalo: FakeZalo, settings: Settings) -> None:
    clock = zalo.state.clock = zalo.oauth.clock = SystemClock()
    async with signed_in(zalo, settings, clock) as gateway:
        pair = await gateway.tokens.look()
        assert pair is not None
        await gateway.tokens.keep(pair.access, pair.refresh, seconds=90_000, at=pair.refreshed_at - RENEWED_AFTER / 2)
    ends = await asyncio.gather(*(run(settings, pair.access) for _ in range(2)))
    assert ends == [(0, b"renewed\n")] * 2
    assert len(asked(zalo)) == 1


@pytest.mark.parametrize("kind", ["postgresql"], indirect=True)
async def test_two_hosts_ask_once(zalo: FakeZalo, settings: Settings, tmp_path: Path) -> None:
    """They share a database and no folder."""
    clock = zalo.state.clock = zalo.oauth.clock = SystemClock()
    async with signed_in(zalo, settings, clock) as gateway:
        pair = await gateway.tokens.look()
        assert pair is not None
        await gateway.tokens.keep(pair.access, pair.refresh, seconds=90_000, at=pair.refreshed_at - RENEWED_AFTER / 2)
    other = tmp_path / "other"
    other.mkdir()
    (other / "secret.key").write_bytes((settings.data_dir / "secret.key").read_bytes())
    elsewhere = settings.model_copy(update={"data_dir": other})
    ends = await asyncio.gather(run(settings, pair.access), run(elsewhere, pair.access))
    assert ends == [(0, b"renewed\n")] * 2
    assert len(asked(zalo)) == 1
