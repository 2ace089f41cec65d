"""The door: a password and a second factor, locks that end, sessions that can be ended, all of it in the log."""

import asyncio
from typing import Any

import pytest

from bot.app import App
from core.officers import Grant, Role
from core.signing import IDLE, LONGEST
from tests.console.desk import PASSWORD, Desk, code_now, console_of, officer, sign_in, signed_in
from tests.support.clock import FixedClock
from tests.support.rows import everything
from tests.web.conftest import client_of


async def log(app: App) -> list[tuple[str, str]]:
    """Who did what."""
    return [(row["actor"], row["action"]) for row in (await everything(app.storage))["audit_log"]]


async def stranger(app: App) -> Desk:
    """A browser in which nobody signed in."""
    return Desk(client_of(app.web))


async def test_with_all_three_one_is_in(app: App, lan: Desk, clock: FixedClock) -> None:
    desk = await stranger(app)
    page = await sign_in(desk, "Lan", code_now(lan.secret, clock))
    assert page.status == 200 and page.url.path == "/console"
    assert "Việc cần làm" in page.text and "Lan" in page.text
    assert ("officer:Lan", "signed-in") in await log(app)


@pytest.mark.parametrize("wrong", ["name", "password", "code"])
async def test_what_was_wrong_is_not_told(app: App, lan: Desk, clock: FixedClock, wrong: str) -> None:
    right = {"name": "Lan", "password": PASSWORD, "code": code_now(lan.secret, clock)}
    desk = await stranger(app)
    page = await sign_in(desk, **{**right, wrong: "000000"})
    assert page.status == 422
    assert page.alerts == ["■ Tên, mật khẩu hoặc mã chưa đúng. Xem lại cả ba. Mỗi mã 6 số chỉ dùng một lần."]
    assert desk.cookie == ""
    assert page.form("/sign-in").fields["name"] == {**right, wrong: "000000"}["name"]
    assert PASSWORD not in page.html
    assert (await log(app))[-1] == ("nobody" if wrong == "name" else "officer:Lan", "sign-in.failed")


async def test_a_name_needs_no_capitals_and_no_marks(app: App, lan: Desk, clock: FixedClock) -> None:
    hoa = await signed_in(app, "Nguyễn Thị Hòa")
    page = await sign_in(Desk(client_of(app.web)), "nguyen thi  hoa", code_now(hoa.secret, clock))
    assert page.status == 200 and "Nguyễn Thị Hòa" in page.text
    await signed_in(app, "Lân")
    page = await sign_in(Desk(client_of(app.web)), "lan", code_now(lan.secret, clock))
    assert "chưa đúng" in page.alerts[0], "two people are as near"
    assert (await sign_in(Desk(client_of(app.web)), "Lan", code_now(lan.secret, clock))).status == 200


async def test_a_name_that_nobody_has_costs_as_much(app: App, lan: Desk) -> None:
    compared: list[bool] = []
    passwords = console_of(app).gate.passwords
    real = passwords.matches

    async def matches(kept: str | None, password: str) -> bool:
        compared.append(kept is not None)
        return await real(kept, password)

    passwords.matches = matches  # type: ignore[method-assign]
    for name in ("Lan", "Nobody"):
        await sign_in(await stranger(app), name, "000000")
    assert compared == [True, False]


async def test_a_code_works_once(app: App, lan: Desk, clock: FixedClock) -> None:
    code = code_now(lan.secret, clock)
    assert (await sign_in(await stranger(app), "Lan", code)).status == 200
    assert (await sign_in(await stranger(app), "Lan", code)).status == 422
    clock.advance(seconds=30)
    assert (await sign_in(await stranger(app), "Lan", code_now(lan.secret, clock))).status == 200


@pytest.mark.parametrize(("steps", "status"), [(-2, 422), (1, 200), (2, 422)])
async def test_a_telephones_clock_may_be_wrong_by_one_step(
    app: App, lan: Desk, clock: FixedClock, steps: int, status: int
) -> None:
    assert (await sign_in(await stranger(app), "Lan", code_now(lan.secret, clock, later=steps))).status == status


@pytest.mark.parametrize("name", ["Lan", "Nobody"])
async def test_too_many_wrong_tries_lock_and_the_lock_ends(app: App, lan: Desk, clock: FixedClock, name: str) -> None:
    """Whether somebody has that name cannot be told by it."""
    for _ in range(4):
        page = await sign_in(await stranger(app), name, "000000", "wrong")
        assert "chưa đúng. Xem lại" in page.alerts[0]
    page = await sign_in(await stranger(app), name, "000000", "wrong")
    assert "tạm khóa đến 9 giờ 01" in page.alerts[0]
    page = await sign_in(await stranger(app), name, code_now(lan.secret, clock))
    assert page.status == 422 and "tạm khóa đến 9 giờ 01" in page.alerts[0]
    clock.advance(seconds=61)
    page = await sign_in(await stranger(app), name, "000000", "wrong")
    assert "tạm khóa đến 9 giờ 03" in page.alerts[0], "two minutes the second time"
    clock.advance(seconds=121)
    page = await sign_in(await stranger(app), name, code_now(lan.secret, clock))
    assert page.status == (200 if name == "Lan" else 422)
    assert ("system", "sign-in.locked") in await log(app)


