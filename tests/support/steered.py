"""`chungtay` whose clock and patience a trial steers from outside.

CHUNGTAY_TEST_HURRY makes its deadlines and its pauses after trouble so many times shorter: what a channel asks for
stays as it is. CHUNGTAY_TEST_OFTEN makes the loops that send notices look that much more often what there is to do.
CHUNGTAY_TEST_CLOCK names a file with the seconds by which its clock is wrong. CHUNGTAY_TEST_BATCH is how many people a
campaign goes through in one transaction. CHUNGTAY_TEST_SENT names a file to which it writes the moment of each message
that counts for an account's limit, by the clock that cannot be set.
"""

import os
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

from tests.support.hasty import main as hasty

HURRY, CLOCK, BATCH = "CHUNGTAY_TEST_HURRY", "CHUNGTAY_TEST_CLOCK", "CHUNGTAY_TEST_BATCH"
SENT, OFTEN = "CHUNGTAY_TEST_SENT", "CHUNGTAY_TEST_OFTEN"
LEAST_BUSY = 1.0  # seconds a writer waits for another one at least: two of ours must never give up on each other


class SteeredClock:
    """The machine's clock, wrong by what stands in the file, from the moment it stands there."""

    def __init__(self, file: Path) -> None:
        self._file = file

    def now(self) -> datetime:
        """What the wrong clock shows."""
        return datetime.now(UTC) + timedelta(seconds=float(self._file.read_text()))

    def wrong_by(self, *, seconds: float = 0, days: float = 0) -> None:
        """Set it."""
        half = self._file.with_suffix(".new")
        half.write_text(str(timedelta(seconds=seconds, days=days).total_seconds()))
        half.replace(self._file)  # in one step: somebody else reads it


def _hurry(by: float) -> None:
    from bot import parts
    from bot.channels.telegram import api, session
    from db import engine
    from scheduler import relay, retry

    for module, name in (
        (session, "CONNECT_WITHIN"),
        (relay, "ACCOUNT_PAUSE"),
        (relay, "LONGEST_SILENCE"),
        (retry, "FIRST_WAIT"),
        (retry, "LONGEST_WAIT"),
    ):
        setattr(module, name, getattr(module, name) / by)
    engine.BUSY_SECONDS = max(LEAST_BUSY, engine.BUSY_SECONDS / by)
    # These two stand in signatures, which were made before.
    within = relay.SEND_WITHIN / by
    parts.RelaySettings = partial(relay.RelaySettings, send_within=within)  # type: ignore[assignment, misc]
    keywords = api.Api.call.__kwdefaults__
    keywords["within"] = api.ANSWER_WITHIN = api.ANSWER_WITHIN / by


def _often(by: float) -> None:
    from bot import parts
    from scheduler import expansion, fallback, job_news, recurring, relay

    for module in (expansion, fallback, job_news, recurring):
        module.EVERY /= by
    poll = relay.RelaySettings.poll / by
    parts.RelaySettings = partial(parts.RelaySettings, poll=poll)  # type: ignore[assignment, misc]


def _noting(file: Path) -> None:
    from scheduler.limits import Place, Rate

    counted = Rate.take

    def take(self: Rate, *, notice: bool = False) -> Place:
        with file.open("a") as out:
            out.write(f"{self.now()!r}\n")
        return counted(self, notice=notice)

    Rate.take = take  # type: ignore[method-assign]


def main() -> None:
    """Change what is asked for, then run the command."""
    if by := os.environ.get(HURRY):
        _hurry(float(by))
    if by := os.environ.get(OFTEN):
        _often(float(by))
    if file := os.environ.get(CLOCK):
        from bot.clock import SystemClock

        steered = SteeredClock(Path(file))
        SystemClock.now = lambda _: steered.now()  # type: ignore[method-assign]
    if noted := os.environ.get(SENT):
        _noting(Path(noted))
    if batch := os.environ.get(BATCH):
        from scheduler import expansion

        expansion.BATCH = int(batch)
    hasty()


if __name__ == "__main__":
    main()
