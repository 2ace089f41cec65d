"""`chungtay classify`: a table in, a table out, or one clear line and nothing written."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from bot.__main__ import cli
from bot.knowledge import Knowledge
from content.understanding.corpus import ACTIONS
from content.understanding.table import read_rows
from core.errors import ChungTayError, ContentError, StorageError

HEADER = "id\ttext\ttopics\tregister\tnote\n"


def run(folder: Path, content: bytes, out: str = "out.tsv") -> Path:
    (folder / "in.tsv").write_bytes(content)
    target = folder / out
    result = CliRunner().invoke(
        cli, ["classify", "--in", str(folder / "in.tsv"), "--out", str(target)], catch_exceptions=False
    )
    assert result.exit_code == 0
    return target


def test_a_table_is_read_and_written(tmp_path: Path, knowledge: Knowledge) -> None:
    text = (
        f"{HEADER}A1\tmất thẻ bảo hiểm y tế xin lại ở đâu\t\t\t\nA2\tgiá vàng hôm nay bao nhiêu\t\t\t\n"
        "A3\tthế thủ tục thì sao\tnone\tshort\tafter:housing\n"
    )
    lines = run(tmp_path, text.encode()).read_text(encoding="utf-8").splitlines()
    assert lines[0] == "id\tranked\tscore"
    cells = [line.split("\t") for line in lines[1:]]
    assert [row[0] for row in cells] == ["A1", "A2", "A3"]
    first = [row[1].split(",")[0] for row in cells]
    assert first == ["health-insurance", "none", "housing"]
    known = {"none", *knowledge.content.topics, *(f"action:{action}" for action in ACTIONS)}
    assert all(set(row[1].split(",")) <= known and 1 <= row[1].count(",") + 1 <= 4 for row in cells)
    assert float(cells[0][2]) > 0 > float(cells[1][2])


def test_what_the_table_says_of_the_answer_is_not_read(tmp_path: Path) -> None:
    asked = "D1\tnhà dột xin sửa\t{}\t{}\t\n"
    one = run(tmp_path, (HEADER + asked.format("", "")).encode(), "a.tsv").read_text()
    other = run(tmp_path, (HEADER + asked.format("tuition", "short")).encode(), "b.tsv").read_text()
    assert one == other


def test_windows_line_ends_a_byte_order_mark_and_short_rows_are_read() -> None:
    rows = read_rows("q", "\ufeffid\ttext\tnote\r\n1\tmột\tafter:tuition; nfd\r\n\r\n2\thai\r\n".encode())
    assert [(row.id, row.text, row.after) for row in rows] == [("1", "một", "tuition"), ("2", "hai", None)]


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"id\tquestion\n1\tx\n", r'in\.tsv:1: the header has no column "text"'),
        (b"", r'in\.tsv:1: the header has no column "id"'),
        (HEADER.encode() + b"1\tx\n2\n", r'in\.tsv:3: column "text" is missing'),
        (HEADER.encode() + b"1\tx\t\t\t\tmore\n", r"in\.tsv:2: 6 columns, the header has 5"),
        (HEADER.encode() + b"1\tx\n1\ty\n", r'in\.tsv:3: id "1" stands here twice'),
        (HEADER.encode() + b" \tx\n", r"in\.tsv:2: the id is empty"),
        (HEADER.encode() + b"1\tx\n2\t\xff\xfe\n", r"in\.tsv:3: is not UTF-8"),
    ],
)
def test_a_bad_row_is_one_clear_line_and_nothing_is_written(tmp_path: Path, content: bytes, told: str) -> None:
    (tmp_path / "out.tsv").write_text("kept", encoding="utf-8")
    with pytest.raises(ContentError, match=told):
        run(tmp_path, content)
    assert (tmp_path / "out.tsv").read_text(encoding="utf-8") == "kept"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["in.tsv", "out.tsv"]


def test_a_missing_file_and_a_missing_folder(tmp_path: Path) -> None:
    with pytest.raises(StorageError, match="cannot be written"):
        run(tmp_path, f"{HEADER}1\tx\n".encode(), "nowhere/out.tsv")
    with pytest.raises(ChungTayError, match=r"absent\.tsv: cannot be read"):
        CliRunner().invoke(
            cli,
            ["classify", "--in", str(tmp_path / "absent.tsv"), "--out", str(tmp_path / "o")],
            catch_exceptions=False,
        )


def test_the_questions_are_not_overwritten(tmp_path: Path) -> None:
    (tmp_path / "in.tsv").write_text(HEADER)
    result = CliRunner().invoke(cli, ["classify", "--in", str(tmp_path / "in.tsv"), "--out", str(tmp_path / "in.tsv")])
    assert result.exit_code == 1 and "is the file that is read" in str(result.exception)
    assert (tmp_path / "in.tsv").read_text() == HEADER
