"""Whatever stands in a file, reading it ends with values or faults, never with an exception."""

from datetime import date

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from content import yamlfile
from content.yamlfile import read_yaml


@given(st.binary(max_size=200))
def test_any_bytes(raw: bytes) -> None:
    file = read_yaml("x.yaml", raw)
    assert file.faults or file.data is not None


@given(st.text(alphabet="ab:-[]{}&*!|>'\"#\n \t?,%@0123.é", max_size=60))
def test_anything_that_looks_like_yaml(text: str) -> None:
    file = read_yaml("x.yaml", text.encode())
    assert file.faults or file.data is not None
    assert all(1 <= fault.line <= text.count("\n") + 2 for fault in file.faults)


@pytest.mark.parametrize("raw", [b"[" * 5_000, b"- " * 5_000, b"{a: " * 2_000, b"&a [*a]", b"a: &b [1]\nc: *b"])
def test_depth_and_circles_are_faults(raw: bytes) -> None:
    assert read_yaml("x.yaml", raw).faults


VALUES = b"""text: abc
number: 12
share: 6.24
day: 2026-11-20
yes_no: true
nothing: null
list:
  - one
  - {two: 2}
"""


@pytest.fixture(params=["fast", "slow"])
def loader(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Both parsers must give the same: PyYAML may have been built without the fast one."""
    if request.param == "slow":
        monkeypatch.setattr(yamlfile, "_LOADER", yaml.SafeLoader)


@pytest.mark.usefixtures("loader")
def test_values_and_lines() -> None:
    file = read_yaml("x.yaml", VALUES)
    assert file.faults == []
    assert file.data == {
        "text": "abc",
        "number": 12,
        "share": 6.24,
        "day": date(2026, 11, 20),
        "yes_no": True,
        "nothing": None,
        "list": ["one", {"two": 2}],
    }
    assert file.line(("list", 1, "two")) == 9
    assert file.line(("list", 1, "two", "deeper")) == 9
    assert file.line(("elsewhere",)) == 1


@pytest.mark.usefixtures("loader")
@pytest.mark.parametrize("raw", [b"a: yes", b"a: 012", b"a: 1_000", b"a: .5", b"a: !!binary x"])
def test_what_can_be_read_in_two_ways_is_a_fault(raw: bytes) -> None:
    assert [fault.field for fault in read_yaml("x.yaml", raw).faults] == ["a"]
