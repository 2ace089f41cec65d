"""`python -m bench [--million] [--matching]`: takes the figures, prints them, writes docs/performance.md."""

import asyncio
import os
import sys
import tempfile
import time
from pathlib import Path

from sqlalchemy import text

from bench import assessing, console, handling, matching, notices, serving, telegram
from bench.figures import Figure, markdown, plain
from bench.machine import description
from bench.postgresql import database, own_server
from bench.questions import texts
from bot.knowledge import Knowledge, load_knowledge
from content.loader import load_catalogue
from db.engine import close_engine, make_engine, sqlite_url

PAGE = Path(__file__).parents[1] / "docs" / "performance.md"
HEAD = """# Performance

Written by `make bench`: the last figures, and the machine they were taken on. Times depend on that machine; what is
compared was measured in one run. Nothing here is asserted by a test; tests count statements, bytes and steps.
"""


def main() -> None:
    """Measure everything; what cannot be measured here is said. With --million messages are made for that many.

    With --matching only who suits which work, in place of those figures alone.
    """
    if "--matching" in sys.argv:
        _matching_alone()
        return
    million = "--million" in sys.argv
    machine = description()
    with tempfile.TemporaryDirectory(prefix="chungtay-bench-") as name:
        folder = Path(name)
        figures = serving.measure(folder)
        figures += telegram.measure(folder)
        started = time.perf_counter()
        knowledge = load_knowledge()
        figures += _knowing(knowledge, time.perf_counter() - started)
        figures += assessing.measure(knowledge)
        figures += matching.measure(knowledge.content, folder)
        figures += console.measure(knowledge, folder)
        figures += asyncio.run(handling.measure(sqlite_url(folder / "bench.db"), "SQLite", knowledge, folder))
        figures += notices.on_sqlite(folder / "notices", million=million)
        figures += _on_postgresql(knowledge, folder, machine, million=million)
    groups = list(dict.fromkeys(one.group for one in figures))
    figures.sort(key=lambda one: groups.index(one.group))  # a group's figures of both databases stand together
    print("\n".join(f"{name}: {value}" for name, value in machine.items()))
    print(plain(figures))
    rows = [f"| {name} | {value} |" for name, value in machine.items()]
    page = [HEAD, "| | |", "|---|---|", *rows, "", markdown(figures), ""]
    PAGE.write_text("\n".join(page), encoding="utf-8")


def _matching_alone() -> None:
    with tempfile.TemporaryDirectory(prefix="chungtay-bench-") as name:
        figures = matching.measure(load_catalogue(), Path(name))
    load = Figure(
        group=matching.GROUP,
        name="measured by itself, beside other work: processes waiting for a core in the last minute",
        value=os.getloadavg()[0],
        unit="",
    )
    print(plain([load, *figures]))
    head = f"## {matching.GROUP}\n"
    before, _, after = PAGE.read_text(encoding="utf-8").partition(head)
    rest = after[after.index("\n## ") + 1 :] if "\n## " in after else ""
    if not after:
        before, update, rest = before.partition("## An update on SQLite\n")
        rest = update + rest
    PAGE.write_text(f"{before}{markdown([load, *figures]).lstrip()}\n\n{rest}".rstrip() + "\n", encoding="utf-8")


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


def _on_postgresql(knowledge: Knowledge, folder: Path, machine: dict[str, str], *, million: bool) -> list[Figure]:
    with own_server() as server:
        if server is None:
            return []
        with database(server) as url:
            machine["PostgreSQL"] = asyncio.run(_version(url))
            figures = asyncio.run(handling.measure(url, "PostgreSQL", knowledge, folder))
        return figures + notices.on_postgresql(server, folder / "notices-postgresql", million=million)


async def _version(url: str) -> str:
    engine = make_engine(url)
    try:
        async with engine.connect() as connection:
            return str((await connection.execute(text("SHOW server_version"))).scalar_one())
    finally:
        await close_engine(engine)


if __name__ == "__main__":
    main()
