"""Texts of the code tables before Unicode are told, in small letters and large; words of other languages are not."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from content.work.oldfonts import _TCVN3, _VNI, in_old_font
from content.work.sheets import UnreadableListError, read_sheets
from tests.work.lists import HEAD, ROW, faults, rows

SENTENCES = (
    "Nhà máy may tuyển công nhân",
    "Lương cao, thu nhập ổn định",
    "Phụ bếp làm ca đêm",
    "Điện tử Việt Nam",
    "Chỗ ở miễn phí, thưởng cuối năm",
    "Được học nghề tại xưởng",
    "bảo vệ",
    "kế toán",
)
OLD = """
Nhµ m¸y|NHAØ MAÙY|Nhaø maùy may|LÖÔNG CAO|Phô bÕp|Thu nhËp|§iÖn tö|Tuyeån thôï may|coâng ty TNHH may|C«ng nh©n may
"""
OLD += "|COÂNG TY|ÑÖÔÏC|viÖc|NHµ M¸Y|l\u00ad¬ng cao"
UNICODE = """
Höganäs|Citroën|Công ty Höganäs Việt Nam|Müller GmbH|Nestlé®|Crédit Agricole|Zürich|El Niño|Loïc Martin|Björk & Åse|
Saint-Gobain Isover à Paris|Société Générale|garçon, maître d’hôtel|Größe, für Köln|Malmö|Noël|naïve|Raphaël|CÔNG TY|
½ ngày|3×8 giờ|« gấp »|bụi 5 µm|§ 5|© 2026|Đăk Cấm|Y Bhăm Êban|Ê Đê, Xơ Đăng|A Lăng|HÒA BÌNH|Hoà Bình|TÔ, CÀ PHÊ, MÌ
"""
_TO_TCVN3 = {letter: sign for sign, letter in list(_TCVN3.items())[:67]} | {"đ": "®", "Đ": "§"}
_TO_VNI = {letter: signs for signs, letter in _VNI.items()}


def written(text: str, table: dict[str, str]) -> str:
    """A text as it looks where an old table is taken for Windows-1252."""
    return "".join(table.get(one, table.get(one.lower(), one)) for one in unicodedata.normalize("NFC", text))


@pytest.mark.parametrize("text", SENTENCES)
def test_both_tables_are_told_in_small_and_in_large_letters(text: str) -> None:
    assert in_old_font(written(text, _TO_TCVN3)) and in_old_font(written(text.lower(), _TO_TCVN3).replace("\u00ad", ""))
    assert in_old_font("".join(one.upper() if one.isascii() else one for one in written(text.lower(), _TO_TCVN3)))
    vni = written(text, _TO_VNI)
    assert in_old_font(vni) and in_old_font(vni.upper()) and in_old_font(vni.title())


@pytest.mark.parametrize("text", OLD.strip().split("|"))
def test_a_cell_in_an_old_table_is_refused_with_what_to_do(text: str) -> None:
    (fault,) = faults(rows((*ROW, text), head=(*HEAD, "Ghi chú")))
    assert fault == "2: Ghi chú: viết bằng bảng mã cũ (TCVN3 hay VNI); chuyển sang Unicode"


@pytest.mark.parametrize("text", UNICODE.replace("\n", "").split("|"))
def test_unicode_of_any_language_is_taken(text: str) -> None:
    for said in (text, text.upper(), text.lower(), unicodedata.normalize("NFD", text)):
        assert not in_old_font(said)


@given(st.lists(st.sampled_from(SENTENCES), min_size=1, max_size=4), st.sampled_from(["upper", "lower", "title"]))
def test_vietnamese_in_unicode_is_never_taken_for_an_old_table(said: list[str], size: str) -> None:
    assert not in_old_font(getattr(". ".join(said), size)())


@pytest.mark.parametrize("table", [_TO_TCVN3, _TO_VNI])
def test_a_file_of_text_in_an_old_table_is_told_as_that(table: dict[str, str]) -> None:
    lines = "\n".join(";".join(one) for one in (HEAD, ROW, ("Phụ bếp", *ROW[1:])))
    with pytest.raises(UnreadableListError, match="bảng mã cũ") as caught:
        read_sheets(written(lines, table).encode("cp1252"), "tin.csv")
    assert caught.value.fault == "font"
