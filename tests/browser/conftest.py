"""A real browser against the real application on a real port."""

import asyncio
import socket
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from types import TracebackType
from typing import Self

import pytest
import uvicorn
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from bot.app import App, build
from bot.knowledge import Knowledge
from bot.passwords import Argon2Passwords
from bot.settings import load_settings
from tests.console.desk import console_of
from tests.support.databases import Databases
from tests.web.conftest import changed

CHROMIUM = Path("/usr/bin/chromium")
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
PATIENCE_MS = 10_000


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    if not CHROMIUM.exists():
        terminalreporter.write_line(f"LEFT OUT: the browser tests, because there is no {CHROMIUM}", yellow=True)


class Server:
    """The application in a thread of its own; stopping and starting again keeps its data and its port."""

    def __init__(self, folder: Path, knowledge: Knowledge) -> None:
        self._folder, self._knowledge = folder, knowledge
        with socket.create_server(("127.0.0.1", 0)) as taken:
            self.port = taken.getsockname()[1]
        self.url = f"http://127.0.0.1:{self.port}"
        self.faults: list[str] = []
        self.app: App

    def __enter__(self) -> Self:
        ready = threading.Event()
        self._thread = threading.Thread(target=lambda: asyncio.run(self._serve(ready)), daemon=True)
        self._thread.start()
        assert ready.wait(30)
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, _: TracebackType | None) -> None:
        self._loop.call_soon_threadsafe(self.app.web.state.streams.stop)
        self._server.should_exit = True
        self._thread.join(30)
        assert not self._thread.is_alive()
        if error is None:
            assert self.faults == []

    async def _serve(self, ready: threading.Event) -> None:
        settings = load_settings(data_dir=self._folder, port=self.port)
        self._loop = asyncio.get_running_loop()
        async with build(
            settings, knowledge=self._knowledge, on_fault=lambda where, error: self.faults.append(f"{where}: {error!r}")
        ) as running:
            console = console_of(running)
            gate = replace(console.gate, passwords=Argon2Passwords(passes=1, kibibytes=8, lanes=1))
            # Passwords that cost nothing: what they cost is tried with the door itself (tests/console).
            self.app = replace(running, web=changed(running.web.state.site, console=replace(console, gate=gate)))
            config = uvicorn.Config(self.app.web, host="127.0.0.1", port=self.port, log_level="error")
            self._server = uvicorn.Server(config)
            serving = asyncio.create_task(self._server.serve())
            while not self._server.started:  # noqa: ASYNC110 -- uvicorn has no event for it
                await asyncio.sleep(0)
            ready.set()
            await serving


@pytest.fixture
def server(tmp_path: Path, knowledge: Knowledge, databases: Databases) -> Iterator[Server]:
    """The application at its first start, but for the steps of the database, which are made once for all tests."""
    with ThreadPoolExecutor(1) as elsewhere:  # this thread has the browser's event loop already
        elsewhere.submit(databases.put, tmp_path / "chungtay.db").result()
    with Server(tmp_path, knowledge) as running:
        yield running


# Not longer than a module: while it runs, no other test of this process can have an event loop.
@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    if not CHROMIUM.exists():
        pytest.skip(f"no {CHROMIUM}")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


Opens = Callable[..., Page]


@pytest.fixture
def opens(chromium: Browser, server: Server) -> Iterator[Opens]:
    """Opens a page in a browser of its own; faults of its script fail the test."""
    contexts: list[BrowserContext] = []
    said: list[str] = []

    def open_page(path: str = "/?at=dak-cam", *, width: int = 360, height: int = 640, **options: object) -> Page:
        context = chromium.new_context(viewport={"width": width, "height": height}, **options)  # type: ignore[arg-type]
        contexts.append(context)
        context.set_default_timeout(PATIENCE_MS)
        page = context.new_page()
        page.on("pageerror", lambda error: said.append(str(error)))
        page.goto(server.url + path)
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert said == []
