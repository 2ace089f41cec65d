"""`make trials`: kills and faults in full, on both databases, with the figures written to docs/trials.md."""

import os
import platform
import secrets
import sys
import tempfile
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from statistics import median
from time import monotonic

import click

from tests.support.databases import Databases, NoServerError, postgresql_server
from tests.support.killable import STEPS
from tests.trials import faults as trouble
from tests.trials.broadcast import BroadcastTrial
from tests.trials.duties import TasksTrial
from tests.trials.kills import LATEST, Result, Trial
from tests.trials.news import NewsTrial
from tests.trials.posts import PostsTrial
from tests.trials.steps import StepsTrial
from tests.trials.telegram import TelegramTrial
from tests.trials.zalo import ZaloStepsTrial, ZaloTrial

PAGE = Path("docs/trials.md")
# Each with how many kills it takes.
TRIALS: tuple[tuple[str, str, type[Trial], int], ...] = (
    ("web chat, SQLite", "sqlite", Trial, 15),
    ("web chat, PostgreSQL", "postgresql", Trial, 15),
    ("Telegram, SQLite", "sqlite", TelegramTrial, 15),
    ("Telegram, PostgreSQL", "postgresql", TelegramTrial, 15),
    ("notices, SQLite", "sqlite", BroadcastTrial, 30),
    ("notices, PostgreSQL", "postgresql", BroadcastTrial, 30),
    ("steps, SQLite", "sqlite", StepsTrial, 70),
    ("steps, PostgreSQL", "postgresql", StepsTrial, 70),
    ("posts, SQLite", "sqlite", PostsTrial, 35),
    ("posts, PostgreSQL", "postgresql", PostsTrial, 35),
    ("news of work, SQLite", "sqlite", NewsTrial, 20),
    ("news of work, PostgreSQL", "postgresql", NewsTrial, 20),
    ("tasks, SQLite", "sqlite", TasksTrial, 20),
    ("tasks, PostgreSQL", "postgresql", TasksTrial, 20),
    ("Zalo, SQLite", "sqlite", ZaloTrial, 12),
    ("Zalo, PostgreSQL", "postgresql", ZaloTrial, 12),
    ("Zalo steps, SQLite", "sqlite", ZaloStepsTrial, 24),
    ("Zalo steps, PostgreSQL", "postgresql", ZaloStepsTrial, 24),
)
INTRODUCTION = f"""# Trials

Written by `make trials`; do not edit.

## kill -9

The service runs as its users run it (`chungtay run`, a process of its own), and made-up people write to the web chat
all at once: up to 200 messages in a round, some of them conversations of several steps that end with a question to an
officer. Up to {LATEST} s after the first acknowledgement the process is killed with SIGKILL; then the database is
read and the messages are counted that were acknowledged and have no answer yet. In one round of three all messages
are stored at once, as after a standstill, and the kill strikes while they are worked off. Only a kill that strikes
while something waits counts. The service is started again (one time in four it is killed once more while it
recovers), and when nothing waits any more each person's record is compared with what the same words led to when
nobody was killed: every acknowledged message is handled once, has exactly its replies, in order, under the keys
`reply:<update>:<number>`, and each reply was sent. The audit log is walked to its end. Nothing in the program knows
of these trials; only the time after which a dead process's messages are taken over is shortened from two minutes
to three seconds.

The same over Telegram: a strict fake server (tests/support/telegram) stands for it, over polling and over a webhook by
turns, and repeats what was not acknowledged. There it is judged by what the server received: each person's messages, in
their order, as they were when nobody was killed, a repeat only for a reply in doubt.

Notices: each round sends one to sixty people over Telegram, at most thirty a second, and the kill strikes between its
approval and its end. Afterwards the ledger is compared with each phone, line by line: nobody without it, nobody with it
more often than its doubts allow, one a household, and the counts are those of the ledger.

Steps: the same notices, and the process ends itself with SIGKILL at a named step, some the N-th time it is reached:
between a lease, a send and its record, inside and behind each transaction that a notice goes through, and inside and
behind those of `chungtay campaign approve` and `stop`. tests/support/killable.py stands around the repositories and
the channel for it, and makes batches small. Its last words and what then stands in the database and on the phones must
fit that step; else the round is a fault. Besides, an approval is wholly there or not at all, and behind a stop arrives
only what was in flight. Now and then five processes in a row die on the way of one notice.

Posts: an approved schedule of five, one too late already, one about to be, one overdue and two that fall due one after
the other; the process ends itself inside and behind the transaction that makes a campaign of a post, before and behind
the claim in it, and while the campaign's messages are made. After each death a post, its campaign and its entry of the
log stand together or not at all. In the end each post is one campaign, judged as the notices are, or was too late: then
it is skipped, the log has it once, and the process told it.

News of work: ten people look for work, and an offer that suits them all is verified; the process ends itself inside
and behind the transaction in which the message to one of them is made, or between a lease, a send and its record. After
each death message, mark, next look and entry of the log of each person stand together or not at all. In the end
everybody has one message, which a phone shows more than once only where it was in doubt.

Tasks: ten officers work in chats of their own, and a task of their office is due; the process ends itself inside and
behind a transaction in which four of them are told, or between a lease, a send and its record. After each death what is
noted, the messages and the entries of the log stand together or not at all; phones are judged as with the news.

Zalo: notices over an Official Account (tests/support/zalo), killed at moments of chance as the notices are, and at the
named steps but for those of a pause. Before each notice everybody is given another silence, of a minute, three days or
ten; some notices have a template for those who are outside their window, the others reach nobody there. Of the notices
that are killed at a moment of chance about half meet an access token that is refused to all: a new pair is asked for
in the middle of it, and the kill strikes meanwhile. Besides what the notices are judged by, who is inside has the words
and no template, who is outside the template or nothing, and what was counted of the month is what the server took.

"in doubt" counts replies that were being sent when the process died. They are sent once more: the web page shows a
message once whatever happens, other channels may show such a reply twice.
What a second kill strikes while it is sent once more stays in doubt: nothing is sent a third time by itself.
"""


