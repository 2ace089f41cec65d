"""The first administrator and everybody after: by a link that works once, with a fit password and a second factor."""

import re

import pytest

from bot.app import App
from bot.commands.run import _say_first_link
from bot.passwords import Argon2Passwords
from core.officers import Grant, Role
from handlers.signing.enrolling import first_link, new_link
from handlers.signing.factors import code_at
from handlers.signing.passwords import PasswordFault, password_fault
from tests.console.desk import PASSWORD, Desk, Page, code_now, console_of, officer, sign_in, signed_in
from tests.support.clock import FixedClock
from tests.support.rows import everything
from tests.web.conftest import client_of


def secret_of(page: Page) -> str:
    """What the page tells to type into the app."""
    found = re.search(r'class="secret" translate="no">([A-Z2-7 ]+)<', page.html)
    assert found is not None
    return found[1].replace(" ", "")


async def first(app: App, clock: FixedClock) -> tuple[Desk, str]:
    """A browser at the first link."""
    token = await first_link(console_of(app).gate, now=clock.now())
    assert token is not None
    desk = Desk(client_of(app.web))
    path = f"/console/start/{token}"
    await desk.open(path)
    return desk, path


async def test_the_first_one_becomes_administrator_and_is_in(app: App, clock: FixedClock) -> None:
    desk, path = await first(app, clock)
    secret = secret_of(desk.page)
    assert '<svg class="square"' in desk.page.html
    page = await desk.send(path, name="Hoa", password=PASSWORD, again=PASSWORD, code=code_now(secret, clock))
    assert page.status == 200 and len(re.findall(r"<li>[0-9A-Z]{4} [0-9A-Z]{4} [0-9A-Z]{4}</li>", page.html)) == 10
    assert "Quản trị viên, mọi nơi" in (await desk.open("/console/account")).text
    assert await first_link(console_of(app).gate, now=clock.now()) is None
    rows = await everything(app.storage)
    assert [row["action"] for row in rows["audit_log"]] == ["link.made", "officer.granted", "password.set", "signed-in"]
    assert secret not in str(rows) and PASSWORD not in str(rows)
    assert rows["credentials"][0]["password"].startswith("$argon2id$")


async def test_a_link_works_once(app: App, clock: FixedClock) -> None:
    desk, path = await first(app, clock)
    form, secret = desk.page.form(path).fields, secret_of(desk.page)
    data = {**form, "name": "Hoa", "password": PASSWORD, "again": PASSWORD, "code": code_now(secret, clock)}
    assert (await desk.post(path, data)).status == 200
    again = Desk(client_of(app.web))
    assert (await again.open(path)).status == 404 and "đã dùng rồi" in again.page.text
    assert (await desk.open(path)).status == 404


async def test_a_link_lasts_a_day_and_a_new_one_ends_it(app: App, clock: FixedClock) -> None:
    desk, path = await first(app, clock)
    clock.advance(days=1)
    assert (await desk.open(path)).status == 404
    desk, path = await first(app, clock)
    later, _ = await first(app, clock)
    assert (await desk.open(path)).status == 404 and later.page.status == 200


async def test_once_there_is_an_administrator_the_first_link_is_over(app: App, clock: FixedClock) -> None:
    desk, path = await first(app, clock)
    await signed_in(app, "Hoa", Grant(role=Role.ADMINISTRATOR))
    assert (await desk.open(path)).status == 404


async def test_somebody_who_was_added_before_becomes_the_first(app: App, clock: FixedClock) -> None:
    await officer(app, "Hoa", Grant(role=Role.VIEWER, locality="dak-cam"))
    desk, path = await first(app, clock)
    code = code_now(secret_of(desk.page), clock)
    await desk.send(path, name="Hoa", password=PASSWORD, again=PASSWORD, code=code)
    assert len((await everything(app.storage))["officers"]) == 1
    assert "Quản trị viên, mọi nơi" in (await desk.open("/console/account")).text


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"name": " "}, "Nhập tên từ 1 đến 60 ký tự"),
        ({"name": "a\nb"}, "Nhập tên từ 1 đến 60 ký tự"),
        ({"name": "operator"}, "Nhập tên từ 1 đến 60 ký tự"),
        ({"password": "ngắn quá", "again": "ngắn quá"}, "Nhập từ 12 ký tự"),
        ({"password": "Matkhau@2026", "again": "Matkhau@2026"}, "dễ đoán"),
        ({"password": "hoa 123456789", "again": "hoa 123456789"}, "dễ đoán"),
        ({"again": "khác hẳn với bên trên"}, "Hai lần nhập khác nhau"),
        ({"code": "000000"}, "Mã chưa đúng"),
    ],
)
async def test_what_is_wrong_is_told_and_uses_nothing_up(
    app: App, clock: FixedClock, wrong: dict[str, str], said: str
) -> None:
    desk, path = await first(app, clock)
    right = {"name": "Hoa", "password": PASSWORD, "again": PASSWORD, "code": code_now(secret_of(desk.page), clock)}
    page = await desk.send(path, **{**right, **wrong})
    assert page.status == 422 and said in page.alerts[0]
    assert (await everything(app.storage))["officers"] == []
    assert (await desk.send(path, **right)).status == 200


