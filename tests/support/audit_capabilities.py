"""`make audit-tests`: each capability's tests pass with it, and every one of them fails without it.

Each run is a process of its own, born of this one when it has read the product: without that, reading
took most of the time.
"""

import argparse
import multiprocessing
import os
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

import bot.__main__
import bot.app
import bot.rooms  # noqa: F401 -- what the runs would each read anew
from tests.support.without import SWITCHES

AT_ONCE = 2  # as the suite itself: on both cores
TESTS = Path("tests/capabilities")
# What the product has read already has no asserts that pytest could explain; nobody reads them here.
READ_BEFORE = ("-W", "ignore::pytest.PytestAssertRewriteWarning")
Counts = dict[str, int]


class Counting:
    """A plugin that counts how the tests of a run came out."""

    def __init__(self) -> None:
        self.counts: Counter[str] = Counter()

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """After each part of one."""
        if report.when == "call" or not report.passed:
            self.counts[report.outcome if report.when == "call" or report.skipped else "error"] += 1


def test_file(capability: str) -> Path:
    """Where a capability's tests are."""
    return TESTS / f"test_{capability.replace('-', '_')}.py"


def outcome(options: tuple[str, ...]) -> Counts:
    """What came of the tests that these options of pytest choose; they run without a word."""
    counting = Counting()
    with Path(os.devnull).open("w") as nowhere:
        os.dup2(nowhere.fileno(), 1)
        os.dup2(nowhere.fileno(), 2)
        ended = pytest.main(["-q", "--tb=no", "-p", "no:cacheprovider", *READ_BEFORE, *options], plugins=[counting])
    if ended not in (pytest.ExitCode.OK, pytest.ExitCode.TESTS_FAILED):
        counting.counts["error"] += 1
    return dict(counting.counts)


def runs(chosen: Sequence[str]) -> Iterator[tuple[str, Counts, Counts]]:
    """Each of these capabilities with what came of its tests with it, and without it."""
    files = [str(test_file(capability)) for capability in chosen]
    without = [(path, "--without", capability) for path, capability in zip(files, chosen, strict=True)]
    # A process for each run: what one took out of the product stays out.
    with multiprocessing.get_context("fork").Pool(AT_ONCE, maxtasksperchild=1) as pool:
        found = pool.imap(outcome, without, chunksize=1)
        with_it = pool.imap(outcome, [(path,) for path in files], chunksize=1)
        for capability in chosen:
            yield capability, next(with_it), next(found)


def read(options: Sequence[str]) -> argparse.Namespace:
    """What was asked for."""
    parser = argparse.ArgumentParser(prog="audit_capabilities", description="Take out one capability after the other.")
    parser.add_argument("--every", type=int, default=1, metavar="N", help="audit each Nth only")
    parser.add_argument("--from", type=int, default=0, metavar="K", dest="begin", help="of these, beginning with K")
    return parser.parse_args(options)


def main(*options: str) -> int:
    """Audit all; exit status 1 when a test is missing, fails with its capability, or passes without it."""
    files = set(TESTS.glob("test_*.py"))
    wrong = [
        f"{path}: no switch takes its capability out" for path in sorted(files - {test_file(one) for one in SWITCHES})
    ]
    given = read(options)
    chosen = list(SWITCHES)[given.begin :: given.every]
    for capability, with_it, without_it in runs(chosen):
        good = set(with_it) == {"passed"} and set(without_it) == {"failed"}
        good = good and with_it["passed"] == without_it["failed"] > 0
        print(f"{'ok ' if good else 'BAD'} {capability}: with it {with_it}, without it {without_it}", flush=True)
        wrong += [] if good else [capability]
    print(f"{len(chosen) - len(wrong)} passed, {len(wrong)} failed")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
