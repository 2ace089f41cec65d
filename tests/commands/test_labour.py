"""`chungtay labour`: a list in and out; two changed records are the two rows that differ; bad rows told by line."""

from pathlib import Path

from content.labour_list import HEADS
from tests.commands.conftest import Command

HEAD = ",".join(f'"{one}"' for one in HEADS)


def saved(file: Path, *changed: int, more: str = "") -> str:
    rows = [f"DC-{one:03},thôn 3,hộ nghèo,2,{int(one in changed)},0,1,01/11/2026" for one in range(6)]
    file.write_text("\n".join([HEAD, *rows, more]), "utf-8")
    return str(file)


def test_round_trip(command: Command, tmp_path: Path) -> None:
    command("officer", "add", "Lan", "--role", "editor", "--locality", "dak-cam")
    command("officer", "add", "Hoa", "--role", "viewer", "--locality", "dak-cam")
    place = ("--locality", "dak-cam", "--as", "Lan")
    bad = command("labour", "import", saved(tmp_path / "bad.csv", more="079085001234,thôn 3,hộ nghèo,,,,,"), *place)
    assert (
        (bad.status, bad.out) == (1, "") and "line 8: mã hộ giống số căn cước" in bad.err and "nothing was" in bad.err
    )
    assert (
        command("labour", "import", saved(tmp_path / "a.csv"), *place).out
        == "6 new, 0 changed, 0 as before, 0 left out\n"
    )
    assert command("labour", "export", str(tmp_path / "first.csv"), *place).out.startswith("6 households written")
    changed = command("labour", "import", saved(tmp_path / "b.csv", 1, 4), *place).out
    assert changed == "0 new, 2 changed, 4 as before, 0 left out\n"
    command("labour", "export", str(tmp_path / "second.csv"), *place)
    before, after = ((tmp_path / f"{one}.csv").read_text("utf-8-sig").splitlines() for one in ("first", "second"))
    assert [line for line, (was, now) in enumerate(zip(before, after, strict=True)) if was != now] == [2, 5]
    refused = command("labour", "import", str(tmp_path / "a.csv"), "--locality", "dak-cam", "--as", "Hoa")
    assert "labour.write" in refused.fault
