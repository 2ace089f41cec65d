"""Numbers, money, dates and telephone numbers as people say them, in Vietnamese and English.

Written here and not with Babel: offices write 05/7/2027 and "3.500.000 đồng (ba triệu rưỡi)", which no locale data
knows, and the rest is two separators.
"""

from datetime import date
from decimal import Decimal

from content.record import Text
from content.schema import Unit

_MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]
_DIGITS = ["không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín"]
_THOUSAND, _MILLION, _BILLION = 1_000, 1_000_000, 1_000_000_000

# What stands after the number. Money is followed by "đồng" first.
_SUFFIX = {
    Unit.PERCENT: (" phần trăm", "%"),
    Unit.PERCENT_YEAR: ("% một năm", "% a year"),
    Unit.VND: (" đồng", " đồng"),
    Unit.VND_DAY: (" đồng một ngày", " đồng a day"),
    Unit.VND_MONTH: (" đồng một tháng", " đồng a month"),
    Unit.VND_YEAR: (" đồng một năm", " đồng a year"),
    Unit.VND_PERSON_MONTH: (" đồng một người, một tháng", " đồng per person per month"),
    Unit.DAYS: (" ngày", " days"),
    Unit.WORKING_DAYS: (" ngày làm việc", " working days"),
    Unit.MONTHS: (" tháng", " months"),
    Unit.YEARS: (" năm", " years"),
    Unit.AGE: (" tuổi", " years of age"),
    Unit.KWH: (" số điện (kWh)", " kWh"),
    Unit.KM: (" km", " km"),
    Unit.SQUARE_METRES: (" mét vuông", " square metres"),
    Unit.KG: (" kg", " kg"),
    Unit.PEOPLE: (" người", " people"),
    Unit.HOUSEHOLDS: (" hộ", " households"),
    Unit.HOUSES: (" căn nhà", " houses"),
    Unit.POINTS: (" điểm phần trăm", " percentage points"),
    Unit.NUMBER: ("", ""),
}
_MONEY = frozenset({Unit.VND, Unit.VND_DAY, Unit.VND_MONTH, Unit.VND_YEAR, Unit.VND_PERSON_MONTH})
# In English one of a thing takes no "s".
_SINGULAR = {
    " days": " day",
    " working days": " working day",
    " months": " month",
    " years": " year",
    " people": " person",
    " percentage points": " percentage point",
    " households": " household",
    " houses": " house",
}


def figure_text(value: Decimal | date | Text | str, unit: Unit, lang: str) -> str:
    """A value with its unit as it stands in a sentence. Raises TypeError when value and unit do not fit."""
    if isinstance(value, Text):
        return value.get(lang)
    if isinstance(value, date):
        return date_text(value, lang)
    if isinstance(value, str):
        return phone_text(value) if unit is Unit.PHONE else day_month_text(value, lang)
    if unit in _MONEY:
        return money_text(value, unit, lang)
    if unit not in _SUFFIX:
        raise TypeError(f"a number cannot be a {unit}")
    suffix = _SUFFIX[unit][lang == "en"]
    return number_text(value, lang) + (_SINGULAR.get(suffix, suffix) if value == 1 else suffix)


def capital(text: str) -> str:
    """A text that begins with a capital letter, the rest as it is.

    >>> capital("phường Đăk Cấm")
    'Phường Đăk Cấm'
    """
    return text[:1].upper() + text[1:]


def number_text(value: Decimal | int, lang: str) -> str:
    """A number with the separators of the language.

    >>> number_text(Decimal("6240.5"), "vi"), number_text(Decimal("6240.5"), "en")
    ('6.240,5', '6,240.5')
    """
    text = f"{Decimal(value).normalize():,f}"
    return text if lang == "en" else text.translate(str.maketrans(",.", ".,"))


def money_text(amount: Decimal | int, unit: Unit, lang: str) -> str:
    """An amount of đồng; in Vietnamese with its words from one million up (voice A8).

    >>> money_text(3_500_000, Unit.VND, "vi")
    '3.500.000 đồng (ba triệu rưỡi)'
    >>> money_text(150_000, Unit.VND_MONTH, "en")
    '150,000 đồng a month'
    """
    suffix = _SUFFIX[unit][lang == "en"]
    whole = int(amount)
    if lang == "en" or whole < _MILLION:
        return number_text(amount, lang) + suffix
    return f"{number_text(amount, lang)} đồng ({in_words(whole)}){suffix.removeprefix(' đồng')}"