def table(results: dict[str, Result], seeds: dict[str, int]) -> str:
    """The figures, a column for each database."""
    lines: dict[str, Callable[[Result], str]] = {
        "kills while something waited": lambda r: str(len(r.kills)),
        "of them while recovering": lambda r: str(sum(one.recovering for one in r.kills)),
        "of all kills, around a change of tokens": lambda r: "-" if r.rotations is None else str(r.rotations),
        "further kills while nothing waited": lambda r: str(r.idle),
        "waiting at a kill: fewest / middle / most": lambda r: _spread([one.waiting for one in r.kills]),
        "messages acknowledged": lambda r: str(r.answered),
        "of them lost, or handled or answered twice": lambda r: str(len(r.faults)),
        "replies in doubt, sent once more": lambda r: str(r.resent),
        "of them shown twice on a phone": lambda r: "-" if r.twice is None else str(r.twice),
        "in doubt a second time, left to an officer": lambda r: str(r.left),
        "posts that became campaigns / were too late": lambda r: (
            f"{r.posts['fired']} / {r.posts['skipped']}" if r.posts else "-"
        ),
        "seconds from a restart until all was answered: middle / most": lambda r: (
            f"{median(r.seconds):.1f} / {max(r.seconds):.1f}"
        ),
    }
    rows = [f"| | {' | '.join(results)} |", f"|---|{'---|' * len(results)}"]
    rows += [f"| {name} | {' | '.join(tell(one) for one in results.values())} |" for name, tell in lines.items()]
    rows.append(f"| seed | {' | '.join(str(seed) for seed in seeds.values())} |")
    return "\n".join(rows) + "\n"


def steps_table(results: dict[str, Result]) -> str:
    """How often a process was killed at each named step; empty where none was."""
    told = {name: result.steps for name, result in results.items() if result.steps}
    if not told:
        return ""
    rows = [f"| killed at | {' | '.join(told)} |", f"|---|{'---|' * len(told)}"]
    rows += [f"| {step} | {' | '.join(str(one[step] or '-') for one in told.values())} |" for step in STEPS]
    return "\n".join(rows) + "\n"


def _spread(values: list[int]) -> str:
    return f"{min(values)} / {median(values):g} / {max(values)}" if values else "-"


def machine() -> str:
    """Where the figures come from."""
    day = datetime.now(UTC).date().isoformat()
    return f"{day}, {os.cpu_count()} processors, {platform.system()}, Python {platform.python_version()}"


@click.command()
@click.option("--kills", type=int, help="On each channel and database, instead of what each trial takes.")
@click.option("--only", default="", help="Those whose name holds this, such as Telegram; nothing is written then.")
@click.option("--seed", type=int, help="Repeat a trial's crowds and moments.")
def main(kills: int | None, only: str, seed: int | None) -> None:
    """Kill, restart, compare; write docs/trials.md."""
    first = secrets.randbits(32) if seed is None else seed
    results: dict[str, Result] = {}
    seeds: dict[str, int] = {}
    with tempfile.TemporaryDirectory(prefix="chungtay-trial-") as folder, postgresql_server() as server:
        databases = Databases(Path(folder))
        databases.server = server
        for number, (name, kind, trial, usual) in enumerate(TRIALS):
            if only.lower() not in name.lower():
                continue
            seeds[name] = first + number
            click.echo(f"{name}: seed {seeds[name]}")
            began = monotonic()
            data = Path(folder) / f"data-{number}"
            results[name] = trial(data_dir=data, database_url=databases.new(kind), seed=seeds[name]).run(kills or usual)
            click.echo(f"{name}: {len(results[name].kills)} kills in {monotonic() - began:.0f} s")
        lines = trouble.run(Path(folder), databases) if only in ("", trouble.NAME) else []
        databases.clear()
    told = (table(results, seeds) if results else "", steps_table(results), trouble.section(lines))
    figures = "\n".join(filter(None, told))
    click.echo(figures)
    faults = [f"{name}: {fault}" for name, result in results.items() for fault in result.faults]
    faults += trouble.found(lines)
    short = any(len(results[name].kills) < (kills or usual) for name, _, _, usual in TRIALS if name in results)
    if faults or short:
        click.echo("\n".join([*faults, *(["too few kills struck while something waited"] if short else [])]), err=True)
        sys.exit(1)
    if not only:
        PAGE.write_text(f"{INTRODUCTION}\n{machine()}\n\n{figures}", encoding="utf-8")


if __name__ == "__main__":
    try:
        main()
    except NoServerError as missing:
        sys.exit(f"trials need both databases: {missing}")