async def test_a_hundred_tries_at_once_are_a_hundred(app: App, lan: Desk) -> None:
    """They count before they are looked at: nobody gains by being quick."""
    compared: list[int] = []
    gate = console_of(app).gate
    real = gate.passwords.matches

    async def matches(kept: str | None, password: str) -> bool:
        compared.append(1)
        return await real(kept, password)

    gate.passwords.matches = matches  # type: ignore[method-assign]
    await asyncio.gather(*[_try(await stranger(app)) for _ in range(20)])
    assert len(compared) <= 5


async def _try(desk: Desk) -> None:
    await sign_in(desk, "Lan", "000000", "wrong")


async def test_an_address_is_locked_too(app: App, lan: Desk, clock: FixedClock) -> None:
    for number in range(10):
        await sign_in(await stranger(app), f"name {number}", "000000", "wrong")
    page = await sign_in(await stranger(app), "Lan", code_now(lan.secret, clock))
    assert page.status == 422 and "tạm khóa" in page.alerts[0]


async def test_neither_names_nor_addresses_of_tries_are_kept(app: App) -> None:
    await sign_in(await stranger(app), "my password by mistake", "000000", "wrong")
    rows = await everything(app.storage)
    assert "my password" not in str(rows) and "127.0.0.1" not in str(rows)


async def test_the_cookie_is_closed_to_others_and_new_each_time(app: App, lan: Desk, clock: FixedClock) -> None:
    desk = await stranger(app)
    await desk.open("/console/sign-in")
    form = desk.page.form("/sign-in")
    data = {**form.fields, "name": "Lan", "password": PASSWORD, "code": code_now(lan.secret, clock)}
    answer = await desk.client.post("/console/sign-in", data=data)
    given = next(one for one in answer.headers.get_list("set-cookie") if one.startswith("__Host-officer="))
    assert {"HttpOnly", "Path=/", "Secure"} <= set(given.split("; ")) and "samesite=lax" in given.lower()
    first = desk.cookie
    clock.advance(seconds=60)
    desk.client.cookies.clear()
    assert (await sign_in(desk, "Lan", code_now(lan.secret, clock))).status == 200
    assert desk.cookie != first
    assert first not in str(await everything(app.storage)), "storage holds hashes only"


async def test_signing_in_anew_ends_the_session_the_browser_had(app: App, lan: Desk, clock: FixedClock) -> None:
    before = lan.cookie
    clock.advance(seconds=IDLE.total_seconds())
    assert (await sign_in(lan, "Lan", code_now(lan.secret, clock))).status == 200
    other = await stranger(app)
    other.client.cookies.set("__Host-officer", before)
    assert (await other.open()).url.path == "/console/sign-in"
    ended = [row for row in (await everything(app.storage))["sessions"] if row["ended_at"] is not None]
    assert len(ended) == 1


async def test_a_session_ends_after_twelve_idle_hours(lan: Desk, clock: FixedClock) -> None:
    clock.advance(seconds=IDLE.total_seconds() - 1)
    assert (await lan.open()).url.path == "/console"
    clock.advance(seconds=IDLE.total_seconds() - 1)
    assert (await lan.open()).url.path == "/console"
    clock.advance(seconds=IDLE.total_seconds())
    assert (await lan.open()).url.path == "/console/sign-in"


