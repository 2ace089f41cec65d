"""The product as an operator starts it: a process of its own, reached over HTTP, killed when it must be."""

import io
import os
import re
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from pathlib import Path

import httpx
import pytest

PRODUCT = "tests.support.without"  # the module whose `main` is the command `chungtay`
START_WITHIN = 30.0  # seconds; far more than it takes, so that a busy machine fails no test


def free_port() -> int:
    """A port nobody listens on just now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def chungtay(
    *arguments: str, data_dir: Path, stdin: str = "", module: str = PRODUCT, **settings: str
) -> subprocess.CompletedProcess[str]:
    """Run one command to its end."""
    return subprocess.run(
        _command(*arguments, module=module),
        env=_environment(data_dir, settings),
        input=stdin,
        capture_output=True,
        text=True,
        check=False,
    )


def chungtay_here(*arguments: str, data_dir: Path, stdin: str = "") -> subprocess.CompletedProcess[str]:
    """The same in this process: for a command that is asked for what it says, not for how it starts."""
    from bot.__main__ import main

    out, err = io.StringIO(), io.StringIO()
    with pytest.MonkeyPatch.context() as patch, redirect_stdout(out), redirect_stderr(err):
        patch.setenv("CHUNGTAY_DATA_DIR", str(data_dir))
        patch.setattr(sys, "argv", ["chungtay", *arguments])
        patch.setattr(sys, "stdin", io.StringIO(stdin))
        with pytest.raises(SystemExit) as ended:
            main()
    return subprocess.CompletedProcess(arguments, int(ended.value.code or 0), out.getvalue(), err.getvalue())


def _command(*arguments: str, module: str = PRODUCT) -> list[str]:
    return [sys.executable, "-m", module, *arguments]


def _environment(data_dir: Path, settings: dict[str, str]) -> dict[str, str]:
    return {**os.environ, "CHUNGTAY_DATA_DIR": str(data_dir), "PYTHONUNBUFFERED": "1", **settings}


class Service:
    """A running `chungtay run`."""

    def __init__(self, process: subprocess.Popen[str], address: str) -> None:
        self.process, self.address = process, address

    def browser(self) -> httpx.Client:
        """A visitor: cookies kept, redirects followed."""
        return httpx.Client(base_url=self.address, follow_redirects=True, timeout=30)

    def kill(self) -> None:
        """What a power cut does."""
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()

    def stop(self) -> None:
        """What Ctrl+C does. Raises TimeoutExpired when it hangs."""
        self.process.send_signal(signal.SIGINT)
        self.process.wait(timeout=60)


@contextmanager
def running(data_dir: Path, *, module: str = PRODUCT, **settings: str) -> Iterator[Service]:
    """Start the service and wait until it says where it is. Raises RuntimeError with its words when it fails."""
    port = settings.pop("CHUNGTAY_PORT", None) or str(free_port())
    with subprocess.Popen(
        _command("run", module=module),
        env=_environment(data_dir, {"CHUNGTAY_PORT": port, **settings}),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout is not None
        said = process.stdout.readline()
        if f":{port}" not in said:
            process.kill()
            raise RuntimeError(f"the service did not start: {said}{process.communicate()[1]}")
        service = Service(process, f"http://127.0.0.1:{port}")
        try:
            yield service
        finally:
            process.kill()


def say(browser: httpx.Client, text: str = "", *, payload: str = "") -> str:
    """Write a message, or press a button, as a page without JavaScript does; gives the page that comes back."""
    nonce = re.search(r'name="nonce" value="([^"]+)"', browser.get("/").text)
    assert nonce is not None, "the page has no form"
    data = {"text": text, "nonce": nonce.group(1)} | ({"payload": payload} if payload else {})
    answer = browser.post("/messages", data=data)
    answer.raise_for_status()
    return answer.text
