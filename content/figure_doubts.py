"""What looks wrong about figures that officers enter: numbers that do not fit each other, or what was published before.

It forbids nothing: an office knows its figures, and has them in a document. Whoever enters or checks them is asked to
look again.
"""

from collections.abc import Iterable, Mapping
from decimal import Decimal

from content.formatting import figure_text, number_text
from content.planfacts import Measure
from content.schema import Unit
from content.targets import RATE_UNITS, rate_year
from content.wording import Wording
from core.progress import Reported

GROSS = 5  # times more or less than what was published: no year of a place brings that
LEAST = {Unit.PERCENT: Decimal("0.1")}  # below it a rate is a household or two; of what is counted it is LEAST_COUNT
LEAST_COUNT = Decimal(5)
Range = tuple[Decimal, Decimal | None]


def household_range(households: Decimal, rate: Decimal) -> Range | None:
    """How many households a place has where so many of them are this share, rounded or cut off at its last digit.

    >>> [round(one) for one in household_range(Decimal(11), Decimal("14"))]
    [73, 85]

    None where one of them is 0: that fits any number. The upper end is None where the share may have been next to 0.
    """
    if not households or not rate:
        return None
    exponent = rate.as_tuple().exponent
    step = Decimal(1).scaleb(exponent if isinstance(exponent, int) else 0)
    most = households * 100 / (rate - step) if rate > step else None
    return households * 100 / (rate + step), most


def rate_doubts(numbers: Mapping[str, Decimal], words: Wording, *, place: str) -> list[str]:
    """Where the two pairs of a year, poor and near-poor, cannot be of one place."""
    poor, rate = numbers[Measure.POOR_HOUSEHOLDS], numbers[Measure.POOR_RATE]
    near, near_rate = numbers[Measure.NEAR_POOR_HOUSEHOLDS], numbers[Measure.NEAR_POOR_RATE]
    first, second = household_range(poor, rate), household_range(near, near_rate)
    if first is None or second is None or _meet(first, second):
        return []
    return [
        words.text(
            "console.figure.doubt.households",
            place=place,
            poor=figure_text(poor, Unit.HOUSEHOLDS, words.lang),
            rate=figure_text(rate, Unit.PERCENT, words.lang),
            total=number_text(round(poor * 100 / rate), words.lang),
            near_poor=figure_text(near, Unit.HOUSEHOLDS, words.lang),
            near_rate=figure_text(near_rate, Unit.PERCENT, words.lang),
            near_total=number_text(round(near * 100 / near_rate), words.lang),
        )
    ]


def _meet(one: Range, other: Range) -> bool:
    (low, high), (least, most) = one, other
    return (most is None or low <= most) and (high is None or least <= high)


def jump_doubt(name: str, now: Decimal, before: Decimal, unit: Unit, words: Wording) -> str:
    """What is grossly more or less than the figure that was published before, in a sentence; empty where it is not."""
    least = LEAST.get(unit, LEAST_COUNT)
    low, high = sorted((max(now, least), max(before, least)))
    if high <= GROSS * low:
        return ""
    return words.text(
        "console.figure.doubt.jump",
        name=name,
        now=figure_text(now, unit, words.lang),
        before=figure_text(before, unit, words.lang),
        times=GROSS,
    )


def year_doubts(year: int, numbers: Mapping[str, Decimal], published: Iterable[Reported], words: Wording) -> list[str]:
    """Which of a year's rates are grossly other than those of the published year that is nearest to it."""
    known = {told: one for one in published if (told := rate_year(one)) is not None}
    if not known:
        return []
    before = known[min(known, key=lambda one: abs(one - year))].numbers
    found = (
        jump_doubt(words.text(f"console.rates.{name}"), numbers[name], before[name], unit, words)
        for name, unit in RATE_UNITS.items()
    )
    return [one for one in found if one]
