"""A ward's list: ugly spreadsheets read, and each wrong row told with its line."""

from contextlib import suppress
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from content.contact_list import BadRow, Known, Listed, phone_of, read_list, text_of, unread
from content.schema import HouseholdStatus
from core.contacts import URN
from core.errors import ChungTayError
from core.text import fold

HEAD = "channel,address,name,phone,locality,hamlet,household_status,language"
KNOWN = Known(
    accounts=["telegram.main"],
    localities={fold(one): "dak-cam" for one in ("dak-cam", "Đăk Cấm", "phường Đăk Cấm")},
    hamlets={"dak-cam": {fold("Kon Rờ Bàng"): "Kon Rờ Bàng"}},
    topics={
        "tuition": ["tuition"],
        "health insurance": ["health-insurance"],
        fold("Tiền học phí"): ["tuition"],
        fold("vay vốn, làm ăn"): ["production-loan", "startup"],
    },
)


def read(*lines: str, head: str = HEAD) -> tuple[list[Listed], list[BadRow]]:
    return read_list("\n".join((head, *lines)), KNOWN, "list.csv")


def test_zalo_takes_a_number_of_its_own_or_a_telephones() -> None:
    known = replace(KNOWN, accounts=["zalo.main"])
    typed = ("246845883529197922", "0912 345 678", "9.12345678E+08", "0203123456", "Lan")
    lines = [f"zalo.main,{one},A,,dak-cam,,," for one in typed]
    people, bad = read_list("\n".join((HEAD, *lines)), known, "list.csv")
    assert [one.urn.path for one in people] == ["246845883529197922", "tel:84912345678"]
    what = "address: is neither the number of a Zalo user nor a mobile telephone of Viet Nam"
    assert bad == [
        BadRow(line=4, what="address: stands in line 3 too"),
        BadRow(line=5, what=what),
        BadRow(line=6, what=what),
    ]


def test_a_row() -> None:
    (one,), bad = read("telegram.main,123456,Nguyễn Văn A,0912345678,phường Đăk Cấm,kon ro bang,near_poor,vi")
    assert bad == []
    assert (one.urn, one.name, one.phone) == (URN(account="telegram.main", path="123456"), "Nguyễn Văn A", "0912345678")
    assert (one.locality, one.hamlet, one.status) == ("dak-cam", "Kon Rờ Bàng", HouseholdStatus.NEAR_POOR)
    assert (one.language, one.household, one.topics, one.line) == ("vi", None, (), 2)


def test_as_a_vietnamese_spreadsheet_saves_it() -> None:
    """Semicolons, columns in another order and other words, an empty row, a column of their own, a comma in quotes."""
    head = "STT;Họ và tên;Điện thoại;Kênh;Địa chỉ;Xã;Thôn;Diện hộ;Ngôn ngữ;Mã hộ;Chủ đề"
    (one,), bad = read(
        ";;;;;;;;;;",
        '1;"Rơ Châm, Hlơi";912345678;telegram.main;99;Đăk Cấm;thôn mới;hộ nghèo;;H-12;tuition health-insurance',
        head=head,
    )
    assert bad == [] and one.line == 3
    assert (one.name, one.phone, one.hamlet, one.household) == ("Rơ Châm, Hlơi", "0912345678", "thôn mới", "H-12")
    assert (one.status, one.language, one.topics) == (HouseholdStatus.POOR, "vi", ("tuition", "health-insurance"))


@pytest.mark.parametrize(
    ("row", "why"),
    [
        ("zalo.main,1,A,,dak-cam,,,", "channel: is none of ours: telegram.main"),
        ("telegram.main,,A,,dak-cam,,,", "address: is empty"),
        ("telegram.main,@lan,A,,dak-cam,,,", 'address: begins with "@", like a formula'),
        ("telegram.main,012,A,,dak-cam,,,", "address: is no number of a Telegram user"),
        ("telegram.main,5.00000001E+09,A,,dak-cam,,,", "address: the spreadsheet has rounded it"),
        ("telegram.main,1,=cmd|x,,dak-cam,,,", 'name: begins with "=", like a formula'),
        ("telegram.main,1,A,12345,dak-cam,,,", "phone: is no number of Viet Nam"),
        ("telegram.main,1,A,9.12E+08,dak-cam,,,", "phone: the spreadsheet has cut it off"),
        ("telegram.main,1,A,,Hà Nội,,,", "locality: is none of ours: dak-cam"),
        (
            "telegram.main,1,A,,dak-cam,,rich,",
            "household_status: is none of poor, near_poor, newly_escaped, average (hộ nghèo, hộ cận",
        ),
        ("telegram.main,1,A,,dak-cam,,,fr", "language: is none of vi, en"),
        (f"telegram.main,1,{'A' * 81},,dak-cam,,,", "name: is longer than 80 characters"),
        ("telegram.main,1,A,,dak-cam,,,vi,extra", "has 9 cells, the head has 8"),
    ],
)
def test_a_wrong_row_is_told_and_the_others_are_read(row: str, why: str) -> None:
    good, bad = read("telegram.main,7,A,,dak-cam,,,", row, "telegram.main,8,B,,dak-cam,,,")
    assert [one.urn.path for one in good] == ["7", "8"]
    assert [one.line for one in bad] == [3] and bad[0].what.startswith(why)


