"""`chungtay zalo`, as an operator types it: signing in, and what the doctor finds."""

import asyncio
import os
import sys
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import aiohttp
import pytest

from bot.__main__ import main
from bot.channels.zalo.findings import Findings
from bot.clock import SystemClock
from tests.support.databases import Databases
from tests.support.zalo.oauth import TOKEN_PATH
from tests.support.zalo.profile import GOVERNMENT
from tests.support.zalo.server import FakeZalo
from tests.support.zalo_accounts import settings_for, sign_in, signed_out

CALLBACK = "https://ward.example.vn/"


@dataclass
class Operator:
    """Types commands on an installation that uses the server; in this process, since each start takes seconds."""

    zalo: FakeZalo
    folder: Path
    patch: pytest.MonkeyPatch
    output: pytest.CaptureFixture[str]
    answers: Callable[[str], Awaitable[str]] | None = None  # what is typed, by the address that was printed
    printed: str = ""  # beside that address

    def set(self, **given: str) -> None:
        """The settings, as an operator writes them."""
        for name, value in given.items():
            self.patch.setenv(f"CHUNGTAY_{name}", value)

    async def types(self, *arguments: str, answer: str = "") -> tuple[int, str, str]:
        """Run a command about the account to its end."""
        return await self.runs("zalo", *arguments, answer=answer)

    async def runs(self, *arguments: str, answer: str = "") -> tuple[int, str, str]:
        """Run any command to its end, on a thread that has no loop, as a process begins."""
        self.patch.setattr("click.prompt", lambda *_, **__: answer or self._answer())
        self.patch.setattr(sys, "argv", ["chungtay", *arguments])
        self.loop = asyncio.get_running_loop()
        status = await asyncio.to_thread(_ended)
        out, err = self.output.readouterr()
        return status, out, err

    def _answer(self) -> str:
        """What somebody pastes who read the address that was printed."""
        assert self.answers is not None
        address, self.printed = (one.strip() for one in self.output.readouterr())
        return asyncio.run_coroutine_threadsafe(self.answers(address), self.loop).result(10)

    async def agrees(self, address: str) -> str:
        """An administrator opens the page and agrees; gives where the browser ends."""
        async with aiohttp.ClientSession() as browser, browser.get(address, allow_redirects=False) as answer:
            return answer.headers["Location"]

    async def signs_in(self) -> None:
        """There is a good pair of tokens."""
        settings = settings_for(self.zalo, database_url="", data_dir=self.folder)
        await sign_in(self.zalo, settings, SystemClock())


def _ended() -> int:
    """The exit status of the command in sys.argv."""
    try:
        main()
    except SystemExit as ended:
        return int(ended.code or 0)
    return 0


@pytest.fixture
def fresh(tmp_path: Path, databases: Databases) -> Path:
    """The folder of an installation on which nothing ever ran."""
    databases.put(tmp_path / "chungtay.db")
    (tmp_path / "secret.key").write_bytes(bytes(range(32)))
    return tmp_path


