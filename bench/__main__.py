"""`python -m bench`: takes the figures, prints them, writes docs/performance.md."""

import asyncio
import sys
import tempfile
import time
from contextlib import ExitStack
from pathlib import Path

from sqlalchemy import text

from bench import assessing, handling, serving, telegram
from bench.figures import Figure, markdown, plain
from bench.machine import description
from bench.questions import texts
from bot.knowledge import Knowledge, load_knowledge
from db.engine import close_engine, make_engine, sqlite_url
from tests.support.databases import NoServerError, execute, postgresql_server

PAGE = Path(__file__).parents[1] / "docs" / "performance.md"
DATABASE = "chungtay_bench"
HEAD = """# Performance

Written by `make bench`: the last figures, and the machine they were taken on. Times depend on that machine; what is
compared was measured in one run. Nothing here is asserted by a test; tests count statements, bytes and steps.
"""


def main() -> None:
    """Measure everything; what cannot be measured here is said."""
    machine = description()
    with tempfile.TemporaryDirectory(prefix="chungtay-bench-") as name:
        folder = Path(name)
        figures = serving.measure(folder)
        figures += telegram.measure(folder)
        started = time.perf_counter()
        knowledge = load_knowledge()
        figures += _knowing(knowledge, time.perf_counter() - started)
        figures += assessing.measure(knowledge)
        figures += asyncio.run(handling.measure(sqlite_url(folder / "bench.db"), "SQLite", knowledge, folder))
        figures += _on_postgresql(knowledge, folder, machine)
    print("\n".join(f"{name}: {value}" for name, value in machine.items()))
    print(plain(figures))
    rows = [f"| {name} | {value} |" for name, value in machine.items()]
    page = [HEAD, "| | |", "|---|---|", *rows, "", markdown(figures), ""]
    PAGE.write_text("\n".join(page), encoding="utf-8")


def _knowing(knowledge: Knowledge, loading: float) -> list[Figure]:
    """Reading the packs, and reading a question."""
    questions = texts(200)
    started = time.perf_counter()
    for question in questions:
        knowledge.understanding.read(question, after=None)
    each = (time.perf_counter() - started) / len(questions) * 1000
    group = "Content and understanding"
    return [
        Figure(group=group, name="reading all packs and examples, once at the start", value=loading * 1000, unit="ms"),
        Figure(group=group, name="understanding a question, mean of 200", value=each, unit="ms"),
    ]


def _on_postgresql(knowledge: Knowledge, folder: Path, machine: dict[str, str]) -> list[Figure]:
    with ExitStack() as stack:
        try:
            server = stack.enter_context(postgresql_server())
        except NoServerError as error:
            print(f"left out: {error}", file=sys.stderr)
            return []
        # The tests' server does not sync, which would flatter it here: the server's own settings come back.
        execute(server.url, "ALTER SYSTEM RESET ALL", "SELECT pg_reload_conf()")
        server.create(DATABASE)
        url = server.url_of(DATABASE)
        try:
            machine["PostgreSQL"] = asyncio.run(_version(url))
            return asyncio.run(handling.measure(url, "PostgreSQL", knowledge, folder))
        finally:
            server.drop(DATABASE)


async def _version(url: str) -> str:
    engine = make_engine(url)
    try:
        async with engine.connect() as connection:
            return str((await connection.execute(text("SHOW server_version"))).scalar_one())
    finally:
        await close_engine(engine)


if __name__ == "__main__":
    main()
