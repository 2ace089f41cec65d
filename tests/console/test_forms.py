"""No form but ours is acted on; nothing that somebody typed becomes part of a page; every page keeps the headers."""

from html.parser import HTMLParser

import pytest

from bot.app import App
from core.officers import Grant, Role
from tests.console.conftest import Asks
from tests.console.desk import PASSWORD, Desk, officer, signed_in
from tests.support.clock import FixedClock
from tests.support.rows import everything
from tests.web.conftest import client_of
from web.console.routes import ROOMS
from web.rendering import assets

pytestmark = pytest.mark.thorough

POSTS = [
    room.path.replace("{id:int}", "1").replace("{post:int}", "1").replace("{token}", "x")
    for room in ROOMS
    if room.method == "POST"
]
SCRIPT = "\"'><script>alert(1)</script><img src=x onerror=alert(1)>{{4321*1234}}</textarea></option>"


async def act(desk: Desk, path: str, form: str | None) -> int:
    """Post to a room with this proof that the form is ours."""
    data = {"text": "x", "note": "x", "close_note": "x", "name": "Lan", "password": PASSWORD, "do": "send", "seen": "0"}
    sent = {**data, **({"form": form} if form is not None else {})}
    return (await desk.client.post(path, data=sent)).status_code


@pytest.mark.parametrize("path", POSTS)
@pytest.mark.parametrize(
    "form", [None, "", "x", "abcdefghij.1.1." + "A" * 32, "ours, one letter changed", "the door's"]
)
async def test_a_post_without_our_form_is_refused(app: App, lan: Desk, asks: Asks, path: str, form: str | None) -> None:
    await asks()
    await lan.open("/console")
    before = await everything(app.storage)
    ours = lan.page.forms[0].fields["form"]
    if form == "ours, one letter changed":
        form = ours[:-1] + ("A" if ours[-1] != "A" else "B")
    if form == "the door's":
        stranger = Desk(client_of(app.web))
        form = (await stranger.open("/console/sign-in")).form("/sign-in").fields["form"]
    assert await act(lan, path, form) == 403
    assert await everything(app.storage) == before


@pytest.mark.parametrize("headers", [{"Sec-Fetch-Site": "cross-site"}, {"Origin": "https://evil.example"}])
async def test_a_post_from_another_site_is_refused(app: App, lan: Desk, headers: dict[str, str]) -> None:
    await lan.open("/console")
    data = {"form": lan.page.forms[0].fields["form"]}
    answer = await lan.client.post("/console/sign-out", data=data, headers=headers)
    assert answer.status_code == 403 and (await lan.open()).url.path == "/console"


async def test_a_form_of_one_browsers_door_is_not_anothers(app: App) -> None:
    first, second = Desk(client_of(app.web)), Desk(client_of(app.web))
    form = (await first.open("/console/sign-in")).form("/sign-in").fields["form"]
    await second.open("/console/sign-in")
    assert (await second.post("/console/sign-in", {"form": form})).status == 403


class Parts(HTMLParser):
    """Elements and attributes of a page."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.scripts: list[str] = []
        self.bad: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        have = dict(attrs)
        if tag == "script":
            self.scripts.append(have.get("src") or "inline")
        if tag == "img" or any(name.startswith("on") or name == "style" for name in have):
            self.bad.append(tag)


def clean(html: str) -> bool:
    """Nothing of what somebody typed is markup in this page."""
    parts = Parts(html)
    ours = f"/static/{assets()['console.js'].name}"
    return set(parts.scripts) <= {ours} and parts.bad == [] and "5332114" not in html


async def test_script_in_every_field_stays_text(app: App, asks: Asks, clock: FixedClock) -> None:
    """What citizens write, what officers write, and their names; stored, and in the page that repeats it."""
    name = f"Lan {SCRIPT}"[:60]
    desk = await signed_in(app, name, Grant(role=Role.ADMINISTRATOR))
    colleague = await officer(app, f"Minh {SCRIPT}"[:60], Grant(role=Role.ADMINISTRATOR))
    await asks("K7M4PX", SCRIPT)
    seen = []
    for path in ("", "/questions", "/questions/1", "/officers", "/account", "/components", "/reports"):
        seen.append(await desk.open(f"/console{path}"))
    await desk.open("/console/questions/1")
    for ending, fields in (
        ("/answer", {"text": SCRIPT, "do": "look"}),
        ("/answer", {"text": SCRIPT, "do": "card:housing"}),
        ("/answer", {"text": SCRIPT * 60}),
        ("/note", {"note": SCRIPT}),
        ("/hand-over", {"office": SCRIPT, "handover_note": SCRIPT}),
        ("/hold", {"do": "give", "holder": SCRIPT}),
        ("/close", {"close_note": SCRIPT * 60}),
        ("/answer", {"text": SCRIPT}),
        ("/hold", {"do": "give", "holder": str(colleague.id)}),
    ):
        seen.append(await desk.send(ending, **fields))
        await desk.open("/console/questions/1")
    seen += [await desk.open("/console/questions?show=all"), await desk.open(f"/console/questions?locality={SCRIPT}")]
    seen.append(await desk.open(f"/console/questions?done={SCRIPT}"))
    seen.append(await desk.open(f"/console/{SCRIPT}"))
    stranger = Desk(client_of(app.web))
    await stranger.open(f"/console/sign-in?next={SCRIPT}&done={SCRIPT}")
    seen += [stranger.page, await stranger.send("/sign-in", name=SCRIPT, password=SCRIPT, code=SCRIPT)]
    assert [str(page.url) for page in seen if not clean(page.html)] == []
    assert sum(SCRIPT in page.text for page in seen) >= 5, "it is shown, as text"


@pytest.mark.parametrize("path", ["", "/questions", "/account", "/components", "/reports", "/questions/1"])
async def test_pages_are_kept_by_nobody_and_light(app: App, lan: Desk, asks: Asks, path: str) -> None:
    await asks()
    answer = await lan.client.get(f"/console{path}")
    assert answer.headers["cache-control"] == "no-store"
    assert "frame-ancestors 'none'" in answer.headers["content-security-policy"]
    static = sum(len(one.content) for name, one in assets().items() if name.startswith("console."))
    print(f"{path}: {len(answer.content)} and {static} bytes")
    assert len(answer.content) + static < 150_000


async def test_both_languages(app: App, lan: Desk, asks: Asks) -> None:
    await asks()
    await lan.open("/console/questions/1")
    page = await lan.send("/look", "English")
    assert page.url.path == "/console/questions/1" and "Send answer" in page.text and '<html lang="en"' in page.html
    for path in ("", "/questions", "/account", "/components", "/reports", "/sign-in"):
        assert (await lan.open(f"/console{path}")).status == 200
    page = await lan.send("/look", "Tiếng Việt")
    assert '<html lang="vi"' in page.html


async def test_where_there_is_no_console_there_is_no_page(app: App) -> None:
    from dataclasses import replace

    app.web.state.site = replace(app.web.state.site, console=None)
    async with client_of(app.web) as client:
        assert (await client.get("/console")).status_code == 404
