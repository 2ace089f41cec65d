"""Headers on everything, no post from elsewhere, nothing secret on an error page."""

from typing import Any

import pytest
from httpx import AsyncClient
from starlette.datastructures import Headers

from bot.app import App
from tests.web.conftest import changed, client_of
from tests.web.test_chat import QUESTION, rows
from tests.web.visiting import Visitor
from web.app import Site
from web.rendering import assets
from web.security import is_from_elsewhere

POLICY = {
    "default-src": "'none'",
    "media-src": "'self'",
    "style-src": "'self'",
    "script-src": "'self'",
    "img-src": "'self' data:",
    "connect-src": "'self'",
    "form-action": "'self'",
    "frame-ancestors": "'none'",
    "base-uri": "'none'",
}


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/", 200),
        ("HEAD", "/", 200),
        ("GET", "/health", 200),
        ("GET", "/stream", 204),
        ("GET", "/nowhere", 404),
        ("GET", "/files/x", 404),
        ("GET", "/static/nowhere.css", 404),
        ("GET", f"/static/{assets()['chat.css'].name}", 200),
        ("DELETE", "/", 405),
        ("GET", "/messages", 405),
        ("POST", "/seen", 204),
        ("POST", "/look", 303),
        ("POST", "/messages", 409),
    ],
)
async def test_every_response_carries_the_headers(client: AsyncClient, method: str, path: str, status: int) -> None:
    response = await client.request(method, path)
    assert response.status_code == status
    said = dict(part.strip().split(" ", 1) for part in response.headers["content-security-policy"].split(";"))
    assert said == POLICY
    assert response.headers["referrer-policy"] == "no-referrer"
    assert response.headers["x-content-type-options"] == "nosniff"
    assert "geolocation=()" in response.headers["permissions-policy"]
    if response.headers.get("content-type", "").startswith("text/html"):
        assert response.headers["cache-control"] == "no-store"


async def test_pages_hold_no_inline_script_and_no_inline_style(visitor: Visitor) -> None:
    await visitor.open("/?at=dak-cam")
    for html in ((await visitor.say(QUESTION)).html, (await visitor.open("/health")).html):
        assert html.count("<script") == html.count('<script src="/static/')
        assert "style=" not in html
        assert "<style" not in html
        assert " on" not in "".join(
            part.partition(">")[0] for part in html.split("<")[1:] if " on" in part.split(">")[0]
        )


async def test_static_files_are_named_by_content_and_kept_for_ever(client: AsyncClient) -> None:
    paths = ("/", "/console/sign-in", "/dak-cam")
    html = "".join([(await client.get(path)).text for path in paths])
    for asset in assets().values():
        assert f"/static/{asset.name}" in html or asset.name.startswith("urgent.")  # of pages for officers
        response = await client.get(f"/static/{asset.name}")
        assert response.content == asset.content
        assert "immutable" in response.headers["cache-control"]


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site", "Origin": "https://other.chungtay.example"},
        {"Sec-Fetch-Site": "cross-site", "Origin": "https://chungtay.example"},
        {"Origin": "https://evil.example"},
        {"Origin": "https://chungtay.example.evil.example"},
    ],
)
@pytest.mark.parametrize("path", ["/messages", "/seen", "/look"])
async def test_a_post_from_another_site_is_refused(
    app: App, visitor: Visitor, headers: dict[str, str], path: str
) -> None:
    await visitor.open()
    answer = await visitor.client.post(path, data={"text": QUESTION, "set": "theme:dark"}, headers=headers)
    assert answer.status_code == 403
    assert "set-cookie" not in answer.headers
    assert await rows(app) == (0, 0)


@pytest.mark.parametrize(
    ("headers", "elsewhere"),
    [
        ({"sec-fetch-site": "same-origin"}, False),
        ({"sec-fetch-site": "none"}, False),
        ({"origin": "https://chungtay.example"}, False),
        ({"origin": "null"}, False),
        ({}, False),
        ({"origin": "https://chungtay.example:444"}, True),
    ],
)
def test_where_a_post_comes_from(headers: dict[str, str], *, elsewhere: bool) -> None:
    assert is_from_elsewhere(Headers(headers), {"chungtay.example"}) is elsewhere


async def test_a_fault_of_ours_shows_no_trace_and_no_secret(site: Site, capsys: pytest.CaptureFixture[str]) -> None:
    def broken(*_: Any) -> Any:
        raise RuntimeError("password=hunter2 and what somebody typed")

    async with client_of(changed(site, greet=broken)) as client:
        answer = await client.get("/")
    logged = capsys.readouterr()
    assert answer.status_code == 500
    assert "trục trặc" in answer.text
    for secret in ("hunter2", "Traceback", "RuntimeError", "typed"):
        assert secret not in answer.text
    assert "hunter2" not in logged.out + logged.err
    assert "content-security-policy" in answer.headers


async def test_the_cookie_is_not_in_any_page(visitor: Visitor) -> None:
    await visitor.open("/?at=dak-cam")
    page = await visitor.say(QUESTION)
    assert visitor.client.cookies["chungtay"] not in page.html


async def test_a_made_up_cookie_is_replaced(visitor: Visitor) -> None:
    for odd in ("x", "a" * 23, "../../etc/passwd", "é"):
        response = await visitor.client.get("/", headers={"Cookie": f"chungtay={odd}".encode()})
        assert response.status_code == 200
        assert "chungtay=" in response.headers["set-cookie"]
