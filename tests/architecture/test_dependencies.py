"""What the project rests on: each dependency has its reason, each lock its hashes, no name collides."""

import re
import tomllib
from importlib.metadata import packages_distributions
from pathlib import Path
from typing import Any

import pytest
from packaging.requirements import Requirement

from tests.architecture.conftest import PACKAGES

LOCKS = ("requirements.lock", "requirements-dev.lock", "requirements-witness.lock")


def project(root: Path) -> dict[str, Any]:
    """The project table of pyproject.toml."""
    table: dict[str, Any] = tomllib.loads((root / "pyproject.toml").read_text("utf-8"))["project"]
    return table


def wanted(root: Path) -> dict[str, list[Requirement]]:
    """The direct requirements: of running, of building, of developing."""
    table = project(root)
    groups = {"run": table["dependencies"], **table["optional-dependencies"]}
    read = {name: [Requirement(line) for line in lines] for name, lines in groups.items()}
    return {name: [one for one in lines if one.name != table["name"]] for name, lines in read.items()}


def locked(root: Path, lock: str) -> dict[str, str]:
    """Name and version of everything a lock installs."""
    return dict(re.findall(r"^([a-z0-9._-]+)==(\S+)", (root / lock).read_text("utf-8"), re.MULTILINE))


def test_each_dependency_has_its_reason(root: Path) -> None:
    page = (root / "docs" / "dependencies.md").read_text("utf-8")
    sections = re.split(r"^## ", page, flags=re.MULTILINE)[1:]
    explained = [set(re.findall(r"^\| ([a-z0-9-]+) \|", section, re.MULTILINE)) - {"package"} for section in sections]
    groups = wanted(root)
    assert explained[0] == {one.name.lower() for one in groups["run"]}
    assert explained[1] == {one.name.lower() for one in groups["build"]}
    assert explained[2] == {one.name.lower() for one in groups["dev"]}


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_names_no_host_and_hashes_everything(root: Path, lock: str) -> None:
    text = (root / lock).read_text("utf-8")
    assert not re.search(r"://|--(?:extra-)?index|--find-links|--trusted-host|@ ", text)
    entries = re.split(r"\n(?=\S)", text.strip())
    unhashed = [entry.split()[0] for entry in entries if not entry.startswith("#") and "--hash=sha256:" not in entry]
    assert len(entries) > 20
    assert not unhashed


@pytest.mark.parametrize(("lock", "groups"), [(LOCKS[0], ("run", "build")), (LOCKS[1], ("run", "build", "dev"))])
def test_a_lock_follows_the_project(root: Path, lock: str, groups: tuple[str, ...]) -> None:
    versions = locked(root, lock)
    for one in (requirement for group in groups for requirement in wanted(root)[group]):
        assert one.name.lower() in versions, f"{one.name} is not in {lock}: make lock"
        assert one.specifier.contains(versions[one.name.lower()]), f"{lock} has another {one.name}: make lock"


def test_no_installed_distribution_brings_a_module_of_our_names() -> None:
    """Our packages are common words. Whoever else brought one would hide it, or be hidden."""
    brought = packages_distributions()
    others = {name: set(brought.get(name, ())) - {"chungtay"} for name in (*PACKAGES, "tests", "bench", "docs")}
    assert not {name: by for name, by in others.items() if by}


def test_it_cannot_be_uploaded_by_mistake(root: Path) -> None:
    assert "Private :: Do Not Upload" in project(root)["classifiers"]


def test_every_channel_has_tests(root: Path, tree: list[Path]) -> None:
    within = [path.relative_to("bot/channels") for path in tree if path.is_relative_to("bot/channels")]
    shared = {"__init__", "plain", "typing", "watch"}  # what several of them use
    channels = {path.parts[0].removesuffix(".py") for path in within} - shared
    tests = [path for path in tree if path.parts[0] == "tests" and path.suffix == ".py"]
    text = "\n".join((root / path).read_text("utf-8") for path in tests)
    assert channels == {"telegram", "terminal", "webchat", "zalo", "zalobot"}
    assert not {name for name in channels if not re.search(rf"bot\.channels\.{name}[a-z_.]* import", text)}
