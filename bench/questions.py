"""What is asked while measuring: the development questions, as people would type them."""

import csv
from pathlib import Path

FILE = Path(__file__).parent / "understanding" / "questions-dev.tsv"


def texts(count: int) -> list[str]:
    """So many questions, from the top again where there are fewer."""
    with FILE.open(encoding="utf-8", newline="") as source:
        found = [row["text"] for row in csv.DictReader(source, delimiter="\t", quoting=csv.QUOTE_NONE)]
    return [found[number % len(found)] for number in range(count)]
