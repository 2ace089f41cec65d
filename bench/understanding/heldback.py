"""How well strangers would be understood: every situation of our own corpus read by a model that has not seen it.

    python -m bench.understanding.heldback [--parts 10] [--errors FILE] [--ablation] [--plot FILE]

Rows are split by who says them, so that no person and no situation stands on both sides; then follow the figures by
register and by label, the cut between in scope and out, how often the likeliest label is right by its chance, and how
follow-ups are told. `--ablation` leaves out one part of the method after the other; `--errors` writes every wrong
answer, to be read; `--plot` draws the calibration. The development questions are not touched.
"""

import argparse
import sys
from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from content.loader import PACKS_DIR, load_catalogue
from content.understanding.corpus import ALARMS, UNCLEAR, load_corpus, utterance_files
from content.understanding.features import BLOCKS, Blocks, blocks_of
from content.understanding.figures import Columns, follow_figures, scope_figures, weighed
from content.understanding.lexicon import Lexicon, lexicon_files, load_lexicon
from content.understanding.model import SMALLTALK, Floats
from content.understanding.reading import NONE
from content.understanding.training.calibration import calibrate, measured
from content.understanding.training.heldback import held_back
from content.understanding.training.rows import Row, rows_of

CUTS = (1, 2, 3, 4, 5, 6, 8, 10, 15, 20)


@dataclass(frozen=True, kw_only=True)
class Judged:
    """One row held back, and what was made of it."""

    row: Row
    first: str  # likeliest topic or action
    three: tuple[str, ...]
    chance: float
    second: float  # chance of the second label
    sure: float  # log odds of being in scope; 0 is the cut


@dataclass(frozen=True, kw_only=True)
class Data:
    """All that is trained on."""

    rows: list[Row]
    columns: list[str]
    blocks: list[Blocks]
    lexicon: Lexicon
    topics: frozenset[str]


def load() -> Data:
    """The packs of the program."""
    catalogue = load_catalogue()
    topics = sorted(catalogue.topics)
    corpus = load_corpus(utterance_files([PACKS_DIR]), topics)
    lexicon = load_lexicon(lexicon_files([PACKS_DIR]))
    rows, columns = rows_of(corpus, catalogue.understanding_texts(), topics)
    read = blocks_of(lexicon)
    blocks = [read(row.folded, row.typed) for row in rows]
    return Data(rows=rows, columns=columns, blocks=blocks, lexicon=lexicon, topics=frozenset(topics))


def judge(data: Data, decided: Floats) -> list[Judged]:
    """Every row that stands by itself."""
    columns = Columns.of(data.columns)
    calibration = calibrate(data.rows, decided, columns)
    known = list(columns.known)
    judged = []
    for row, line in zip(data.rows, decided, strict=True):
        if not measured(row):
            continue
        chances = np.exp(calibration.steepness * (line[known] - line[known].max()))
        chances /= chances.sum()
        order = np.argsort(-chances)[:3]
        names = tuple(columns.names[known[place]] for place in order)
        judged.append(
            Judged(
                row=row,
                first=names[0],
                three=names,
                chance=float(chances[order[0]]),
                second=float(chances[order[1]]),
                sure=weighed(calibration.scope, scope_figures(line, columns, row.folded)),
            )
        )
    return judged


def right(one: Judged) -> bool:
    """The first label would help, and the message is not declined."""
    return one.sure >= 0 and one.first in one.row.accepted


def share(rows: Sequence[Judged], good: Callable[[Judged], bool]) -> str:
    """A percentage, and of how many."""
    return f"{100 * sum(map(good, rows)) / (len(rows) or 1):5.1f} % of {len(rows)}"