@pytest.mark.thorough
async def test_a_session_ends_after_a_week_however_busy(lan: Desk, clock: FixedClock) -> None:
    for _ in range(int(LONGEST.total_seconds() // 3600 // 11)):
        clock.advance(seconds=11 * 3600)
        assert (await lan.open()).url.path == "/console"
    clock.advance(seconds=11 * 3600)
    assert (await lan.open()).url.path == "/console/sign-in"


async def test_who_left_is_out_at_once(app: App, lan: Desk, clock: FixedClock) -> None:
    async with app.storage.write() as uow:
        await uow.officers.retire(lan.officer.id, clock.now())  # type: ignore[union-attr]
        await uow.commit()
    assert (await lan.open()).url.path == "/console/sign-in"
    assert (await sign_in(await stranger(app), "Lan", code_now(lan.secret, clock))).status == 422


async def test_after_signing_in_one_is_where_one_wanted_to_be(app: App, lan: Desk, clock: FixedClock) -> None:
    desk = await stranger(app)
    page = await sign_in(desk, "Lan", code_now(lan.secret, clock), path="/console/questions?show=all")
    assert str(page.url).endswith("/console/questions?show=all")


@pytest.mark.parametrize("to", ["https://evil.example/console", "//evil.example", "/console/../health", "javascript:1"])
async def test_nobody_is_led_elsewhere(app: App, lan: Desk, clock: FixedClock, to: str) -> None:
    desk = await stranger(app)
    await desk.open("/console/sign-in")
    page = await desk.send("/sign-in", name="Lan", password=PASSWORD, code=code_now(lan.secret, clock), next=to)
    assert (page.status, page.url.path, page.url.host) == (200, "/console", "chungtay.example")


async def test_signing_out_ends_it_for_whoever_has_the_cookie(app: App, lan: Desk) -> None:
    token = lan.cookie
    await lan.open()
    page = await lan.send("/sign-out")
    assert page.url.path == "/console/sign-in" and page.statuses == ["✓ Đã thoát."]
    assert lan.cookie == ""
    thief = await stranger(app)
    thief.client.cookies.set("__Host-officer", token)
    assert (await thief.open()).url.path == "/console/sign-in"
    assert ("officer:Lan", "signed-out") in await log(app)


async def test_ones_own_sessions_are_listed_and_ended(app: App, lan: Desk, clock: FixedClock) -> None:
    elsewhere = await stranger(app)
    elsewhere.client.headers["user-agent"] = "Mozilla/5.0 (Linux; Android 13) Chrome/120 Mobile Safari/537.36"
    await sign_in(elsewhere, "Lan", code_now(lan.secret, clock))
    page = await lan.open("/console/account")
    assert "Chrome · Android" in page.text and "Firefox · Linux" in page.text
    other = next(one for one in page.forms if one.action.endswith("/end") and "sessions/2" in one.action)
    await lan.post(other.action, other.fields)
    assert (await elsewhere.open()).url.path == "/console/sign-in"
    assert (await lan.open()).url.path == "/console"


async def test_out_everywhere(app: App, lan: Desk, clock: FixedClock) -> None:
    elsewhere = await stranger(app)
    await sign_in(elsewhere, "Lan", code_now(lan.secret, clock))
    await lan.open("/console/account")
    assert (await lan.send("/sessions/end")).url.path == "/console/sign-in"
    assert (await elsewhere.open()).url.path == "/console/sign-in"
    assert ("officer:Lan", "signed-out.everywhere") in await log(app)


async def test_another_ones_session_is_not_there(app: App, lan: Desk, minh: Desk) -> None:
    await minh.open("/console/account")
    form = next(one for one in minh.page.forms if one.action.endswith("/end") and one.action.count("/") == 5)
    number = next(row["id"] for row in (await everything(app.storage))["sessions"] if row["browser"])
    page = await minh.post(f"/console/account/sessions/{number}/end", form.fields)
    assert page.status == 404
    assert (await lan.open()).url.path == "/console"


async def test_recovery_codes_work_once_each_and_can_be_made_anew(app: App, chief: Desk, clock: FixedClock) -> None:
    await chief.open("/console/account")
    page = await chief.send("/account/codes", code=code_now(chief.secret, clock))
    codes = [line for line in page.text.splitlines() if line.count(" ") == 2 and len(line) == 14]
    assert len(codes) == 10
    assert not [one for one in page.forms if one.action.endswith("/look")], "no change of language loses them"
    assert (await sign_in(await stranger(app), "Hoa", codes[0].lower())).status == 200
    assert (await sign_in(await stranger(app), "Hoa", codes[0])).status == 422
    page = await sign_in(await stranger(app), "Hoa", codes[1].replace(" ", "-"))
    assert "Đã dùng một mã dự phòng" in page.statuses[0]
    assert "Còn 8 mã" in (await chief.open("/console/account")).text
    rows = str(await everything(app.storage))
    assert not [one for one in codes if one.replace(" ", "") in rows]


async def test_new_recovery_codes_take_the_code_shown_now(chief: Desk) -> None:
    await chief.open("/console/account")
    page = await chief.send("/account/codes", code="000000")
    assert page.status == 422 and "Mã chưa đúng" in page.alerts[0]


async def test_every_step_stands_in_an_unbroken_log(app: App, lan: Desk, clock: FixedClock) -> None:
    await sign_in(await stranger(app), "Lan", "000000")
    await sign_in(await stranger(app), "Lan", code_now(lan.secret, clock))
    async with app.storage.read() as uow:
        assert (await uow.audit.verify()).broken_at is None
    actions = [action for _, action in await log(app)]
    assert actions == ["link.made", "password.set", "signed-in", "sign-in.failed", "signed-in"]


async def test_an_officer_without_a_password_cannot_sign_in(app: App) -> None:
    await officer(app, "Tâm", Grant(role=Role.VIEWER))
    assert (await sign_in(await stranger(app), "Tâm", "", "")).status == 422


async def test_odd_fields_are_no_fault(app: App, lan: Desk) -> None:
    odd: dict[str, Any] = {"name": "Lan\x00\ud83d"[:4], "password": "x" * 100_000, "code": "１２３４５６" * 50}
    desk = await stranger(app)
    await desk.open("/console/sign-in")
    assert (await desk.send("/sign-in", **odd)).status == 422
    await signed_in(app, "Khác", Grant(role=Role.VIEWER))