async def test_a_new_password_ends_what_was_signed_in(app: App, chief: Desk, lan: Desk, clock: FixedClock) -> None:
    assert lan.officer is not None
    await chief.open("/console/officers")
    page = await chief.send(f"/{lan.officer.id}/link")
    path = re.search(r"https://chungtay\.example(/console/start/[\w-]+)", page.text)[1]  # type: ignore[index]
    other = Desk(client_of(app.web))
    await other.open(path)
    assert "Dành cho: Lan" in other.page.text
    secret = secret_of(other.page)
    new = "một câu khác hẳn lần trước"
    await other.send(path, password=new, again=new, code=code_now(secret, clock))
    assert (await lan.open()).url.path == "/console/sign-in"
    assert (await sign_in(Desk(client_of(app.web)), "Lan", code_now(lan.secret, clock))).status == 422
    clock.advance(seconds=30)
    assert (await sign_in(Desk(client_of(app.web)), "Lan", code_now(secret, clock), new)).status == 200


async def test_a_link_of_one_is_not_anothers(app: App, lan: Desk, minh: Desk, clock: FixedClock) -> None:
    """The name that is sent along with a link for somebody changes nothing."""
    token = await new_link(console_of(app).gate, "Lan", by="operator", now=clock.now())
    desk = Desk(client_of(app.web))
    await desk.open(f"/console/start/{token}")
    code = code_now(secret_of(desk.page), clock)
    await desk.send(token, name="Minh", username="Minh", password=PASSWORD, again=PASSWORD, code=code)
    assert (await minh.open()).url.path == "/console"
    assert (await lan.open()).url.path == "/console/sign-in"


@pytest.mark.parametrize("token", ["x", "a" * 43, "../../etc", "%00"])
async def test_made_up_links_lead_nowhere(app: App, token: str) -> None:
    assert (await Desk(client_of(app.web)).open(f"/console/start/{token}")).status == 404


@pytest.mark.parametrize(
    ("password", "fault"),
    [
        ("123456789012", PasswordFault.COMMON),
        ("aaaaaaaaaaaa", PasswordFault.COMMON),
        ("Nguyễn Thị Lan 1985", PasswordFault.COMMON),
        ("iloveyou 2026!", PasswordFault.COMMON),
        ("ChungTay@VietNam2026", PasswordFault.COMMON),
        ("abc" * 60 + "zy", None),
        ("x" * 201, PasswordFault.LONG),
        ("Đăk Cấm mùa cà phê", None),
        ("tám lạng nửa cân", None),
        ("𝔭𝔞𝔰𝔰 word không dấu cách", None),
    ],
)
def test_which_passwords_are_taken(password: str, fault: PasswordFault | None) -> None:
    assert password_fault(password, password, "Nguyễn Thị Lan") is fault


def test_codes_are_those_of_the_standard() -> None:
    """RFC 6238, appendix B, the last six of its eight digits."""
    secret = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"
    for moment, code in ((59, "287082"), (1111111109, "081804"), (20000000000, "353130")):
        assert code_at(secret, moment // 30) == code


async def test_the_start_says_how_the_first_one_gets_in(
    app: App, clock: FixedClock, capsys: pytest.CaptureFixture[str]
) -> None:
    await _say_first_link(app)
    said = capsys.readouterr().out
    path = re.search(r"https://chungtay\.example(/console/start/[\w-]{43}) ", said)[1]  # type: ignore[index]
    assert (await Desk(client_of(app.web)).open(path)).status == 200
    await signed_in(app, "Hoa", Grant(role=Role.ADMINISTRATOR))
    await _say_first_link(app)
    assert capsys.readouterr().out == ""


@pytest.mark.thorough
async def test_argon2_as_it_is_used() -> None:
    passwords = Argon2Passwords()
    kept = await passwords.hashed(PASSWORD)
    assert kept.startswith("$argon2id$v=19$m=65536,t=3,p=4$") and len(kept) <= 200
    assert await passwords.matches(kept, PASSWORD)
    assert not await passwords.matches(kept, PASSWORD.upper())
    assert not await passwords.matches(None, "a password that nobody has")
    assert not await passwords.matches("damaged", PASSWORD)
