"""The product as its operator starts it: start to first answer, answers over HTTP, memory, bytes of the page."""

import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from secrets import token_urlsafe
from statistics import median
from urllib.parse import urljoin

import httpx

from bench.figures import Figure
from bench.machine import processor_seconds, resident_mb
from bench.questions import texts

CONVERSATIONS = 100
MESSAGES = 6  # in each; the place comes with the link
STARTS = 5  # the median is told
FORMS = 20  # posts without script
MINE = 'class="b me"'  # how the page marks what the visitor said
START_LIMIT = 60.0  # seconds after which a start counts as failed
SCRIPT = Path(sys.executable).with_name("chungtay")


@dataclass(frozen=True, kw_only=True)
class Running:
    """A started product."""

    pid: int
    address: str
    started: float  # perf_counter() just before the process was made


@contextmanager
def running(data_dir: Path, command: Sequence[str] = (str(SCRIPT), "run")) -> Iterator[Running]:
    """`chungtay run` on a data folder, stopped as a service manager does."""
    port = _free_port()
    environment = {**os.environ, "CHUNGTAY_DATA_DIR": str(data_dir), "CHUNGTAY_PORT": str(port)}
    started = time.perf_counter()
    with subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL) as process:
        try:
            yield Running(pid=process.pid, address=f"http://127.0.0.1:{port}", started=started)
        finally:
            process.terminate()
            process.wait(timeout=60)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def visitor(service: Running) -> Iterator[httpx.Client]:
    """A browser without JavaScript."""
    with httpx.Client(base_url=service.address, follow_redirects=True, timeout=30, trust_env=False) as client:
        yield client


def wait_until_served(client: httpx.Client) -> str:
    """The first page that comes. Raises TimeoutError when none does."""
    deadline = time.perf_counter() + START_LIMIT
    while time.perf_counter() < deadline:
        try:
            return client.get("/?at=dak-cam").text
        except httpx.TransportError:
            time.sleep(0.005)
    raise TimeoutError("the product does not answer")


def say(client: httpx.Client, page: str, text: str) -> str:
    """Write a message as a page without script does; gives the page that answers. Raises ValueError without one."""
    answer = client.post("/messages", data=_form(page, text))
    answer.raise_for_status()
    if "/?waiting=" in str(answer.url):
        raise ValueError("no answer came in time")
    return answer.text


def _form(page: str, text: str) -> dict[str, str]:
    return dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', page)) | {"text": text}


class Talk:
    """A page with script: it posts, and hears its answers over one open stream."""

    def __init__(self, client: httpx.Client, page: str, stream: httpx.Response) -> None:
        self._client, self._form = client, _form(page, "")
        self._lines = stream.iter_lines()

    def say(self, text: str) -> str:
        """Write a message; gives the first bubble that answers, as HTML."""
        form = self._form | {"text": text, "nonce": token_urlsafe(16)}
        self._client.post("/messages", data=form, headers={"X-Requested-With": "fetch"}).raise_for_status()
        self._form.pop("at", None)  # the place goes along with the first message only
        while MINE not in self._bubble():
            pass  # what was said before
        return self._bubble()

    def _bubble(self) -> str:
        """The next bubble. Raises ValueError when the stream ends."""
        data: list[str] = []
        for line in self._lines:
            if line.startswith("data: "):
                data.append(line.removeprefix("data: "))
            elif not line and data:
                return "\n".join(data)
        raise ValueError("the stream ended")


@contextmanager
def talking(client: httpx.Client, page: str) -> Iterator[Talk]:
    """A conversation from a page that was just loaded."""
    with client.stream("GET", "/stream?after=0&at=dak-cam") as stream:
        yield Talk(client, page, stream)


