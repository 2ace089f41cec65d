"""What can be a Vietnamese syllable, and which ones are common: counted in the utterances and cards of our packs.

`syllables.tsv` holds the counts (bench/text/syllables.py writes it): a syllable without marks, how often it stands
there, and the VNI digits of its ways with marks ("nghèo" is "ngheo" with 2, "được" is "duoc" with 579).
"""

import math
import re
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from core.text.shorthand import SHORT_WORDS

_COUNTED = Path(__file__).with_name("syllables.tsv")
_LONGEST = 7  # letters of a syllable ("nghieng")
# Runs of letters that are split: shorter ones are too often a name or a loan, longer ones no message.
RUN_AT_LEAST, RUN_AT_MOST = 5, 60
# What a run may cost by letter, as the logarithm of how rare its syllables are: short ones and long ones. Of ours
# "hongheo" costs 1.0, "thebaohiemyte" 2.1; of English words that syllables cover, "cannot" 2.0, "camera" 2.7.
_SHORT, _DEAR_IN_SHORT, _DEAR_IN_LONG = 9, 1.95, 2.45

_ONSET = r"(?:ngh|ng|nh|ch|gh|gi|kh|ph|qu|th|tr|[bcdghklmnpqrstvx])?"
_RIME = (
    "(?:a(?:ch|ng|nh|[cimnoptuy])?|e(?:ch|ng|nh|[cmnoptu])?|i(?:ch|nh|e(?:ng|[cmnptu])|[amnptu])?"
    "|o(?:a(?:ch|ng|nh|[cimnopty])?|e(?:[nmoct])?|ng|[cimnpt])?"
    "|u(?:a(?:ng|[nty])?|e(?:ch|nh|[n])?|o(?:ng|[cimnptu])?|y(?:e(?:[nt])|nh|ch|[anptu])?|ng|[cimnptu])?"
    "|y(?:e(?:[mntu])|ch|nh|[nptu])?)"
)
_SYLLABLE = re.compile(_ONSET + _RIME + r"\Z")


class Common(NamedTuple):
    """The common syllables."""

    cost: dict[str, float]  # of each, the logarithm of how rare it is
    known: frozenset[str]  # those that `fold` leaves alone
    vni: frozenset[str]  # with the digits of their marks in rising order: "ngheo2", "duoc579"


@lru_cache(maxsize=1)
def common() -> Common:
    """Read when the first text is folded: about a millisecond, once a process."""
    rows = [line.split("\t") for line in _COUNTED.read_text("ascii").splitlines()]
    total = sum(int(row[1]) for row in rows)
    cost = {row[0]: math.log(total / int(row[1])) for row in rows}
    vni = frozenset(row[0] + digits for row in rows for digits in row[2].split())
    return Common(cost, frozenset(cost.keys() - SHORT_WORDS.keys()), vni)


def is_syllable(word: str) -> bool:
    """Whether a folded word can be a Vietnamese syllable."""
    return _SYLLABLE.match(word) is not None


def split(run: str) -> list[str]:
    """The syllables of words written together, or nothing when common syllables do not cover the whole run.

    Of several ways the most common syllables win. At most `RUN_AT_MOST` times 7 steps.

    >>> split("toimuonvaytien"), split("camera")
    (['toi', 'muon', 'vay', 'tien'], [])
    """
    if not RUN_AT_LEAST <= len(run) <= RUN_AT_MOST:
        return []
    cost, known = common().cost, common().known
    # For each end: what the cheapest way there costs, and where its last syllable begins.
    best: list[tuple[float, int]] = [(0.0, 0)]
    for end in range(1, len(run) + 1):
        ways = (
            (best[start][0] + cost[run[start:end]], start)
            for start in range(max(0, end - _LONGEST), end)
            if run[start:end] in known
        )
        best.append(min(ways, default=(math.inf, 0)))
    if best[-1][0] > (_DEAR_IN_SHORT if len(run) <= _SHORT else _DEAR_IN_LONG) * len(run):
        return []
    words, end = [], len(run)
    while end:
        start = best[end][1]
        words.append(run[start:end])
        end = start
    return words[::-1]
