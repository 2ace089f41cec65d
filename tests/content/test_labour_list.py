"""The list of households: ugly files read, each bad row told with its line, the same layout out and in."""

from datetime import UTC, date, datetime

import pytest

from content.labour_list import HEADS, Found, csv_text, read_homes
from core.errors import ChungTayError
from core.labour import Home, HomeStatus, Workers

TODAY = date(2026, 11, 20)
HEAD = ";".join(HEADS)
GOOD = "DC-001;thôn 3;hộ nghèo;3;1;1;1;01/11/2026"


def read(*lines: str) -> Found:
    return read_homes("\n".join(lines).encode(), "ds.csv", TODAY)


def test_heads_below_a_title_in_any_spelling() -> None:
    found = read("DANH SÁCH LAO ĐỘNG;;;;;;;", "ma ho;THON;Doi tuong;adults;stable;unstable;seeking;ngay nam", GOOD, "")
    (one,) = found.homes
    assert (one.code, one.status, one.as_of) == ("DC-001", HomeStatus.POOR, date(2026, 11, 1))
    assert one.workers == Workers(adults=3, stable=1, unstable=1, seeking=1) and found.bad == ()


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("079085001234;thôn 3;hộ nghèo;;;;;", "giống số căn cước"),
        ("079 085 001 234;thôn 3;hộ nghèo;;;;;", "giống số căn cước"),
        ("mã số 1;thôn 3;hộ nghèo;;;;;", "mã hộ không đúng"),
        (";thôn 3;hộ nghèo;;;;;", "thiếu mã hộ"),
        ("DC-2;;hộ nghèo;;;;;", "thiếu thôn, tổ"),
        ("DC-2;=1+1;hộ nghèo;;;;;", "như một công thức"),
        ("DC-2;thôn 3;hộ giàu;;;;;", 'diện hộ "hộ giàu" không rõ'),
        ("DC-2;thôn 3;hộ nghèo;2;;0;1;", "thiếu Việc ổn định"),
        ("DC-2;thôn 3;hộ nghèo;hai;1;0;1;", 'Trong tuổi lao động: "hai" không phải số người'),
        ("DC-2;thôn 3;hộ nghèo;2;2;1;0;", "nhiều hơn số người trong tuổi lao động"),
        ("DC-2;thôn 3;hộ nghèo;31;1;0;0;", "một hộ không quá 30 người"),
        ("DC-2;thôn 3;hộ nghèo;2;1;0;0;01/12/2026", "ở sau hôm nay"),
        ("DC-2;thôn 3;hộ nghèo;2;1;0;0;hôm qua", "không phải một ngày"),
        ("DC-001;thôn 4;hộ nghèo;;;;;", "đã có ở dòng 2"),
        ("DC-2;thôn 3;hộ nghèo;;;;;;079085001234", "có một ô giống số căn cước"),
    ],
)
def test_a_bad_row_is_told_with_its_line(row: str, said: str) -> None:
    found = read(HEAD, GOOD, row)
    ((line, what),) = [(one.line, one.what) for one in found.bad]
    assert line == 3 and said in what and [one.code for one in found.homes] == ["DC-001"]


@pytest.mark.parametrize("column", ["Số CCCD", "Căn cước", "Số định danh cá nhân", "Họ và tên chủ hộ"])
def test_a_file_with_identity_numbers_or_names_is_not_taken(column: str) -> None:
    with pytest.raises(ChungTayError, match=f'có cột "{column}"'):
        read(f"{HEAD};{column}", f"{GOOD};x")


def test_what_is_no_list_says_which_columns_there_have_to_be() -> None:
    with pytest.raises(ChungTayError, match="Mã hộ"):
        read("a;b", "1;2")


def test_what_is_written_out_is_what_is_read() -> None:
    rows = [GOOD, "DC-002;thôn 4, tổ 2;hộ cận nghèo;;;;;"]
    homes = read(HEAD, *rows).homes
    kept = [
        Home(
            id=1,
            locality="dak-cam",
            version=0,
            updated_at=datetime(2026, 11, 20, tzinfo=UTC),
            code=one.code,
            hamlet=one.hamlet,
            status=one.status,
            workers=one.workers,
            as_of=one.as_of,
        )
        for one in homes
    ]
    assert read_homes(csv_text(kept).encode("utf-8-sig"), "ds.csv", TODAY).homes == homes
