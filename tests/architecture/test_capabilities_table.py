"""docs/capabilities.md names what there is, where it is, and the test that shows it."""

import re
from pathlib import Path

from tests.support.without import SWITCHES


def test_the_table_is_in_step(root: Path, tree: list[Path]) -> None:
    page = (root / "docs" / "capabilities.md").read_text("utf-8")
    rows = re.findall(r"^\| `([a-z-]+)` \| .+? \| (.+?) \| `(.+?)` \|$", page, re.MULTILINE)
    assert {name for name, _, _ in rows} == set(SWITCHES)
    tests = {path.as_posix() for path in tree if path.match("tests/capabilities/test_*.py")}
    assert {test for _, _, test in rows} == tests
    for _, code, _ in rows:
        for path in re.findall(r"`(.+?)`", code):
            assert Path(path) in tree, path
