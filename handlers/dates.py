"""Days as people say them (voice.md A9)."""

from datetime import date, time

from content import formatting
from content.wording import wording


def spoken_date(day: date, lang: str) -> str:
    """A day with its weekday, as told when something is to be done: "thứ Hai, 21/12/2026"."""
    weekday = wording(lang).text(f"weekday.{day.isoweekday()}")
    return f"{weekday}, {formatting.date_text(day, lang)}"


def spoken_time(moment: time, lang: str) -> str:
    """A time of day: "9 giờ 05", in English "9.05"."""
    return f"{moment.hour}.{moment.minute:02d}" if lang == "en" else f"{moment.hour} giờ {moment.minute:02d}"
