"""All figures of notices to many, on both databases: `python -m bench.notices` takes only these."""

import sys
import tempfile
from contextlib import ExitStack
from pathlib import Path

from bench import audience, expanding, sending
from bench.figures import Figure, plain
from bench.postgresql import database, own_server
from db.engine import sqlite_url
from tests.support.databases import Server

WORKERS = (1, 2, 4)


def on_sqlite(folder: Path, *, million: bool) -> list[Figure]:
    """Sending, limits, answers meanwhile; and making the messages."""
    figures = sending.measure(folder / "sending", "SQLite")
    figures += sending.limits(folder / "limits")
    figures += sending.replies(folder / "replies", rate=figures[1].value)
    url = sqlite_url(folder / "expanding.db")
    audience.prepare(url)
    return figures + expanding.measure(url, "SQLite", million=million)


def on_postgresql(server: Server, folder: Path, *, million: bool) -> list[Figure]:
    """Sending, by one process and by several; and making the messages."""
    with database(server) as url:
        figures = sending.measure(folder / "sending", "PostgreSQL", url)
    with ExitStack() as stack:
        urls = [(number, stack.enter_context(database(server))) for number in WORKERS]
        figures += sending.workers(folder / "workers", urls)
    with database(server) as url:
        audience.prepare(url)
        return figures + expanding.measure(url, "PostgreSQL", million=million)


def main() -> None:
    """Print them; docs/performance.md stays as it is."""
    million = "--million" in sys.argv
    with tempfile.TemporaryDirectory(prefix="chungtay-bench-") as name, own_server() as server:
        figures = on_sqlite(Path(name) / "sqlite", million=million)
        if server is not None:
            figures += on_postgresql(server, Path(name) / "postgresql", million=million)
    print(plain(figures))


if __name__ == "__main__":
    main()
