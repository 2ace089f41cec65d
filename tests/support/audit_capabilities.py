"""`make audit-tests`: each capability's tests pass with it, and every one of them fails without it.

With `--shown`, for CI: that they pass with it was shown by `make test` and `make thorough` just before; they are
counted only.
"""

import re
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path

from tests.support.without import SWITCHES

AT_ONCE = 2  # as the suite itself: on both cores
TESTS = Path("tests/capabilities")


def test_file(capability: str) -> Path:
    """Where a capability's tests are."""
    return TESTS / f"test_{capability.replace('-', '_')}.py"


def run(capability: str, *options: str) -> dict[str, int]:
    """Run a capability's tests; gives how many passed, failed and so on."""
    command = [sys.executable, "-m", "pytest", "-q", "--tb=no", "-p", "no:cacheprovider", *options]
    done = subprocess.run([*command, str(test_file(capability))], capture_output=True, text=True, check=False)
    closing = done.stdout.strip().splitlines()[-1] if done.stdout.strip() else done.stderr
    return {kind: int(count) for count, kind in re.findall(r"(\d+) (passed|failed|error|skipped)", closing)}


def counted(capability: str) -> dict[str, int]:
    """How many tests it has, taken as passed."""
    command = [sys.executable, "-m", "pytest", "-q", "--collect-only", "-p", "no:cacheprovider"]
    done = subprocess.run([*command, str(test_file(capability))], capture_output=True, text=True, check=False)
    found = re.search(r"(\d+) tests? collected", done.stdout)
    return {"passed": int(found[1])} if found else {"error": 1}


def audit(capability: str, *, shown: bool) -> tuple[dict[str, int], dict[str, int]]:
    """What came of its tests with it, and without it."""
    return counted(capability) if shown else run(capability), run(capability, "--without", capability)


def main(*options: str) -> int:
    """Audit all; exit status 1 when a test is missing, fails with its capability, or passes without it."""
    files = set(TESTS.glob("test_*.py"))
    wrong = [
        f"{path}: no switch takes its capability out" for path in sorted(files - {test_file(one) for one in SWITCHES})
    ]
    with ThreadPoolExecutor(AT_ONCE) as workers:
        each = partial(audit, shown="--shown" in options)
        for capability, (with_it, without_it) in zip(SWITCHES, workers.map(each, SWITCHES), strict=True):
            good = set(with_it) == {"passed"} and set(without_it) == {"failed"}
            good = good and with_it["passed"] == without_it["failed"]
            print(f"{'ok ' if good else 'BAD'} {capability}: with it {with_it}, without it {without_it}", flush=True)
            wrong += [] if good else [capability]
    print(f"{len(SWITCHES) - len(wrong)} passed, {len(wrong)} failed")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
