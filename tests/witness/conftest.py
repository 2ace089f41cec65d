"""telemelya in a process of its own, once for all conversations; where it is not installed they are left out aloud."""

import os
import socket
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.databases import Databases
from tests.support.service import START_WITHIN, free_port
from tests.witness.stranger import Process

HOME = Path(__file__).parents[2] / ".venv-witness"


@pytest.fixture(scope="session")
def telemelya(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Process]:
    """Running, in an empty folder: it would read a `.env` of ours."""
    if not (HOME / "installed").exists():
        pytest.skip("telemelya is not installed here: `make witness` tries to")
    folder, port = tmp_path_factory.mktemp("telemelya"), free_port()
    log = folder / "log"
    with (
        log.open("wb") as out,
        subprocess.Popen(
            [HOME / "bin" / "python", Path(__file__).with_name("server.py"), str(port)],
            cwd=folder,
            env={"PATH": os.defpath, "PYTHONDONTWRITEBYTECODE": "1"},
            stdout=out,
            stderr=subprocess.STDOUT,
        ) as process,
    ):
        try:
            _await_start(process, port, log)
            yield Process(f"http://127.0.0.1:{port}", log)
        finally:
            process.terminate()


def _await_start(process: subprocess.Popen[bytes], port: int, log: Path) -> None:
    """Until it listens. Raises RuntimeError with its words when it fails."""
    for _ in range(int(START_WITHIN / 0.05)):
        if process.poll() is None:
            try:
                socket.create_connection(("127.0.0.1", port)).close()
                return
            except ConnectionRefusedError:
                time.sleep(0.05)
    raise RuntimeError(f"telemelya did not start: {log.read_text('utf-8')}")


@pytest.fixture
def one_database(databases: Databases) -> Iterator[str]:
    """A fresh database."""
    url = databases.new("sqlite")
    yield url
    databases.give_back(url)
