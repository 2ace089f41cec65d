"""Moments, spans and periods as a report writes them."""

from datetime import datetime

from content.formatting import date_text
from content.wording import Wording
from core.caps import LOCAL
from core.periods import Period, PeriodKind

ROMAN = ("I", "II", "III", "IV")
HOUR, DAY = 60, 24 * 60  # minutes


def period_text(words: Wording, period: Period) -> str:
    """A period as it is called.

    >>> from content.wording import wording
    >>> from core.periods import read_period
    >>> [period_text(wording("vi"), read_period(one)) for one in ("2026-11", "2026-Q4", "2026")]
    ['tháng 11 năm 2026', 'quý IV năm 2026', 'năm 2026']
    """
    number: object = ROMAN[period.number - 1] if period.kind is PeriodKind.QUARTER else period.number
    return words.text(f"monitoring.period.{period.kind}", number=number, year=period.year)


def moment_text(words: Wording, at: datetime) -> str:
    """A moment by the clocks of Viet Nam."""
    local = at.astimezone(LOCAL)
    date = date_text(local.date(), words.lang)
    return words.text("report.moment", hour=local.hour, minute=f"{local.minute:02}", date=date)


def span_text(words: Wording, minutes: int) -> str:
    """How long something took, in at most two units.

    >>> from content.wording import wording
    >>> [span_text(wording("vi"), one) for one in (0, 59, 60, 135, 2890)]
    ['0 phút', '59 phút', '1 giờ', '2 giờ 15 phút', '2 ngày']
    """
    parts = [("days", minutes // DAY), ("hours", minutes % DAY // HOUR), ("minutes", minutes % HOUR)]
    shown = parts[:2] if minutes >= DAY else parts[1:]
    told = [words.text(f"monitoring.span.{name}", number=number) for name, number in shown if number]
    return " ".join(told) or words.text("monitoring.span.minutes", number=0)