def money_range_text(least: int, most: int, unit: Unit, lang: str) -> str:
    """From one amount of đồng to another: unit and time told once, and the words of both behind.

    >>> money_range_text(5_500_000, 8_000_000, Unit.VND_MONTH, "vi")
    '5.500.000 đến 8.000.000 đồng một tháng (năm triệu rưỡi đến tám triệu)'
    >>> money_range_text(300_000, 400_000, Unit.VND_DAY, "en")
    '300,000 to 400,000 đồng a day'
    """
    suffix = _SUFFIX[unit][lang == "en"]
    if lang == "en":
        return f"{number_text(least, lang)} to {number_text(most, lang)}{suffix}"
    spoken = f" ({in_words(least)} đến {in_words(most)})" if most >= _MILLION else ""
    return f"{number_text(least, lang)} đến {number_text(most, lang)}{suffix}{spoken}"


def date_text(day: date, lang: str) -> str:
    """A day as offices write it: a zero before days under 10 and before months 1 and 2 (voice A9).

    >>> date_text(date(2027, 7, 5), "vi"), date_text(date(2027, 1, 5), "vi"), date_text(date(2027, 7, 5), "en")
    ('05/7/2027', '05/01/2027', '5 July 2027')
    """
    if lang == "en":
        return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"
    return f"{_day_month(day.month, day.day)}/{day.year}"


def day_month_text(value: str, lang: str) -> str:
    """A day of every year, from "MM-DD".

    >>> day_month_text("09-01", "vi"), day_month_text("09-01", "en")
    ('01/9', '1 September')
    """
    month, day = (int(part) for part in value.split("-"))
    return f"{day} {_MONTHS[month - 1]}" if lang == "en" else _day_month(month, day)


def _day_month(month: int, day: int) -> str:
    return f"{day:02}/{month:02}" if month <= 2 else f"{day:02}/{month}"


def phone_text(digits: str) -> str:
    """A telephone number in groups that can be read aloud.

    >>> phone_text("0912000345"), phone_text("19009068"), phone_text("02603862123"), phone_text("113")
    ('0912 000 345', '1900 9068', '0260 3862 123', '113')
    """
    sizes = {8: (4, 4), 10: (4, 3, 3), 11: (4, 4, 3)}.get(len(digits), (len(digits),))
    groups, start = [], 0
    for size in sizes:
        groups.append(digits[start : start + size])
        start += size
    return " ".join(groups)


def in_words(number: int) -> str:
    """A whole number from 0 to below a thousand billion in Vietnamese words; half a unit is "rưỡi".

    >>> in_words(3_500_000), in_words(4_005_000), in_words(100_000_000)
    ('ba triệu rưỡi', 'bốn triệu không trăm linh năm nghìn', 'một trăm triệu')

    Raises ValueError outside that range.
    """
    if not 0 <= number < 1_000 * _BILLION:
        raise ValueError("words are made for numbers from 0 to below a thousand billion")
    if number == 0:
        return _DIGITS[0]
    words: list[str] = []
    for scale, name in ((_BILLION, "tỷ"), (_MILLION, "triệu"), (_THOUSAND, "nghìn"), (1, "")):
        count, number = divmod(number, scale)
        if not count:
            continue
        words.extend(_hundreds(count, full=bool(words)))
        words.extend([name] if name else [])
        # "mười triệu rưỡi", yet "một trăm triệu năm trăm nghìn": after a hundred it is ambiguous.
        if scale >= _MILLION and number * 2 == scale and count < 100:
            words.append("rưỡi")
            break
    return " ".join(words)


def _hundreds(number: int, *, full: bool) -> list[str]:
    """The words of 1 to 999; `full` says the hundreds even when there are none ("không trăm linh năm")."""
    hundreds, rest = divmod(number, 100)
    words = [_DIGITS[hundreds], "trăm"] if hundreds or full else []
    tens, ones = divmod(rest, 10)
    if tens == 0:
        return [*words, *(["linh"] if words and ones else []), *([_DIGITS[ones]] if ones else [])]
    words += ["mười"] if tens == 1 else [_DIGITS[tens], "mươi"]
    if ones:
        words.append(_after_tens(tens, ones))
    return words


def _after_tens(tens: int, ones: int) -> str:
    if ones == 5:
        return "lăm"
    if tens > 1 and ones == 1:
        return "mốt"
    return "tư" if tens > 1 and ones == 4 else _DIGITS[ones]