def test_all_that_is_wrong_with_a_row_is_told_by_the_heads_of_the_file() -> None:
    head = "Kênh;Mã Telegram;Họ tên;SĐT;Phường;Thôn/Tổ dân phố;Đối tượng;Ngôn ngữ;Chủ đề quan tâm"
    good, bad = read("telegram.main;5,0E+09;A;12;Đăk Cấm;;hộ khó khăn;;trồng nấm", head=head)
    assert good == []
    told = bad[0].what.split("; ")
    assert [one.partition(":")[0] for one in told] == ["Mã Telegram", "SĐT", "Đối tượng", "Chủ đề quan tâm"]
    assert told[-1] == 'Chủ đề quan tâm: no topic "trồng nấm": see chungtay learn labels'


@pytest.mark.parametrize(
    ("typed", "topics"),
    [
        ("tuition health-insurance", ("tuition", "health-insurance")),
        ("tiền học phí, health-insurance", ("tuition", "health-insurance")),
        ("Vay vốn, làm ăn; TIEN HOC PHI", ("production-loan", "startup", "tuition")),
        ("tuition | Tiền học phí", ("tuition",)),
        ("", ()),
    ],
)
def test_topics_by_the_names_that_people_read(typed: str, topics: tuple[str, ...]) -> None:
    (one,), bad = read(f'telegram.main,1,A,,dak-cam,,,,"{typed}"', head=f"{HEAD},topics")
    assert bad == [] and one.topics == topics


def test_one_strange_topic_among_known_ones_is_named() -> None:
    _, (bad,) = read("telegram.main,1,A,,dak-cam,,,,tuition xyz", head=f"{HEAD},topics")
    assert bad.what.startswith('topics: no topic "xyz"')


def test_columns_that_nothing_is_read_from_are_told() -> None:
    assert unread(f"STT,{HEAD},Ghi  chú,,Công nhận từ ngày\n1") == ["STT", "Ghi chú"]
    assert unread("") == []


def test_an_address_that_stands_there_twice() -> None:
    good, bad = read("telegram.main,7,A,,dak-cam,,,", "telegram.main,7,B,,dak-cam,,,")
    assert len(good) == 1 and bad == [BadRow(line=3, what="address: stands in line 2 too")]


def test_lines_are_counted_as_an_editor_shows_them() -> None:
    _, bad = read('telegram.main,7,"A\nB",,dak-cam,,,', "telegram.main,x,A,,dak-cam,,,")
    assert [one.line for one in bad] == [4]


@pytest.mark.parametrize(
    ("typed", "phone"),
    [
        ("0912345678", "0912345678"),
        ("912345678", "0912345678"),
        ("912345678.0", "0912345678"),
        ("+84 912 345 678", "0912345678"),
        ("84912345678", "0912345678"),
        ("0084912345678", "0912345678"),
        ("091.234.5678", "0912345678"),
        ("9.12345678E+08", "0912345678"),
        ("9,12345678E8", "0912345678"),
        ("02603 888 999", "02603888999"),
        ("2603888999", "02603888999"),
        ("", ""),
    ],
)
def test_a_telephone_number_in_any_spelling(typed: str, phone: str) -> None:
    assert phone_of(typed) == phone


def test_a_missing_column() -> None:
    with pytest.raises(ChungTayError, match=r"list\.csv, line 1: has no column phone, language"):
        read(head="channel,address,name,locality,hamlet,household_status")
    with pytest.raises(ChungTayError, match='has the column "name" twice'):
        read(head=f"{HEAD},họ tên")
    with pytest.raises(ChungTayError, match="has no column channel"):
        read_list("", KNOWN, "list.csv")


def test_bytes_as_spreadsheets_save_them() -> None:
    assert text_of("\ufeffTên".encode(), "x") == text_of("Tên".encode("utf-16"), "x") == "Tên"
    with pytest.raises(ChungTayError, match=r'x: is not UTF-8, byte 1 -- save it as "CSV UTF-8"'):
        text_of(b"\xd4\xea\xed", "x")


@given(st.text(max_size=300))
def test_nothing_typed_breaks_it(text: str) -> None:
    with suppress(ChungTayError):  # quotes that never close
        read(*text.split("\n"))


@given(st.from_regex(r"0[35789][0-9]{8}", fullmatch=True), st.sampled_from(["{}", "+84{}", "84{}", "0084{}"]))
def test_a_number_comes_back_whatever_was_lost(phone: str, form: str) -> None:
    assert phone_of(form.format(phone[1:])) == phone == phone_of(phone)
