"""`chungtay assess`: households in, what they may be out; a wrong line stops nobody else."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.commands.conftest import Command

CLEAR = {"id": "a", "area": "rural", "income_per_person": 1_500_000, "indicators": {"water": True, "toilet": True}}
POOR = {**CLEAR, "id": "b", "indicators": dict.fromkeys(("water", "toilet", "housing_area"), True)}


def assess(command: Command, tmp_path: Path, lines: list[Any], *options: str) -> list[dict[str, Any]]:
    """Run it over lines (text, bytes or objects); what it wrote."""
    raw = [one if isinstance(one, bytes) else one.encode() if isinstance(one, str) else dumped(one) for one in lines]
    (tmp_path / "in.jsonl").write_bytes(b"\n".join(raw))
    out = tmp_path / "out.jsonl"
    said = command("assess", "--in", str(tmp_path / "in.jsonl"), "--out", str(out), *options)
    assert said.status == 0, said
    return [json.loads(line) for line in out.read_text("utf-8").splitlines()]


def dumped(one: Any) -> bytes:
    return json.dumps(one, ensure_ascii=False).encode()


def test_both_standards_of_the_day_in_order(command: Command, tmp_path: Path) -> None:
    """In autumn 2026 two: what a household is recognised by, and what the review looks at besides."""
    one, other = assess(command, tmp_path, [CLEAR], "--on", "2026-11-20")
    assert (one["id"], one["standard"], one["possible"]) == ("a", "nd07-2021", ["near_poor", "poor"])
    assert (other["standard"], other["possible"]) == ("nd351-2025", ["near_poor", "poor"])
    assert one["deprived"] == ["water", "toilet"] and one["confidence"] == "certain"
    assert len(one["unknown"]) == 10 and one["settled_by"] == []
    assert list(one) == ["id", "standard", "possible", "confidence", "deprived", "unknown", "settled_by", "notes"]


def test_what_it_rests_on_is_said(command: Command, tmp_path: Path) -> None:
    """Why this standard, with the text of the law; what is not verified; that nobody is declared poor here."""
    one, other = assess(command, tmp_path, [POOR], "--on", "2026-11-20")
    assert (one["possible"], one["confidence"]) == (["poor"], "certain")
    assert (other["possible"], other["confidence"]) == (["poor"], "unverified")
    assert one["notes"][0].endswith("Theo Điều 2, Nghị định 351/2025/NĐ-CP.")
    assert any("Chưa kiểm chứng" in note and "Nguồn nước sinh hoạt" in note for note in other["notes"])
    assert not any("Chưa kiểm chứng" in note for note in one["notes"])
    for found in (one, other):
        assert any("Phiếu B" in note for note in found["notes"])
        assert "chưa phải quyết định" in found["notes"][-1]
    (english, _) = assess(command, tmp_path, [POOR], "--on", "2026-11-20", "--lang", "en")
    assert "This is no decision." in english["notes"][-1]


@pytest.mark.parametrize(
    ("on", "standards"),
    [
        ("2024-06-01", ["nd07-2021"]),
        ("2026-08-31", ["nd07-2021"]),
        ("2026-09-01", ["nd07-2021", "nd351-2025"]),
        ("2026-12-31", ["nd07-2021", "nd351-2025"]),
        ("2027-01-01", ["nd351-2025"]),
    ],
)
def test_the_day_decides(command: Command, tmp_path: Path, on: str, standards: list[str]) -> None:
    assert [found["standard"] for found in assess(command, tmp_path, [CLEAR], "--on", on)] == standards


def test_one_standard_by_name(command: Command, tmp_path: Path) -> None:
    (found,) = assess(command, tmp_path, [CLEAR], "--standard", "nd351-2025")
    assert found["standard"] == "nd351-2025"


def test_a_standard_whose_indicators_are_not_held(command: Command, tmp_path: Path) -> None:
    for options in (("--on", "2020-05-01"), ("--standard", "qd59-2015")):
        (found,) = assess(command, tmp_path, [CLEAR], *options)
        assert found == {"id": "a", "error": "the indicators of qd59-2015 are not held: it cannot be assessed by it"}


@pytest.mark.parametrize(
    ("line", "name", "error"),
    [
        ("{oops", None, "is not JSON: "),
        ("[1]", None, "is not a JSON object"),
        (b'{"id": "\xff"}', None, "is not UTF-8"),
        ("[" * 100_000, None, "is nested too deeply"),
        ('{"id": "x", "id": "y"}', None, 'names "id" twice'),
        ({"area": "rural"}, None, 'has no "id"'),
        ({"id": "x"}, "x", 'has no "area"'),
        ({"id": "", "area": "rural"}, "", '"id" is neither a text nor a whole number'),
        ({"id": True, "area": "rural"}, True, '"id" is neither a text nor a whole number'),
        ({"id": "x", "area": "town"}, "x", '"area" is "town": it must be one of rural, urban'),
        ({"id": "x", "area": ["rural"]}, "x", '"area" is ["rural"]'),
        ({"id": "x", "area": "rural", "income_per_person": -1}, "x", '"income_per_person" is -1'),
        ({"id": "x", "area": "rural", "income_per_person": 1.5}, "x", '"income_per_person" is 1.5'),
        ({"id": "x", "area": "rural", "income_per_person": "2tr"}, "x", '"income_per_person" is "2tr"'),
        ({"id": "x", "area": "rural", "income_per_person": True}, "x", '"income_per_person" is true'),
        ({"id": "x", "area": "rural", "income_per_persn": 1}, "x", 'unknown key "income_per_persn": did you mean'),
        ({"id": "x", "area": "rural", "indicators": []}, "x", '"indicators" is []: it must be an object'),
        ({"id": "x", "area": "rural", "indicators": {"wter": True}}, "x", 'no indicator "wter": did you mean "water"?'),
        ({"id": "x", "area": "rural", "indicators": {"water": 1}}, "x", '"water" is 1: it must be true, false or null'),
    ],
)
def test_a_wrong_line_is_named_and_the_run_goes_on(
    command: Command, tmp_path: Path, line: Any, name: object, error: str
) -> None:
    first, wrong, last = assess(command, tmp_path, [CLEAR, line, POOR], "--standard", "nd07-2021")
    assert (first["id"], last["id"]) == ("a", "b") and last["possible"] == ["poor"]
    assert wrong.keys() == {"id", "error"} and wrong["id"] == name
    assert wrong["error"].startswith("line 2: ") and error in wrong["error"]


def test_what_is_no_mistake(command: Command, tmp_path: Path) -> None:
    """An indicator of another standard, a key of one's own, a lone surrogate, an empty line, a carriage return."""
    lines = [
        {**CLEAR, "indicators": {"waste": True, "info_devices": None}, "note": "nhà cuối xóm"},
        "",
        b'{"id": "\\ud800", "area": "urban"}\r',
        {**CLEAR, "id": 7, "income_per_person": None, "indicators": None},
    ]
    found = assess(command, tmp_path, lines, "--standard", "nd07-2021")
    assert [one["id"] for one in found] == ["a", "\ud800", 7]
    assert found[0]["deprived"] == [] and len(found[1]["unknown"]) == 13
    assert found[2]["possible"] == ["above", "average_living", "near_poor", "poor"]