def tell(data: Data, judged: Sequence[Judged]) -> None:
    """The figures."""
    own = [one for one in judged if one.row.manner != "english"]
    topics = [one for one in own if one.row.label in data.topics]
    actions = [one for one in own if str(one.row.label).startswith("action:")]
    others = [one for one in own if one.row.label == NONE]
    for name, rows in (("topics", topics), ("actions", actions)):
        print(f"{name}: first right {share(rows, right)}; were none declined {share(rows, _named)}")
        print(f"  of the first three {share(rows, _in_three)}; by the writer's label alone {share(rows, _strict)}")
    print(f"others: declined {share(others, lambda one: one.sure < 0)}")
    print(
        f"topics declined wrongly {share(topics, lambda one: one.sure < 0)}; actions "
        f"{share(actions, lambda one: one.sure < 0)}"
    )
    english = [one for one in judged if one.row.manner == "english" and one.row.label != NONE]
    print(f"English topics and actions: {share(english, right)}")
    _by("register", topics, lambda one: one.row.manner or "(before registers were noted)")
    _by("topic", topics, lambda one: str(one.row.label))
    _by("action", actions, lambda one: str(one.row.label))
    _cuts(topics + actions, others)
    _chances(topics)


def _named(one: Judged) -> bool:
    return one.first in one.row.accepted


def _in_three(one: Judged) -> bool:
    return bool(set(one.three) & one.row.accepted)


def _strict(one: Judged) -> bool:
    return one.sure >= 0 and one.first == one.row.label


def _by(name: str, rows: Sequence[Judged], key: Callable[[Judged], str]) -> None:
    print(f"by {name}: first right")
    groups: dict[str, list[Judged]] = defaultdict(list)
    for one in rows:
        groups[key(one)].append(one)
    for group in sorted(groups, key=lambda group: -sum(map(right, groups[group])) / len(groups[group])):
        print(f"  {group:30} {share(groups[group], right)}")


def _cuts(ours: Sequence[Judged], others: Sequence[Judged]) -> None:
    print("the cut: of ours declined wrongly, of others declined")
    sure = sorted(one.sure for one in ours)
    for percent in CUTS:
        cut = sure[int(percent / 100 * len(sure))]
        print(f"  {percent:2d} %  {share(others, lambda one, cut=cut: one.sure < cut)}   (cut {cut:+.2f})")


def _chances(rows: Sequence[Judged]) -> None:
    print("the chance of the first label, and how often it is right")
    for low in range(10):
        here = [one for one in rows if low / 10 <= one.chance < (low + 1) / 10 or (low == 9 and one.chance >= 1)]
        if here:
            print(f"  {low / 10:.1f} to {low / 10 + 0.1:.1f}  {share(here, _named)}")
    asked = [one for one in rows if one.sure >= 0 and one.second >= 0.45 * one.chance]
    answered = [one for one in rows if one.sure >= 0 and one.second < 0.45 * one.chance]
    print(f"  answered outright: right {share(answered, _named)}; asked which: offered {share(asked, _in_three)}")


def follow_ups(data: Data, decided: Floats) -> None:
    """How often what follows an answer is told for what it is."""
    columns = Columns.of(data.columns)
    weights = calibrate(data.rows, decided, columns).follow
    told: Counter[tuple[str, bool]] = Counter()
    for number, (row, line) in enumerate(zip(data.rows, decided, strict=True)):
        after = row.after or (sorted(data.topics)[number * 11 % len(data.topics)] if measured(row) else None)
        if after is None or (row.after is None and after in row.accepted):
            continue
        kind = "of its own" if row.after is None else "stays" if row.accepted == {after} else "leads away"
        told[kind, weighed(weights, follow_figures(line, columns, row.folded, after)) > 0] += 1
    for kind in ("stays", "leads away", "of its own"):
        count = told[kind, True] + told[kind, False]
        print(f"follow-ups, {kind}: gone on about the topic before {100 * told[kind, True] / count:.1f} % of {count}")


