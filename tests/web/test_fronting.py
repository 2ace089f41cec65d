"""Behind a web server: whose request it is, what a visitor may claim of that, and what is said where nobody tells."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from httpx import ASGITransport, AsyncClient
from starlette.types import Receive, Scope, Send
from structlog.testing import capture_logs
from uvicorn.middleware.proxy_headers import ProxyHeadersMiddleware

from bot.app import App
from tests.web.conftest import changed
from tests.web.test_market import GOOD, plain
from web.app import Site
from web.fronting import Fronting
from web.public.market import FREE

FOR = b"x-forwarded-for"
Passes = Callable[[list[tuple[bytes, bytes]], str], list[tuple[bytes, bytes]]]


def _without(headers: list[tuple[bytes, bytes]]) -> list[tuple[bytes, bytes]]:
    return [(name, value) for name, value in headers if name != FOR]


def documented(headers: list[tuple[bytes, bytes]], remote: str) -> list[tuple[bytes, bytes]]:
    """nginx with `proxy_set_header X-Forwarded-For $remote_addr`; Caddy as it comes does the same to a stranger."""
    return [*_without(headers), (FOR, remote.encode())]


def appending(headers: list[tuple[bytes, bytes]], remote: str) -> list[tuple[bytes, bytes]]:
    """nginx with `$proxy_add_x_forwarded_for`: what the visitor sent stands in front."""
    sent = [value for name, value in headers if name == FOR]
    return [*_without(headers), (FOR, b", ".join([*sent, remote.encode()]))]


def silent(headers: list[tuple[bytes, bytes]], _: str) -> list[tuple[bytes, bytes]]:
    """nginx without a line about it."""
    return headers


def behind(web: Any, passes: Passes, remote: str, **headers: str) -> AsyncClient:
    """A browser at an address, in front of which a web server of this machine stands; then uvicorn, as it is run."""
    inner = ProxyHeadersMiddleware(web, trusted_hosts="127.0.0.1")

    async def front(scope: Scope, receive: Receive, send: Send) -> None:
        await inner({**scope, "headers": passes(scope["headers"], remote)}, receive, send)

    transport = ASGITransport(app=front, client=("127.0.0.1", 4711))
    return AsyncClient(transport=transport, base_url="https://chungtay.example", headers=headers)


async def send(client: AsyncClient, what: str) -> int:
    answer = await client.post("/dak-cam/cho", data={**GOOD, "what": what}, headers={"Sec-Fetch-Site": "same-origin"})
    return answer.status_code


async def front_of(client: AsyncClient) -> dict[str, Any] | None:
    told = (await client.get("/health?format=json")).json()
    assert told["ok"] is True
    return next((one for one in told["checks"] if one["name"] == "front"), None)


@pytest.mark.parametrize("guide", ["README.md", "docs/vi/van-hanh.md"])
def test_both_guides_set_what_is_read(guide: str) -> None:
    text = Path(guide).read_text("utf-8")
    for line in ("X-Forwarded-For $remote_addr", "X-Forwarded-Proto $scheme", "Host $host"):
        assert f"proxy_set_header {line}" in text


@pytest.mark.parametrize("passes", [documented, appending])
async def test_limits_go_by_the_visitor_whatever_they_claim_to_be(app: App, passes: Passes) -> None:
    states = []
    for number in range(FREE + 2):
        claimed = {"X-Forwarded-For": f"198.51.100.{number}, 127.0.0.1"}
        states.append(await send(behind(app.web, passes, "203.0.113.7", **claimed), f"măng {number}"))
    assert states == [303] * FREE + [429] * 2, "another claim each time buys nothing"
    assert await send(behind(app.web, passes, "203.0.113.8"), "măng của người khác") == 303
    assert await front_of(behind(app.web, passes, "203.0.113.8")) is None


async def test_a_web_server_that_does_not_say_who_comes_is_told_of(app: App) -> None:
    one = behind(app.web, silent, "203.0.113.7")
    assert await front_of(one) is None, "looking tells nothing yet"
    with capture_logs() as logs:
        assert [await send(one, f"măng {number}") for number in range(2)] == [303, 303]
    assert [entry["event"] for entry in logs if entry["log_level"] == "warning"] == ["no_forwarded_for"], "once"
    assert await front_of(one) == {"name": "front", "state": "slow", "detail": "nameless"}
    said = plain((await one.get("/health")).text)
    assert "▲ Đang chạy, có cài đặt cần sửa" in said and "Máy chủ web phía trước ▲ Cần sửa" in said
    assert "proxy_set_header X-Forwarded-For $remote_addr;" in said
    assert await send(behind(app.web, documented, "203.0.113.9"), "măng sau khi sửa") == 303
    assert await front_of(one) is None, "mended"


@pytest.mark.parametrize(
    ("url", "address", "nameless"),
    [
        ("https://a.vn", "127.0.0.1", True),
        ("https://a.vn", "::1", True),
        ("https://a.vn", "::ffff:127.0.0.1", True),
        ("https://a.vn", "192.168.1.9", False),  # comes without a web server in front
        ("http://127.0.0.1:8080", "127.0.0.1", False),  # a PC by itself
        ("", "127.0.0.1", False),
        ("https://a.vn", "unix", False),
    ],
)
async def test_only_who_should_have_a_web_server_in_front_is_told(
    site: Site, url: str, address: str, nameless: bool
) -> None:
    fronting = Fronting(url)
    web = changed(site, fronting=fronting)
    async with AsyncClient(transport=ASGITransport(app=web, client=(address, 1)), base_url="https://a.vn") as client:
        await client.get("/dak-cam/cho")
        assert not fronting.nameless
        await client.post("/look", data={"set": "theme:dark"})
    assert fronting.nameless is nameless
