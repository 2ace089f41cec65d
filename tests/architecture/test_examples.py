"""The examples in docstrings are true."""

import doctest
import importlib

import pytest

from tests.architecture.conftest import PACKAGES, ROOT

pytestmark = pytest.mark.thorough

# Alembic loads these itself, with a connection.
LEFT_OUT = ("db.migrations", "bot.__main__")


def modules(*packages: str) -> list[str]:
    """Their names, by the files: nothing is imported before its own examples are tried."""
    files = [path.relative_to(ROOT) for package in packages for path in (ROOT / package).glob("*/**/*.py")]
    files += [path.relative_to(ROOT) for package in packages for path in (ROOT / package).glob("[!_]*.py")]
    found = {".".join(path.with_suffix("").parts).removesuffix(".__init__") for path in files}
    return sorted(one for one in found if not one.startswith(LEFT_OUT))


@pytest.mark.parametrize("package", PACKAGES)
def test_examples_are_true(package: str) -> None:
    names = modules(package)
    assert names and [name for name in names if doctest.testmod(importlib.import_module(name)).failed] == []


def test_there_are_examples() -> None:
    finder = doctest.DocTestFinder(exclude_empty=True)
    examples = [
        one for name in modules(*PACKAGES) for one in finder.find(importlib.import_module(name)) if one.examples
    ]
    assert len(examples) > 10