def ablation(data: Data, parts: int) -> None:
    """What each part brings: the figures without it."""

    def line(name: str, changed: Data) -> None:
        judged = judge(changed, held_back(changed.rows, changed.columns, changed.blocks, changed.lexicon, parts))
        topics = [one for one in judged if one.row.label in data.topics and one.row.manner != "english"]
        actions = [one for one in judged if str(one.row.label).startswith("action:") and one.row.manner != "english"]
        others = [one for one in judged if one.row.label == NONE and one.row.manner != "english"]
        declined = share(others, lambda one: one.sure < 0)
        print(
            f"{name:28} topics {share(topics, right)}  actions {share(actions, right)}  others declined {declined}",
            flush=True,
        )

    line("all", data)
    for number, name in enumerate(BLOCKS):
        blocks = [(*one[:number], {}, *one[number + 1 :]) for one in data.blocks]
        line(f"without {name}", replace(data, blocks=blocks))
    kept = [place for place, row in enumerate(data.rows) if not row.card]
    line("without the cards' texts", _only(data, kept))
    first = [replace(row, yes=row.yes - (row.accepted - {row.label}) if row.label else row.yes) for row in data.rows]
    line("trained on one label each", replace(data, rows=first))


def _only(data: Data, kept: Sequence[int]) -> Data:
    return replace(data, rows=[data.rows[place] for place in kept], blocks=[data.blocks[place] for place in kept])


def write_errors(judged: Sequence[Judged], path: Path) -> None:
    """Every wrong answer, one a line."""
    lines = ["label\talso\tread as\tchance\tsure\tregister\ttext"]
    for one in sorted(judged, key=lambda one: (str(one.row.label), one.first)):
        if one.row.label not in (NONE, UNCLEAR, SMALLTALK, *ALARMS) and not right(one):
            also = ",".join(sorted(one.row.accepted - {str(one.row.label)}))
            read = one.first if one.sure >= 0 else f"declined ({one.first})"
            text = " ".join(one.row.text.split())
            lines.append(f"{one.row.label}\t{also}\t{read}\t{one.chance:.2f}\t{one.sure:.1f}\t{one.row.manner}\t{text}")
    path.write_text("\n".join([*lines, ""]), encoding="utf-8")


def plot(judged: Sequence[Judged], path: Path) -> None:
    """The calibration as a drawing: each dot a tenth of our questions, by chance; on the line it would be exact."""
    rows = sorted(
        (one for one in judged if one.row.label not in (None, NONE, UNCLEAR, SMALLTALK, *ALARMS)),
        key=lambda one: one.chance,
    )
    dots = []
    for tenth in np.array_split(np.arange(len(rows)), 10):
        here = [rows[place] for place in tenth]
        x = 40 + 300 * sum(one.chance for one in here) / len(here)
        y = 340 - 300 * sum(map(_named, here)) / len(here)
        dots.append(f'<circle cx="{x:.1f}" cy="{y:.1f}" r="4" fill="#0b6e4f"/>')
    axes = "".join(
        f'<text x="{40 + 60 * n}" y="358" text-anchor="middle">{0.2 * n:.1f}</text>'
        f'<text x="34" y="{344 - 60 * n}" text-anchor="end">{0.2 * n:.1f}</text>'
        for n in range(6)
    )
    path.write_text(
        '<svg xmlns="http://www.w3.org/2000/svg" width="380" height="390" font-family="sans-serif" font-size="11">'
        '<rect width="380" height="390" fill="#fff"/><path d="M40 40V340H340" fill="none" stroke="#333"/>'
        f'<path d="M40 340L340 40" stroke="#bbb"/>{axes}{"".join(dots)}'
        '<text x="190" y="380" text-anchor="middle">chance of the first label</text>'
        '<text x="12" y="190" text-anchor="middle" transform="rotate(-90 12 190)">how often it is right</text></svg>\n',
        encoding="utf-8",
    )


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--parts", type=int, default=10, help="into how many parts the situations are split")
    parser.add_argument("--errors", type=Path, help="write every wrong answer there")
    parser.add_argument("--plot", type=Path, help="draw the calibration there")
    parser.add_argument("--ablation", action="store_true", help="leave out one part of the method after the other")
    given = parser.parse_args()
    data = load()
    if given.ablation:
        ablation(data, given.parts)
        return
    decided = held_back(data.rows, data.columns, data.blocks, data.lexicon, given.parts)
    judged = judge(data, decided)
    tell(data, judged)
    follow_ups(data, decided)
    if given.errors:
        write_errors(judged, given.errors)
    if given.plot:
        plot(judged, given.plot)


if __name__ == "__main__":
    sys.exit(main())