@pytest.fixture
async def operator(
    fresh: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> AsyncIterator[Operator]:
    """Somebody in front of it."""
    for name in [one for one in os.environ if one.startswith("CHUNGTAY_") and not one.startswith("CHUNGTAY_TEST_")]:
        monkeypatch.delenv(name)
    monkeypatch.chdir(fresh)
    async with FakeZalo(hurry=100) as zalo:
        found = Operator(zalo, fresh, monkeypatch, capsys)
        found.set(DATA_DIR=str(fresh), PUBLIC_URL="https://ward.example.vn")
        found.set(ZALO_APP_ID=zalo.app_id, ZALO_APP_SECRET=zalo.app_secret)
        found.set(ZALO_OA_ID=zalo.oa_id, ZALO_OA_SECRET_KEY=zalo.oa_secret_key)
        found.set(ZALO_API_BASE=zalo.base, ZALO_OAUTH_BASE=zalo.base)
        # A test reaches no other machine; whose hook answers is said by the tests.
        monkeypatch.setattr("bot.channels.zalo.doctor._status_of", lambda address: None)
        yield found


async def token_works(operator: Operator) -> bool:
    """Whether what is kept lets the service in."""
    settings = settings_for(operator.zalo, database_url="", data_dir=operator.folder)
    async with signed_out(settings, SystemClock()) as gateway:
        operator.zalo.oauth.check_access(await gateway.tokens.access())
    return True


async def test_signing_in_by_consent(operator: Operator) -> None:
    operator.zalo.oauth.redirect_uris = {CALLBACK}
    seen = ""

    async def agrees(address: str) -> str:
        nonlocal seen
        seen = operator.printed
        return await operator.agrees(address)

    operator.answers = agrees
    status, out, err = await operator.types("login")
    assert (status, "đã nối" in out) == (0, True), err
    assert f"Địa chỉ quay về, ghi sẵn ở trang ứng dụng / Callback, as registered there: {CALLBACK}" in seen
    _, told, _ = await operator.types("status")
    assert out.rstrip().rstrip(".").rpartition(" ")[2] == told.splitlines()[0].rstrip(".").rpartition(" ")[2], "one day"
    assert await token_works(operator)
    for secret in (operator.zalo.app_secret, operator.zalo.oauth.pairs[-1].refresh_token):
        assert secret not in out + err


async def test_the_code_alone_is_enough(operator: Operator) -> None:
    async def code(address: str) -> str:
        return (await operator.agrees(address)).partition("code=")[2].partition("&")[0]

    operator.answers = code
    status, _, err = await operator.types("login")
    assert status == 0, err
    assert await token_works(operator)


async def test_one_fixed_verifier_where_the_console_keeps_its_challenge(operator: Operator) -> None:
    verifier = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"
    operator.zalo.oauth.fixed_challenge = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"
    operator.set(ZALO_CODE_VERIFIER=verifier)
    operator.answers = operator.agrees
    status, _, err = await operator.types("login")
    assert status == 0, err


@pytest.mark.parametrize(
    ("pasted", "told"),
    [
        ("https://ward.example.vn/?code=x&oa_id=1&state={state}", "another account agreed"),
        ("https://ward.example.vn/?code=x&oa_id={oa}&state=other", "of another try"),
        ("https://ward.example.vn/?code=&state=x", "there is no code"),
        ("nonsense", "Zalo gives no tokens"),
    ],
)
async def test_what_is_pasted_wrongly_is_said(operator: Operator, pasted: str, told: str) -> None:
    async def paste(address: str) -> str:
        return pasted.format(state=address.partition("state=")[2], oa=operator.zalo.oa_id)

    operator.answers = paste
    status, _, err = await operator.types("login")
    assert status == 1
    assert told in err
    assert " -- " in err.splitlines()[-1], "and how to mend it"


async def test_a_refresh_token_typed_in(operator: Operator) -> None:
    token = operator.zalo.issue_tokens().refresh_token
    status, out, err = await operator.types("login", "--refresh-token", answer=token)
    assert status == 0, err
    assert token not in out + err
    assert await token_works(operator)
    status, _, err = await operator.types("login", "--refresh-token", answer=token)
    assert status == 1
    assert "-14020" in err
    assert await token_works(operator), "what was kept stays"


async def test_what_is_not_set_is_named(operator: Operator) -> None:
    operator.set(ZALO_APP_SECRET="")
    status, _, err = await operator.types("login")
    assert status == 1
    assert "CHUNGTAY_ZALO_APP_SECRET" in err


async def test_the_doctor_of_a_healthy_account(operator: Operator) -> None:
    await operator.signs_in()
    Findings(operator.folder / "zalo.main.json").taken(datetime(2026, 11, 21, 1, tzinfo=UTC))
    status, out, err = await operator.types("doctor")
    assert err == ""
    assert "doanh nghiệp, gói Nâng cao, đến 31/12/2026" in out
    assert "Zalo cho tài khoản này nhắn tin" in out
    assert "21/11/2026 08:00" in out
    # Nobody on this machine answers at that address.
    assert status == 1
    assert [line for line in out.splitlines() if line.startswith("SAI")] == [
        f"SAI  {CALLBACK}hooks/zalo.main không trả lời như phải thế (-; đúng là 401)."
        " Xem Chung Tay đã chạy chưa, rồi xem máy chủ và tường lửa."
    ]


@pytest.mark.parametrize(
    ("code", "told"),
    [
        (-235, "Gửi công văn xin Zalo mở OpenAPI"),
        (-221, "Nộp hồ sơ xác thực"),
        (-999, "-999"),
    ],
)
async def test_the_doctor_says_what_to_apply_for(operator: Operator, code: int, told: str) -> None:
    await operator.signs_in()
    operator.zalo.oa.type = GOVERNMENT
    operator.zalo.oa.refuse(code)
    status, out, _ = await operator.types("doctor")
    assert status == 1
    assert "cơ quan nhà nước" in out
    assert any(line.startswith("SAI") and told in line for line in out.splitlines())


async def test_the_doctor_where_nobody_signed_in_or_the_tokens_died(operator: Operator) -> None:
    status, out, _ = await operator.types("doctor")
    assert status == 1
    assert "chungtay zalo login" in out
    assert operator.zalo.calls_of(TOKEN_PATH) == []
    await operator.signs_in()
    operator.zalo.oauth.revoke()
    status, out, _ = await operator.types("doctor")
    assert status == 1
    assert "SAI  Zalo không nhận mã kết nối" in out or "SAI  Mã kết nối Zalo không còn dùng được" in out


@pytest.mark.parametrize(
    ("key", "told"),
    [
        ("app_id+app_secret", "CHUNGTAY_ZALO_APP_SECRET"),
        ("oa_id+oa_secret_key", "oa_id+oa_secret_key"),
        ("", "không khớp khóa nào"),
    ],
)
async def test_which_secret_matched_is_told(operator: Operator, key: str, told: str) -> None:
    Findings(operator.folder / "zalo.main.json").refused(datetime(2026, 11, 21, 1, tzinfo=UTC), key)
    status, out, _ = await operator.types("status")
    assert status == 1
    assert told in out
    assert "21/11/2026 08:00" in out


async def test_a_ward_whose_posts_are_kept_elsewhere_needs_no_address(operator: Operator) -> None:
    operator.set(PUBLIC_URL="", INBOX_URL="https://tinh.example.vn", INBOX_KEY="0123456789abcdef")
    _, out, _ = await operator.types("doctor")
    assert "OK   Tin từ Zalo đi qua nơi giữ hộ https://tinh.example.vn." in out
    assert "CHUNGTAY_PUBLIC_URL" not in out
    operator.set(INBOX_ACCOUNT="telegram.dak-cam")
    _, out, _ = await operator.types("doctor")
    assert "CHUNGTAY_PUBLIC_URL" in out, "that house keeps what another channel posts"


async def test_a_place_that_does_not_exist_is_told(operator: Operator) -> None:
    operator.set(ZALO_LOCALITY="dakcam")
    _, out, _ = await operator.types("doctor")
    assert "SAI  CHUNGTAY_ZALO_LOCALITY ghi dakcam" in out and "dak-cam" in out
    operator.set(ZALO_LOCALITY="dak-cam")
    _, out, _ = await operator.types("doctor")
    assert "CHUNGTAY_ZALO_LOCALITY" not in out


async def test_a_wrong_secret_is_thought_of_when_zalo_names_no_reason(operator: Operator) -> None:
    operator.set(ZALO_APP_SECRET="of-another-app")
    operator.answers = operator.agrees
    status, _, err = await operator.types("login")
    assert status == 1
    assert "CHUNGTAY_ZALO_APP_SECRET" in err


async def test_a_ward_without_an_address_is_told_of_the_other_way(operator: Operator) -> None:
    await operator.signs_in()
    operator.set(PUBLIC_URL="")
    _, out, _ = await operator.types("doctor")
    assert "CHUNGTAY_INBOX_URL" in out


@pytest.mark.parametrize(
    ("url", "status", "told"),
    [
        ("https://ward.example.vn", 401, "OK   https://ward.example.vn/hooks/zalo.main trả lời đúng"),
        ("https://ward.example.vn", 404, "không trả lời như phải thế (404"),
        ("http://ward.example.vn", 401, "Zalo chỉ gửi tới địa chỉ https"),
        ("https://ward.example.vn:8443", 401, "Zalo chỉ gửi tới địa chỉ https"),
    ],
)
async def test_whether_our_hook_is_reached(operator: Operator, url: str, status: int, told: str) -> None:
    operator.set(PUBLIC_URL=url)
    operator.patch.setattr("bot.channels.zalo.doctor._status_of", lambda address: status)
    _, out, _ = await operator.types("doctor")
    assert told in out


async def test_a_plan_asks_zalo_what_the_package_still_holds(operator: Operator) -> None:
    await operator.signs_in()
    operator.zalo.quota.sub_total, operator.zalo.quota.sub_remain = 2000, 1234
    notice = operator.folder / "tin.toml"
    notice.write_text(
        'kind = "notice"\ntitle = "Lớp may"\nsource = "Kế hoạch của phường"\ntext.vi = "Phường mở lớp may."\n'
        '[audience]\nlocalities = ["dak-cam"]\n',
        "utf-8",
    )
    assert (await operator.runs("campaign", "new", str(notice)))[0] == 0
    _, out, err = await operator.runs("campaign", "plan", "1")
    assert "Gói còn, kênh vừa báo: 1.234 tin" in out, out + err
    operator.zalo.oauth.revoke()
    _, out, _ = await operator.runs("campaign", "plan", "1")
    assert "vừa báo" not in out and "Gói" in out, "what cannot be asked leaves the settings' number"
