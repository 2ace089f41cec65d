"""Every page of the console is looked at in a real browser: one that no list of those tests names is found here."""

import re

from starlette.routing import compile_path

from tests.browser.test_offers import PAGES, WORK
from tests.browser.test_pages import DOOR
from tests.browser.test_pages import ROOMS as LOOKED_AT
from web.console.door import Room
from web.console.navigation import HOME
from web.console.questions.rooms import FORMS
from web.console.routes import ROOMS

FILE = re.compile(r"/(sheet|sample|counts|file|docx|pdf|xlsx)$|\.(xlsx|csv|pdf)$")


def no_page(room: Room) -> str:
    """Why what is behind a route cannot be looked at; empty for a page."""
    if room in FORMS:
        return "leads to the page on which the form stands"
    if room.asks_itself:
        return "a page's script asks for it"
    return "a file to take" if FILE.search(room.path) else ""


def looked_at() -> set[str]:
    """The paths to which the tests in a browser go."""
    rooms = [f"{HOME}{path.rstrip('/')}" for _, paths in LOOKED_AT.values() for path in paths.split()]
    return {path.partition("?")[0] for path in (*rooms, *DOOR, *(f"{WORK}{path}" for path in PAGES))}


def test_every_page_is_looked_at_in_a_browser() -> None:
    seen = looked_at()
    pages = [room.path for room in ROOMS if room.method == "GET" and not no_page(room)]
    assert [path for path in pages if not any(compile_path(path)[0].match(one) for one in seen)] == []
