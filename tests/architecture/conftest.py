"""What the tests of the house share: the tree as a clone has it."""

import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PACKAGES = ("core", "content", "handlers", "scheduler", "db", "web", "bot")
NOT_OURS = {"__pycache__", "data", "data-demo"}


@pytest.fixture(scope="session")
def root() -> Path:
    """The top folder of the project."""
    return ROOT


@pytest.fixture(scope="session")
def tree() -> list[Path]:
    """Every file of the project, relative to its top: what git knows or would take, else what lies there."""
    try:
        command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
        found = [Path(name) for name in done.stdout.split("\0") if name]
    except (OSError, subprocess.CalledProcessError):
        found = [path.relative_to(ROOT) for path in ROOT.rglob("*")]
        found = [path for path in found if not any(part.startswith(".") for part in path.parts)]
    files = [path for path in found if not NOT_OURS & set(path.parts) and (ROOT / path).is_file()]
    assert Path("pyproject.toml") in files, "the tree was not read"
    return sorted(files)


@pytest.fixture(scope="session")
def modules(tree: list[Path]) -> list[Path]:
    """The Python files of the product itself."""
    return [path for path in tree if path.parts[0] in PACKAGES and path.suffix == ".py"]
