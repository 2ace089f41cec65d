"""Who is kept out by wrong tries, and who is not: a stranger who tries a name keeps its officer out of nothing."""

import asyncio
import re

import pytest

from bot.app import App
from core.signing import TRIES_BY_ADDRESS, TRIES_BY_NAME
from tests.console.desk import PASSWORD, Desk, code_now, sign_in
from tests.support.clock import FixedClock
from tests.support.rows import everything
from tests.web.conftest import client_of

HOUR = 3600


@pytest.fixture
def database(database_url: str) -> str:
    return database_url


def at(app: App, address: str) -> Desk:
    """A browser in which nobody signed in yet, at an address."""
    return Desk(client_of(app.web, address=address))


async def own_browser(app: App, lan: Desk, clock: FixedClock, address: str = "203.0.113.2") -> Desk:
    """The browser in which Lan signed in before, and is signed out by now."""
    desk = at(app, address)
    assert (await right(desk, lan, clock)).status == 200
    await desk.open()
    await desk.send("/sign-out")
    clock.advance(seconds=30)
    return desk


async def right(desk: Desk, lan: Desk, clock: FixedClock) -> "object":
    return await sign_in(desk, "Lan", code_now(lan.secret, clock))


async def lock(app: App, name: str, address: str) -> None:
    """A stranger tries until there is a lock."""
    for _ in range(TRIES_BY_NAME):
        await sign_in(at(app, address), name, "000000", "wrong")


@pytest.mark.thorough
async def test_a_locked_address_keeps_nobody_out_elsewhere(app: App, lan: Desk, clock: FixedClock) -> None:
    for number in range(TRIES_BY_ADDRESS):
        await sign_in(at(app, "198.51.100.6"), f"name {number}", "000000", "wrong")
    assert (await right(at(app, "198.51.100.6"), lan, clock)).status == 422
    assert (await right(at(app, "203.0.113.2"), lan, clock)).status == 200


async def test_who_signed_in_before_is_not_kept_out_by_a_stranger(app: App, lan: Desk, clock: FixedClock) -> None:
    """A try an hour is enough to keep a name locked for ever: the officer's own browser has its own count."""
    own = await own_browser(app, lan, clock)
    await lock(app, "Lan", "198.51.100.6")
    for _ in range(3):
        clock.advance(seconds=HOUR)
        await sign_in(at(app, "198.51.100.6"), "Lan", "000000", "wrong")
    assert (await right(at(app, "203.0.113.3"), lan, clock)).status == 422, "a browser that nobody knows waits"
    assert (await right(own, lan, clock)).status == 200
    for number in range(TRIES_BY_ADDRESS):
        await sign_in(at(app, "203.0.113.2"), f"name {number}", "000000", "wrong")
    clock.advance(seconds=30)
    await own.open()
    await own.send("/sign-out")
    assert (await right(own, lan, clock)).status == 200, "nor by who tries from the same house"


async def test_a_known_browser_is_locked_by_its_own_wrong_tries(app: App, lan: Desk, clock: FixedClock) -> None:
    own = await own_browser(app, lan, clock)
    tries = [sign_in(own, "Lan", "000000", "wrong") for _ in range(TRIES_BY_NAME)]
    for one in tries:
        page = await one
    assert "tạm khóa" in page.alerts[0] and (await right(own, lan, clock)).status == 422
    clock.advance(seconds=61)
    assert (await right(own, lan, clock)).status == 200
    rows = (await everything(app.storage))["sign_in_tries"]
    assert [one for one in rows if one["failures"]] == [], "it was right: nothing is left of it"


@pytest.mark.thorough
async def test_many_tries_at_once_in_a_known_browser_are_many(app: App, lan: Desk, clock: FixedClock) -> None:
    own = await own_browser(app, lan, clock)
    await own.open("/console/sign-in")
    form = own.page.form("/sign-in")
    data = {**form.fields, "name": "Lan", "password": "wrong", "code": "000000"}
    await asyncio.gather(*(own.client.post(form.action, data=data) for _ in range(8)))
    assert max(one["failures"] for one in (await everything(app.storage))["sign_in_tries"]) == TRIES_BY_NAME


@pytest.mark.thorough
async def test_a_mark_is_of_one_officer_and_cannot_be_made_up(
    app: App, lan: Desk, minh: Desk, clock: FixedClock
) -> None:
    """Minh's browser is nobody to Lan's name; an old PC on which both sign in is known to both."""
    own = await own_browser(app, lan, clock)
    (mark,) = [one for one in own.client.cookies.jar if one.name == "__Host-known"]
    assert mark.value and mark.secure and not (mark.expires or 0) < clock.now().timestamp()
    assert "Lan" not in mark.value
    other = at(app, "203.0.113.4")
    assert (await sign_in(other, "Minh", code_now(minh.secret, clock))).status == 200
    await other.open()
    await other.send("/sign-out")
    await lock(app, "Lan", "198.51.100.6")
    assert (await right(other, lan, clock)).status == 422
    nonce, _, marks = mark.value.partition(".")
    for forged in (nonce, f"{nonce}.{'A' * 22}", f"{'A' * 22}.{marks}", ".".join(["A" * 22] * 9), "x" * 5000, "é"):
        made_up = at(app, "203.0.113.5")
        made_up.client.cookies.set("__Host-known", forged.encode("ascii", "replace").decode())
        assert (await right(made_up, lan, clock)).status == 422, forged
    clock.advance(seconds=61)
    assert (await right(other, lan, clock)).status == 200, "the lock is over, and from here on it is known"
    await other.open()
    await other.send("/sign-out")
    await lock(app, "Lan", "198.51.100.6")
    await lock(app, "Minh", "198.51.100.7")
    clock.advance(seconds=30)
    assert (await right(other, lan, clock)).status == 200
    await other.open()
    await other.send("/sign-out")
    assert (await sign_in(other, "Minh", code_now(minh.secret, clock))).status == 200


@pytest.mark.thorough
async def test_signing_in_rightly_uses_up_nothing_of_an_address(app: App, lan: Desk, clock: FixedClock) -> None:
    """A whole office shares one: its officers coming to work are no tries."""
    for _ in range(TRIES_BY_ADDRESS + 3):
        assert (await right(at(app, "203.0.113.2"), lan, clock)).status == 200
        clock.advance(seconds=30)
    await sign_in(at(app, "203.0.113.2"), "nobody", "000000", "wrong")
    assert max(one["failures"] for one in (await everything(app.storage))["sign_in_tries"]) == 1


@pytest.mark.thorough
async def test_who_is_in_makes_new_recovery_codes_whoever_tries_their_name(
    app: App, lan: Desk, clock: FixedClock
) -> None:
    await lock(app, "Lan", "198.51.100.6")
    await lan.open("/console/account")
    page = await lan.send("/account/codes", code=code_now(lan.secret, clock))
    assert page.status == 200 and len(re.findall(r"[A-Z0-9]{4} [A-Z0-9]{4} [A-Z0-9]{4}", page.text)) == 10
    clock.advance(seconds=30)
    for _ in range(TRIES_BY_NAME):
        await lan.open("/console/account")
        assert (await lan.send("/account/codes", code="000000")).status == 422
    await lan.open("/console/account")
    assert (await lan.send("/account/codes", code=code_now(lan.secret, clock))).status == 422, "guesses end here too"
    assert PASSWORD not in lan.page.html
