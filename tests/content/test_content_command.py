"""`chungtay content`, as an officer runs it."""

# ruff: noqa: E501 - a case is one line of its table

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner

from bot.__main__ import cli


def run(*words: str) -> tuple[int, str]:
    result = CliRunner().invoke(cli, ["content", *words])
    assert result.exception is None or isinstance(result.exception, SystemExit)
    return result.exit_code, result.output


def test_check_lists_every_fault_and_fails(edit: Callable[[str, str, str], int], packs: Path) -> None:
    first = edit("vn/policies/grain.yaml", "next: [bridge]", "next: [brigde]")
    second = edit("lang-mau/locality.yaml", "lead: [phong-lua]", "lead: [phong-x]")
    code, output = run("check", "--packs", str(packs), "--on", "2026-11-20")
    assert code == 1
    lines = output.splitlines()
    assert lines[0].startswith(f"lang-mau/locality.yaml:{second}: who[0].lead[0]: no office")
    assert lines[1].startswith(f"vn/policies/grain.yaml:{first}: next[0]: no other topic")
    assert " -- " in lines[0]


def test_check_of_sound_packs_passes_and_tells_what_to_fill_in(packs: Path) -> None:
    code, output = run("check", "--packs", str(packs), "--on", "2026-11-20")
    assert code == 0
    assert "Phường, xã cần điền thêm" in output
    assert "0 faults" in output


def test_check_on_a_later_day_finds_what_has_ended(packs: Path) -> None:
    code, output = run("check", "--packs", str(packs), "--on", "2027-01-01")
    assert code == 1
    assert 'the value of "pay" ended on 2026-12-31' in output


def test_show_prints_the_answer_and_how_sure_each_figure_is(packs: Path) -> None:
    code, output = run("show", "grain", "--locality", "lang-mau", "--packs", str(packs), "--on", "2026-11-20")
    assert code == 0
    assert "Được gì: tiền giống 1.500.000 đồng (một triệu rưỡi) một tháng." in output
    lines = [line.strip() for line in output.splitlines()]
    pay = lines.index("pay: Tiền giống")
    assert lines[pay + 1 : pay + 5] == [
        "900.000 đồng một tháng · từ 01/01/2025 đến hết 31/12/2025 · không dùng ngày này",
        "Nghị định 900/2025/NĐ-CP · nguồn: S1 (A) · một nguồn",
        "1.500.000 đồng (một triệu rưỡi) một tháng · từ 01/01/2026 đến hết 31/12/2026 · đã kiểm chứng",
        "Nghị định 901/2026/NĐ-CP, Điều 3 · nguồn: S1 (A) · một nguồn",
    ]
    assert "7 ngày làm việc · từ 01/01/2026 · chưa đối chiếu văn bản gốc" in lines
    assert "200.000 đồng · từ 01/01/2026 · chưa kiểm chứng, không nói số" in lines
    assert "Nghị định 901/2026/NĐ-CP · nguồn: không có · tính từ pay, days" in lines
    assert max(map(len, lines)) <= 120


def test_show_as_of_another_day(packs: Path) -> None:
    _, output = run("show", "grain", "--locality", "lang-mau", "--packs", str(packs), "--on", "2025-06-01")
    assert "900.000 đồng một tháng" in output


def test_show_in_english(packs: Path) -> None:
    _, output = run(
        "show", "grain", "--locality", "lang-mau", "--packs", str(packs), "--on", "2026-11-20", "--lang", "en"
    )
    assert "Yes, if the household has a field." in output
    assert "[The bridge]" in output


def test_show_of_a_topic_without_a_card_names_the_office(packs: Path) -> None:
    code, output = run("show", "bridge", "--locality", "lang-mau", "--packs", str(packs), "--on", "2026-11-20")
    assert code == 0
    assert "Hỏi Ủy ban nhân dân xã Làng Mẫu." in output
    assert "Chưa có câu trả lời cho ngày này. Ngày này có: grain" in output


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["show", "grian", "--locality", "lang-mau"], 'no topic "grian" -- there are: bridge, desk, grain'),
        (["show", "grain", "--locality", "lang"], 'no locality "lang" -- there are: lang-mau, thi-mau'),
        (["show", "grain", "--locality", "lang-mau", "--on", "20/11/2026"], '"20/11/2026" is no day: write it as 2026-11-20'),
        (["check", "--on", "tomorrow"], '"tomorrow" is no day'),
    ],
)  # fmt: skip
def test_a_wrong_word_gives_one_clear_line(packs: Path, words: list[str], told: str) -> None:
    code, output = run(*words, "--packs", str(packs))
    assert code != 0
    assert len(output.splitlines()) == 1
    assert told in output


def test_a_folder_that_is_missing_gives_one_clear_line(tmp_path: Path) -> None:
    code, output = run("check", "--packs", str(tmp_path / "nowhere"))
    assert code == 1
    assert "no such folder" in output
