"""How long reading takes and how much memory it needs.

python bench/understanding/speed.py
"""

import resource
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from content.loader import PACKS_DIR
from content.understanding import load_understanding
from content.understanding.built import PREPARED
from content.understanding.corpus import load_corpus
from content.understanding.table import read_rows
from core.text import clean, fold

QUESTIONS = Path(__file__).with_name("questions-dev.tsv")
FLOODS = {
    "words": "Nhà tôi không có thẻ bảo hiểm y tế ",
    "marks": "\u0327\u0301",
    "raw Telex": "ddieenj ",
    "emoji": "👋🏽",
    "one letter": "x",
}


def megabytes() -> float:
    """Peak resident memory of this process."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main() -> None:
    load_corpus([])  # what reading the corpus imports is paid here
    before, start = megabytes(), time.perf_counter()
    understanding = load_understanding((PACKS_DIR,), PREPARED)
    print(f"loaded in {time.perf_counter() - start:.2f} s, {megabytes() - before:.0f} MB more at the peak")
    questions = [row.text for row in read_rows("questions", QUESTIONS.read_bytes())]
    spent = []
    for text in questions:
        start = time.perf_counter()
        understanding.read(text)
        spent.append(1000 * (time.perf_counter() - start))
    spent.sort()
    middle, late = spent[len(spent) // 2], spent[len(spent) * 99 // 100]
    print(f"reading one of {len(spent)}: median {middle:.1f} ms, 99 % below {late:.1f} ms")
    for name, piece in FLOODS.items():
        text = piece * (1_048_576 // len(piece))
        times = []
        for step in (fold, clean, understanding.read):
            start = time.perf_counter()
            step(text)
            times.append(time.perf_counter() - start)
        print(f"a million signs of {name}: fold {times[0]:.2f} s, clean {times[1]:.2f} s, read {times[2]:.2f} s")


if __name__ == "__main__":
    main()
