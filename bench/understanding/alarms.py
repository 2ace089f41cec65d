"""Count which development questions are read as danger or fraud, by the kind of answer they want.

    python bench/understanding/alarms.py

A question about emergency relief may well be danger; any other should not be. Texts are shown of odd ids only.
"""

import sys
from collections import Counter
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from content.understanding.danger import dangers
from content.understanding.warnings import warnings
from content.understanding.windows import windows

QUESTIONS = Path(__file__).with_name("questions-dev.tsv")


def main() -> None:
    counts: Counter[str] = Counter()
    for line in QUESTIONS.read_text(encoding="utf-8").splitlines()[1:]:
        number, text, topics, *_ = line.split("\t")
        told = (*dangers(windows(text)), *(("fraud",) if warnings(text, windows(text)).fraud else ()))
        relief = "emergency-relief" in topics
        counts["emergency relief, all" if relief else "others, all"] += 1
        for kind in told:
            counts[f"{'emergency relief' if relief else 'others'}, {kind}"] += 1
        if told and not relief:
            print(number, topics, *told, text if int(number[1:]) % 2 else "", sep="\t")
    for what, count in sorted(counts.items()):
        print(f"{what}: {count}")


if __name__ == "__main__":
    main()
