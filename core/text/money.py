"""Sums of money in a text, in đồng.

What counts as money, and what does not:

- a number with "đồng", "đ", "nghìn", "k", "triệu", "tr", "tỷ", unless people or things are counted ("70 nghìn hộ");
- "1.500.000" and "50.000" with separators, and "500000": ten thousand or more, ending in 000 when there is one
  separator or none. Codes, telephone numbers (they begin with 0), dates, ages and house numbers have none of these;
- "5 chục", "hai trăm", "trăm hai" alone are thousands, but only when a word of money stands within four words before
  or three behind ("mất 5 chục", "hai trăm tiền phân"); "ba trăm rưởi" needs none, it is said of money alone;
- "củ" (a million) and "lít" (a hundred thousand) only behind a verb of money, and not of sweet potatoes or petrol;
- of "1tr50" the 50 is thousands (2.5 million is typed "2tr5"); "2 triệu 3" is 2,300,000, "hai triệu ba tháng" is not;
- "500 k" with a space is money at the end of a thought; before other words "k" is "không";
- "mấy trăm", "vài triệu" are no number. "hai ba triệu" and "1-2 triệu" are two sums.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from core.text.lists import words
from core.text.numerals import Number, digit, number, scale
from core.text.tokens import Tokens, tokens

_AT_MOST = 10**15  # đồng: beyond any budget that is spoken of
_LEAST_D = 500  # the smallest note; "30 đ" are points
_COUNTED = words(
    """
    người hộ lượt lao học con cây mét m km kg tấn tạ cân lít ha bao suất căn nhà cháu trẻ bà ông em chị anh đứa
    trứng quả cuốn bộ lần chữ từ cơ doanh thửa kwh cái chiếc tuổi xã thôn bản phường ngôi cô chú cụ trường lớp
    bước trang phút giờ ngày đêm
    """
)
# The same without marks, where no other word is typed so.
_COUNTED_BARE = words(
    """
    nguoi luot lao hoc cay met km kg tan suat chau tre dua trung cuon doanh tuoi truong
    """
)
_MONEY_BEFORE = words(
    """
    tien vay muon mat het tra luong ton nop gia no dong phi thu lai coc ung chi tieu mua ban thuong phat rut gui
    cho chuyen tang linh lanh nhan thue gop trich bot du kiem duoc
    """
)
_MONEY_AFTER = words("tien mot moi thang ngay dong")
_PAYS = words(
    """
    tien vay muon mat het tra luong ton nop gia no phi coc ung chuyen gop thue du phat xin
    """
)
_SLANG = {"cu": 10**6, "lit": 10**5}
_NOT_SLANG = words(
    """
    khoai san toi hanh gung mai nghe mi lac dau hoa nhan xang nuoc sua ruou mam mat sun gia ong ba trong o bi
    bia son
    """
)
_TO = ("-", "~", "đến", "tới")
_YEARS = ("moi", "mot", "hang", "ca", "trong", "tung")


@dataclass(frozen=True, slots=True, kw_only=True)
class Amount:
    """A sum of money, and where it stands."""

    dong: int
    start: int  # of the number in the text, in characters
    end: int  # behind the number and its unit


def amounts(text: str) -> tuple[Amount, ...]:
    """The sums of money in a text, in the order they stand there; a range is two. Of the first 10,000 characters.

    Linear in the length of the text; never raises.

    >>> [amount.dong for amount in amounts("vay 2tr5 hay hai triệu rưỡi, trả 1-2 triệu")]
    [2500000, 2500000, 1000000, 2000000]
    """
    return tuple(_amounts(tokens(text)))


_Sums = list[tuple[Fraction, int, int]]  # đồng, the first token, the one behind the last


def _amounts(read: Tokens) -> Iterator[Amount]:
    at = 0
    while at < len(read):
        found = _range(read, at) or _one(read, at)
        yield from (
            Amount(dong=int(dong), start=read[start].start, end=read[end - 1].end)
            for dong, start, end in found
            if dong <= _AT_MOST
        )
        at = found[-1][2] if found else at + 1


def _one(read: Tokens, at: int) -> _Sums:
    said = number(read, at)
    if said is None:
        return []
    slang = _slang(read, at, said)
    if slang:
        return slang
    end = _unit(read, said)
    if end is not None:
        return [(said.value, at, end)]
    if _thing(read, said.end):
        return []
    value = _without_unit(read, at, said)
    return [] if value is None else [(value, at, said.end)]


def _without_unit(read: Tokens, at: int, said: Number) -> Fraction | None:
    """A number without "đồng" in đồng, or None when it is no money."""
    if said.scale > 1:
        return None if read.said(at - 1) == "nam" and 1900 <= said.value < 2100 else said.value
    if said.round > 1:
        meant = (said.halved and said.round == 100) or _near_money(read, at, said.end)
        return said.value * 1000 if meant else None
    return said.value if _bare_sum(read, at, said) else None


def _range(read: Tokens, at: int) -> _Sums:
    """As "1-2 triệu", "từ 500 đến 700 nghìn", "hai ba triệu": two sums, or nothing."""
    low = number(read, at)
    if low is None or low.scale > 1:
        return []
    if read.at(low.end).typed in _TO or read.said(low.end) == "-" or read.means(low.end, *_TO):
        high_at = low.end + 1
    elif _two_digits(read, at):
        low, high_at = Number(Fraction(digit(read, at) or 0), at + 1), at + 1
    else:
        return []
    high = _one(read, high_at)
    if not high:
        return []
    (dong, _, end), said = high[0], number(read, high_at)
    times = said.scale if said else 1
    value = low.value if low.value >= 1000 or times == 1 else low.value * times
    if value > dong:
        value = low.value * 1000
    return [(value, at, low.end), (dong, high_at, end)] if value < dong else []


def _two_digits(read: Tokens, at: int) -> bool:
    """As "hai ba triệu", "năm bảy trăm ngàn"; but "mỗi năm sáu triệu" is one sum a year."""
    one, two = digit(read, at), digit(read, at + 1)
    if not one or not two or not (two == one + 1 or (one, two) == (5, 7)):
        return False
    if read.said(at) == "nam" and read.said(at - 1) in _YEARS:
        return False
    return scale(read, at + 2) is not None or read.said(at + 2) in ("tram", "chuc")


def _unit(read: Tokens, said: Number) -> int | None:
    """Behind "đồng", "đ", "vnđ", or None."""
    at = said.end
    if read.means(at, "đồng", "vnđ", "vnd") and read.said(at + 1) != "bao":
        return at + 1
    if read.means(at, "đ") and (said.value >= _LEAST_D or (said.value == 0 and read.joined(at))):
        return at + 1
    return None


def _thing(read: Tokens, at: int) -> bool:
    """Whether what is counted here is people or things."""
    token = read.at(at)
    if token.typed == token.said and not token.plain:
        return token.said in _COUNTED_BARE
    return token.typed in _COUNTED


def _bare_sum(read: Tokens, at: int, said: Number) -> bool:
    """Whether digits without any word are money."""
    digits = read.said(at)
    if said.value < 10_000 or digits[0] == "0" or read.said(at - 1) in ("/", "-", "so", "ma", "tai", "khoan"):
        return False
    if read.said(said.end) in ("/", "-", "%") and read.joined(said.end):
        return False
    groups = max(digits.count("."), digits.count(","))
    return groups > 1 or said.value % 1000 == 0


def _near_money(read: Tokens, at: int, end: int) -> bool:
    before = {read.said(index) for index in range(at - 4, at)}
    return (
        not before.isdisjoint(_MONEY_BEFORE)
        or read.said(end) in _MONEY_AFTER
        or "tien" in {read.said(index) for index in range(end, end + 3)}
    )


def _slang(read: Tokens, at: int, said: Number) -> _Sums:
    """As "vay 2 củ", "mất 3 lít rưỡi"."""
    times, end = _SLANG.get(read.said(said.end)), said.end + 1
    if times is None or said.scale > 1 or said.value >= 1000 or not read.means(said.end, "củ", "lít"):
        return []
    before = {read.said(index) for index in range(at - 3, at)}
    if before.isdisjoint(_PAYS) or read.said(end) in _NOT_SLANG:
        return []
    if read.means(end, "rưỡi", "rưởi"):
        return [((said.value + Fraction(1, 2)) * times, at, end + 1)]
    more = read.whole(end)
    if more is not None and more < 10 and read.joined(end):
        return [((said.value + Fraction(more, 10)) * times, at, end + 1)]
    return [(said.value * times, at, end)]
