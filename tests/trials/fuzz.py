"""Random and mutated texts through the understanding: none breaks it, and none makes it work beyond its length.

    python -m tests.trials.fuzz [--texts 200000] [--seed N]

A third are signs by chance, the rest messages of the corpus with pieces cut out, doubled, swapped, marked, joined or
run together. Steps are counted: the features looked up and the phrases tried, over all views of a message.
"""

import argparse
import random
import sys
import time
import unicodedata
from collections import Counter
from collections.abc import Iterator, Mapping

from content.loader import PACKS_DIR
from content.understanding.built import PREPARED, model_of
from content.understanding.corpus import load_corpus, utterance_files
from content.understanding.features import Blocks
from content.understanding.lexicon import LONGEST_PHRASE
from content.understanding.model import Model
from content.understanding.reader import Reader
from content.understanding.reading import AT_MOST, Decision

STEPS_A_SIGN = 40  # at most, of a text of `SHORT` signs or more
SHORT = 20
_SIGNS = (
    "aàáảãạâầấăằắeèéêềếiìíoòóôồốơờớuùúưừứyđ bcdghklmnpqrstvx 0123456789.,?!\n\t"
    "\u0300\u0301\u0323\u200b\u202e👋🏽𝒂ﷺ<>&%'\"\\/@:"
)


class Counting:
    """A reader that counts what it looks up."""

    def __init__(self, model: Model) -> None:
        self.steps = 0
        blocks = model.blocks

        def counted(folded: str, typed: str) -> Blocks:
            found = blocks(folded, typed)
            words = len(folded.split()) + len(typed.split())
            self.steps += sum(map(_size, found)) + words * LONGEST_PHRASE
            return found

        object.__setattr__(model, "blocks", counted)
        self.reader = Reader(model)


def _size(counts: Mapping[str, int]) -> int:
    return sum(counts.values())


def texts(count: int, seed: int) -> Iterator[str]:
    """So many texts, the same for the same seed."""
    chance = random.Random(seed)
    corpus = load_corpus(utterance_files([PACKS_DIR]))
    said = [one.text for one in (*corpus.utterances, *corpus.followups)]
    for number in range(count):
        if number % 3 == 0:
            yield "".join(chance.choices(_SIGNS, k=int(chance.expovariate(1 / 60))))
        else:
            text = chance.choice(said)
            for _ in range(chance.randint(1, 4)):
                text = _mutated(text, said, chance)
            yield text[:3_000]


def _mutated(text: str, said: list[str], chance: random.Random) -> str:
    at, to = sorted((chance.randint(0, len(text)), chance.randint(0, len(text))))
    match chance.randrange(9):
        case 0:
            return text[:at] + text[to:]
        case 1:
            return text[:to] + text[at:]
        case 2:
            return text[:at] + "".join(chance.choices(_SIGNS, k=3)) + text[at:]
        case 3:
            return unicodedata.normalize("NFD", text)
        case 4:
            return text.upper()
        case 5:
            return text.replace(" ", "")
        case 6:
            return "".join(chance.sample(text, len(text)))
        case 7:
            return f"{text[:at]} {chance.choice(said)}"
        case _:
            return text[at:to] * chance.randint(1, 20)


def run(count: int, seed: int) -> tuple[float, Counter[Decision]]:
    """Read so many texts: the most steps a sign that any took, and what was decided. Raises AssertionError."""
    model = model_of((PACKS_DIR,), PREPARED)
    counting = Counting(model)
    topics = [name for name in model.columns if ":" not in name]
    chance, worst, decided = random.Random(seed), 0.0, Counter[Decision]()
    for text in texts(count, seed):
        counting.steps = 0
        reading = counting.reader.read(text, after=chance.choice((None, *topics)))
        steps = counting.steps / max(len(text), SHORT)
        assert steps <= STEPS_A_SIGN, f"{steps:.0f} steps a sign: {text!r}"
        assert 1 <= len(reading.ranked) <= AT_MOST, repr(text)
        worst = max(worst, steps)
        decided[reading.decision] += 1
    return worst, decided


def main() -> None:
    """Run it in full, and say what came of it."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--texts", type=int, default=200_000)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    start = time.perf_counter()
    worst, decided = run(given.texts, given.seed)
    told = ", ".join(f"{decision.value} {number}" for decision, number in decided.most_common())
    print(
        f"{given.texts} texts (seed {given.seed}) in {time.perf_counter() - start:.0f} s: none broke the understanding"
    )
    print(f"at most {worst:.1f} steps a sign (bound {STEPS_A_SIGN}); decided: {told}")


if __name__ == "__main__":
    sys.exit(main())
