"""The examples in docstrings are true."""

import doctest
import importlib
import pkgutil

import pytest

PACKAGES = ("core", "content", "handlers", "scheduler", "db", "web", "bot")
# Alembic loads these itself, with a connection.
LEFT_OUT = ("db.migrations", "bot.__main__")


def modules() -> list[str]:
    found = []
    for package in PACKAGES:
        root = importlib.import_module(package)
        found += [one.name for one in pkgutil.walk_packages(root.__path__, f"{package}.")]
    return sorted(one for one in found if not one.startswith(LEFT_OUT))


@pytest.mark.parametrize("name", modules())
def test_examples_are_true(name: str) -> None:
    assert doctest.testmod(importlib.import_module(name)).failed == 0


def test_there_are_examples() -> None:
    finder = doctest.DocTestFinder(exclude_empty=True)
    examples = [one for name in modules() for one in finder.find(importlib.import_module(name)) if one.examples]
    assert len(examples) > 10