def test_a_file_as_windows_saves_it(command: Command, tmp_path: Path) -> None:
    """With a byte order mark it is read; in UTF-16 it is told once what to do."""
    first, last = assess(command, tmp_path, [b"\xef\xbb\xbf" + dumped(CLEAR).strip(), POOR], "--standard", "nd07-2021")
    assert (first["id"], last["id"]) == ("a", "b")
    wide = dumped(CLEAR).decode().encode("utf-16")
    assert assess(command, tmp_path, [wide, POOR]) == [{"id": None, "error": "the file is UTF-16: save it as UTF-8"}]
    long = b'{"id": 1, "area": "rural", "income_per_person": %s}' % (b"9" * 5000)
    assert "too many digits" in assess(command, tmp_path, [long])[0]["error"]


def test_nothing_is_written_when_it_cannot_be_done(command: Command, tmp_path: Path) -> None:
    source, out = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
    source.write_bytes(dumped(CLEAR))
    paths = ("--in", str(source), "--out", str(out))
    assert "there are: nd07-2021" in command("assess", *paths, "--standard", "nd99").fault
    assert "no poverty standard is used on 2031-01-01" in command("assess", *paths, "--on", "2031-01-01").fault
    assert "cannot be read" in command("assess", "--in", str(tmp_path / "absent"), "--out", str(out)).fault
    assert command("assess", *paths, "--on", "2026-01-01", "--standard", "nd07-2021").status == 2
    assert list(tmp_path.glob("*out*")) == []
    assert "is the file that is read" in command("assess", "--in", str(source), "--out", str(source)).fault
    assert source.read_bytes() == dumped(CLEAR)
    out.mkdir()
    assert "is no file" in command("assess", *paths).fault
