"""An officer's browser without script: opens pages, fills in forms, presses buttons, follows redirects."""

from dataclasses import dataclass, field, replace
from html.parser import HTMLParser
from typing import Any

from httpx import AsyncClient, Response

from bot.app import App
from core.officers import Grant, Officer
from core.ports import Clock
from handlers.signing import enrolling
from handlers.signing.enrolling import Filled
from handlers.signing.factors import STEP, code_at
from tests.web.conftest import client_of
from web.console.cookies import SESSION, cookie_name
from web.console.parts import Console

PASSWORD = "con trâu đi trước cái cày"
VOID = {"meta", "link", "input", "br", "img", "path", "rect", "line"}


@dataclass
class Form:
    """One form of a page, as it would be sent."""

    action: str
    id: str = ""
    method: str = "get"
    fields: dict[str, str] = field(default_factory=dict)
    buttons: dict[str, tuple[str, str]] = field(default_factory=dict)  # label -> name and value
    elsewhere: dict[str, str] = field(default_factory=dict)  # label of a button -> where it sends the form instead


class Page(HTMLParser):
    """What a page offers."""

    def __init__(self, response: Response) -> None:
        super().__init__()
        self.status, self.url, self.html = response.status_code, response.url, response.text
        self.forms: list[Form] = []
        self.links: dict[str, str] = {}
        self.text = ""
        self.alerts: list[str] = []
        self.statuses: list[str] = []
        self.tags: list[str] = []
        self._stack: list[tuple[str, dict[str, str]]] = []
        self.feed(response.text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        have = {name: value or "" for name, value in attrs}
        self.tags.append(tag)
        if tag == "form":
            path = str(self.url.path)
            self.forms.append(Form(action=have.get("action") or path, id=have.get("id", ""), method=have["method"]))
        if tag == "input" and self._inside("form") and have.get("type") != "checkbox":
            self.forms[-1].fields[have["name"]] = have.get("value", "")
        if have.get("role") in ("alert", "status"):
            (self.alerts if have["role"] == "alert" else self.statuses).append("")
        if tag not in VOID:
            self._stack.append((tag, have))

    def handle_endtag(self, tag: str) -> None:
        while self._stack and self._stack.pop()[0] != tag:
            pass

    def _inside(self, tag: str) -> bool:
        return any(one == tag for one, _ in self._stack)

    def handle_data(self, data: str) -> None:
        self.text += data
        for tag, have in self._stack:
            if have.get("role") in ("alert", "status"):
                said = self.alerts if have["role"] == "alert" else self.statuses
                said[-1] = " ".join(f"{said[-1]} {data}".split())
            if tag == "textarea":
                fields = self.forms[-1].fields
                fields[have["name"]] = fields.get(have["name"], "") + data
        self._pressable(data)

    def _pressable(self, data: str) -> None:
        for tag, have in reversed(self._stack):
            if tag == "button":
                label, sent = data.strip(), (have.get("name", ""), have.get("value", ""))
                if label:
                    label = f"{label} {sent[1]}" if sent[1].startswith(("card:", "part:", "ready:")) else label
                    self.forms[-1].buttons[label] = sent
                if label and "formaction" in have:
                    self.forms[-1].elsewhere[label] = have["formaction"]
                return
            if tag == "a":
                self.links[data.strip()] = have.get("href", "")
                return

    def form(self, ending: str) -> Form:
        """The form that is sent to an address with this end, by itself or by a button of its own."""
        for one in self.forms:
            if one.action.endswith(ending):
                return one
            for action in one.elsewhere.values():
                if action.endswith(ending):
                    return replace(one, action=action)
        raise AssertionError(f"no form goes to {ending}")


class Desk:
    """One browser."""

    def __init__(self, client: AsyncClient, officer: Officer | None = None, secret: str = "") -> None:
        self.client, self.officer, self.secret = client, officer, secret
        self.page: Page

    async def open(self, path: str = "/console") -> Page:
        return self._shown(await self.client.get(path, follow_redirects=True))

    async def send(self, ending: str, press: str = "", **fields: str) -> Page:
        """Fill in a form of the page and send it by a button."""
        form = self.page.form(ending)
        sent = {**form.fields, **fields}
        name, value = form.buttons[press] if press else ("", "")
        return await self.post(form.action, {**sent, **({name: value} if name else {})})

    async def post(self, path: str, data: dict[str, Any], **options: Any) -> Page:
        headers = {"Sec-Fetch-Site": "same-origin", **options.pop("headers", {})}
        return self._shown(await self.client.post(path, data=data, headers=headers, follow_redirects=True, **options))

    def _shown(self, response: Response) -> Page:
        self.page = Page(response)
        return self.page

    @property
    def cookie(self) -> str:
        """The session's."""
        return self.client.cookies.get(cookie_name(SESSION, secure=True)) or ""


def console_of(app: App) -> Console:
    """The console of a running product."""
    console = app.web.state.site.console
    assert isinstance(console, Console)
    return console


def code_now(secret: str, clock: Clock, *, later: int = 0) -> str:
    """What the officer's app shows."""
    return code_at(secret, int(clock.now().timestamp()) // STEP + later)


async def officer(app: App, name: str, *grants: Grant) -> Officer:
    """Somebody who acts here."""
    async with app.storage.write() as uow:
        number = await uow.officers.add(name, app.clock.now())
        await uow.officers.grant(number, grants)
        await uow.commit()
        found = await uow.officers.get(number)
    assert found is not None
    return found


async def signed_in(app: App, name: str, *grants: Grant) -> Desk:
    """An officer with a password, in a browser in which they are signed in."""
    gate, now = console_of(app).gate, app.clock.now()
    made = await officer(app, name, *grants)
    token = await enrolling.new_link(gate, name, by="operator", now=now)
    secret = (await enrolling.opened(gate, token, now=now)).secret
    # The code of the step before, so that the one shown now can still be used.
    filled = Filled(name=name, password=PASSWORD, code=code_now(secret, app.clock, later=-1), browser="Firefox · Linux")
    done = await enrolling.enrol(gate, token, filled, now=now)
    desk = Desk(client_of(app.web), made, secret)
    desk.client.cookies.set(cookie_name(SESSION, secure=True), done.token, domain="chungtay.example", path="/")
    return desk


async def sign_in(desk: Desk, name: str, code: str, password: str = PASSWORD, path: str = "/console/sign-in") -> Page:
    """Fill in the form at the door."""
    await desk.open(path)
    return await desk.send("/sign-in", name=name, password=password, code=code)
