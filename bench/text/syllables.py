"""Count the syllables of our utterances and cards: writes core/text/syllables.tsv.

python bench/text/syllables.py
"""

import re
import sys
import unicodedata
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from content.loader import PACKS_DIR
from core.text import is_syllable

COUNTED = Path(__file__).parents[2] / "core" / "text" / "syllables.tsv"
KEY = re.compile(r"\b(?:id|en|url|document|topic|label)\s*:.*|\bwho:.*|[\w-]+:(?=\s|$)|\{[^{}]*\}(?=\w)")
MARKED = re.compile("[\u0300\u0301\u0302\u0303\u0306\u0309\u031b\u0323đ]")
WORD = re.compile(r"[^\W\d_]+")
DIGITS = dict(zip("\u0301\u0300\u0309\u0303\u0323\u0302\u031b\u0306đ", "123456789", strict=True))


def typed() -> Iterator[str]:
    """The syllables of all lines that are written with marks, in lower case, NFC."""
    for path in sorted(PACKS_DIR.glob("*/**/*.yaml")):
        for line in path.read_text("utf-8").splitlines():
            said = KEY.sub(" ", line)
            if MARKED.search(unicodedata.normalize("NFD", said.lower())):
                yield from WORD.findall(unicodedata.normalize("NFC", said.lower()))


def apart(word: str) -> tuple[str, str]:
    """The letters of a syllable, and the VNI digits of its marks in rising order."""
    signs = unicodedata.normalize("NFD", word)
    letters = "".join("d" if sign == "đ" else sign for sign in signs if not unicodedata.combining(sign))
    return letters, "".join(sorted({DIGITS[sign] for sign in signs if sign in DIGITS}))


def main() -> None:
    counts: Counter[str] = Counter()
    ways: dict[str, set[str]] = {}
    for word in typed():
        letters, digits = apart(word)
        if is_syllable(letters):
            counts[letters] += 1
            ways.setdefault(letters, set()).add(digits)
    rows = sorted(counts.items(), key=lambda row: (-row[1], row[0]))
    lines = [f"{word}\t{count}\t{' '.join(sorted(ways[word] - {''}))}" for word, count in rows]
    COUNTED.write_text("\n".join(lines) + "\n", "ascii")
    print(f"{len(lines)} syllables, {sum(counts.values())} counted")


if __name__ == "__main__":
    main()