def measure(folder: Path) -> list[Figure]:
    """All figures of this file, on a data folder that does not exist yet."""
    data = folder / "data"
    with running(data) as first, visitor(first) as client:
        first_start = _first_answer(first, client)
        first_memory = resident_mb(first.pid)
    starts = [_start_again(data) for _ in range(STARTS)]
    with running(data) as service:
        with visitor(service) as client:
            sizes = _page_bytes(client, wait_until_served(client))
        idle = resident_mb(service.pid)
        waits = _converse(service)
        busy = resident_mb(service.pid)
        forms = _converse_without_script(service)
    group = "The product as it is started"
    said = f"{CONVERSATIONS} conversations of {MESSAGES} messages"
    pages, answers, worked = zip(*starts, strict=True)
    return [
        Figure(group=group, name=f"start to first page, median of {STARTS}", value=median(pages), unit="s"),
        Figure(
            group=group, name=f"start to first answer, median of {STARTS}", value=median(answers), unit="s", below=1.5
        ),
        Figure(group=group, name="processor time of that, whatever else runs", value=median(worked), unit="s"),
        Figure(group=group, name="the same with a new data folder", value=first_start[1], unit="s", below=1.5),
        Figure(group=group, name="an answer over HTTP, median", value=median(waits) * 1000, unit="ms"),
        Figure(group=group, name="an answer over HTTP, slowest of 100", value=_slowest(waits) * 1000, unit="ms"),
        Figure(group=group, name="a page after a post without script, median", value=median(forms) * 1000, unit="ms"),
        Figure(group=group, name="resident memory after the start", value=idle, unit="MB", below=120),
        Figure(group=group, name=f"resident memory after {said}", value=busy, unit="MB", below=120),
        Figure(group=group, name="the same after the very first start", value=first_memory, unit="MB", below=120),
        Figure(group=group, name="the page with styles and script, as read", value=sizes[0], unit="kB", below=60),
        Figure(group=group, name="the same over the wire, compressed", value=sizes[1], unit="kB"),
    ]


def _first_answer(service: Running, client: httpx.Client) -> tuple[float, float, float]:
    """Seconds from making the process to the first page and to the first answer, and its processor time until then."""
    page = wait_until_served(client)
    served = time.perf_counter() - service.started
    with talking(client, page) as talk:
        if "pháp lý" not in talk.say("trợ giúp pháp lý miễn phí ở đâu"):
            raise ValueError("this is no answer")
        return served, time.perf_counter() - service.started, processor_seconds(service.pid)


def _start_again(data: Path) -> tuple[float, float, float]:
    with running(data) as service, visitor(service) as client:
        return _first_answer(service, client)


def _converse(service: Running) -> list[float]:
    """Many people after each other; gives how long each answer took, in seconds."""
    waits = []
    questions = iter(texts(CONVERSATIONS * MESSAGES))
    for _ in range(CONVERSATIONS):
        with visitor(service) as client, talking(client, client.get("/?at=dak-cam").text) as talk:
            for _ in range(MESSAGES):
                started = time.perf_counter()
                talk.say(next(questions))
                waits.append(time.perf_counter() - started)
    return waits


def _converse_without_script(service: Running) -> list[float]:
    waits = []
    with visitor(service) as client:
        page = client.get("/?at=dak-cam").text
        for question in texts(FORMS):
            started = time.perf_counter()
            page = say(client, page, question)
            waits.append(time.perf_counter() - started)
    return waits


def _slowest(waits: list[float]) -> float:
    return sorted(waits)[-max(1, len(waits) // 100)]


def _page_bytes(client: httpx.Client, page: str) -> tuple[float, float]:
    """kB (1,000 bytes) of the page and everything it names: as read, and as transferred."""
    names = [urljoin("/", name) for name in re.findall(r'(?:src|href)="(/static/[^"]+)"', page)]
    if len(names) < 2:
        raise ValueError("the page names no styles and no script")
    read = wire = 0
    for name in ("/?at=dak-cam", *dict.fromkeys(names)):
        with client.stream("GET", name) as answer:
            read += len(answer.read())
            wire += answer.num_bytes_downloaded
    return read / 1000, wire / 1000
