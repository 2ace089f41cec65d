"""A visitor without script: opens pages, fills in the form, presses buttons, follows redirects."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any

from httpx import AsyncClient, Response

VOID = {"meta", "link", "input", "br", "img"}


@dataclass
class Bubble:
    """One element of the log, as the page has it."""

    mine: bool
    id: int | None
    hidden: str = ""
    text: str = ""
    source: str = ""
    time: str = ""
    buttons: dict[str, str] = field(default_factory=dict)  # label -> payload
    links: dict[str, str] = field(default_factory=dict)


class Page(HTMLParser):
    """What a page offers: bubbles, fields of the form, notes."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.html = html
        self.bubbles: list[Bubble] = []
        self.fields: dict[str, str] = {}
        self.draft = ""
        self.texts: dict[str, str] = {}  # by id, and "h1", "title"
        self.buttons: dict[str, str] = {}  # outside bubbles
        self.links: dict[str, str] = {}
        self.pictures: list[str] = []
        self.refresh: str | None = None
        self.lang = ""
        self._stack: list[tuple[str, dict[str, str]]] = []
        self._in_template = False
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        have = {name: value or "" for name, value in attrs}
        self._in_template = self._in_template or tag == "template"
        if self._in_template:
            return
        classes = have.get("class", "").split()
        if tag == "html":
            self.lang = have["lang"]
        if tag == "div" and "b" in classes:
            self.bubbles.append(Bubble(mine="me" in classes, id=int(have["data-id"]) if "data-id" in have else None))
        if tag == "input" and have.get("type") == "hidden":
            self.fields[have["name"]] = have["value"]
        if tag == "img":
            self.pictures.append(have["src"])
        if tag == "meta" and have.get("http-equiv") == "refresh":
            self.refresh = have["content"].partition("url=")[2]
        if tag not in VOID:
            self._stack.append((tag, have))

    def handle_endtag(self, tag: str) -> None:
        if self._in_template:
            self._in_template = tag != "template"
            return
        while self._stack and self._stack.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        if self._in_template or not self._stack:
            return
        tag, have = self._stack[-1]
        inside = any(one == "div" and "b" in attrs.get("class", "").split() for one, attrs in self._stack)
        for _, attrs in self._stack:
            if "id" in attrs:
                self.texts[attrs["id"]] = self.texts.get(attrs["id"], "") + data
        if tag in ("h1", "title") or (tag == "span" and self._stack[-2][0] == "h1"):
            name = tag if tag in ("h1", "title") else "h1"
            self.texts[name] = self.texts.get(name, "") + data
        if tag == "textarea":
            self.draft += data
        if tag == "button":
            self._button(data, have.get("value", ""), inside=inside)
        elif tag == "a":
            (self.bubbles[-1].links if inside else self.links)[data.strip()] = have.get("href", "")
        elif inside:
            self._said(data, tag, have.get("class", ""))

    def _button(self, label: str, value: str, *, inside: bool) -> None:
        (self.bubbles[-1].buttons if inside else self.buttons)[label.strip()] = value

    def _said(self, data: str, tag: str, kind: str) -> None:
        bubble = self.bubbles[-1]
        if kind == "vh":
            bubble.hidden += data
        elif kind == "t":
            bubble.text += data
        elif kind == "s":
            bubble.source += data
        elif tag == "time":
            bubble.time += data

    @property
    def own(self) -> list[Bubble]:
        return [one for one in self.bubbles if one.mine]

    @property
    def answers(self) -> list[Bubble]:
        """What was said to the visitor and stored; the greeting at the top is not."""
        return [one for one in self.bubbles if not one.mine and one.id is not None]

    @property
    def greeting(self) -> list[Bubble]:
        return [one for one in self.bubbles if one.id is None]


class Visitor:
    """One browser without script."""

    def __init__(self, client: AsyncClient) -> None:
        self.client = client
        self.page = Page("<html lang=vi>")
        self.response: Response | None = None

    async def open(self, path: str = "/") -> Page:
        return self._shown(await self.client.get(path, follow_redirects=True))

    async def say(self, text: str, *, files: Sequence[tuple[str, bytes]] = ()) -> Page:
        return await self.post({"text": text}, files=files)

    async def press(self, label: str, *, typed: str = "") -> Page:
        """Press the newest button with this label, wherever it stands."""
        labels = [*reversed([one.buttons for one in self.page.bubbles]), self.page.buttons]
        payload = next(found[label] for found in labels if label in found)
        return await self.post({"payload": payload, "text": typed})

    async def post(self, fields: dict[str, Any], *, files: Sequence[tuple[str, bytes]] = ()) -> Page:
        data = {**self.page.fields, **fields}
        parts = [("files", (name, content, "application/octet-stream")) for name, content in files]
        response = await self.client.post(
            "/messages",
            data=data,
            files=parts or None,
            headers={"Sec-Fetch-Site": "same-origin"},
            follow_redirects=True,
        )
        return self._shown(response)

    def _shown(self, response: Response) -> Page:
        self.response = response
        self.page = Page(response.text)
        return self.page
