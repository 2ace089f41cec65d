"""Score readings of the development questions.

    chungtay classify --in bench/understanding/questions-dev.tsv --out readings.tsv
    python bench/understanding/score.py readings.tsv [--topics a,b,c] [--errors] [--json figures.json]

Standard library only. Figures are printed for all rows and for the halves of odd and even ids: limits and wording are
only ever judged by the odd half, so a gap between the two would mean that the questions were learned by heart.

topic      Rows whose first label is a topic. top-1: the first label given is one of the acceptable ones; top-3: one
           of the first three is. By register, with the 95 % Wilson interval of top-1.
action     Rows that ask the program to do something; follow-up: rows with a note "after:<topic>".
coverage   Rows of register "multi": the mean share of what was asked among the first four labels.
refused    Out-of-scope rows with "none" first, or another label that the row accepts; topic and action rows that
           were refused wrongly.
cut        The largest score that keeps 95 % of the topic rows, and the share of out-of-scope rows below it. It is
           chosen on the rows it is measured on, so it flatters.
"""

import argparse
import json
import math
import sys
from collections import Counter, defaultdict
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
KEPT = 0.95
Z = 1.96  # 95 %
Row = dict[str, str]
Predictions = dict[str, tuple[list[str], float | None]]


def read_table(path: Path) -> list[Row]:
    """The rows of a tab-separated file with a header."""
    lines = [line.removesuffix("\r") for line in path.read_text(encoding="utf-8-sig").split("\n")]
    header = lines[0].split("\t")
    return [
        dict(zip(header, line.split("\t") + [""] * len(header), strict=False)) for line in lines[1:] if line.strip()
    ]


def read_predictions(path: Path) -> Predictions:
    """Labels, best first, and score of each id."""
    found: Predictions = {}
    for row in read_table(path):
        if row["id"] in found:
            raise SystemExit(f"{path}: {row['id']} stands there twice")
        labels = [label.strip() for label in row["ranked"].split(",") if label.strip()]
        found[row["id"]] = (labels or ["none"], float(row["score"]) if row.get("score") else None)
    return found


def kind_of(row: Row) -> str:
    """topic, action, out or follow-up."""
    first = row["topics"].split(",")[0]
    if row["note"].startswith("after:"):
        return "follow-up"
    return "out" if first == "none" else "action" if first.startswith("action:") else "topic"


def wilson(hits: int, total: int) -> tuple[float, float]:
    """The 95 % interval of a share, in percent."""
    share, square = hits / total, Z * Z
    middle = share + square / (2 * total)
    half = Z * math.sqrt(share * (1 - share) / total + square / (4 * total * total))
    return 100 * (middle - half) / (1 + square / total), 100 * (middle + half) / (1 + square / total)


def evaluate(rows: list[Row], predictions: Predictions) -> dict[str, Any]:
    """All figures of some rows, and the rows that were missed."""
    tally: dict[str, list[int]] = defaultdict(lambda: [0, 0, 0])
    refused: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    scores: dict[str, list[float]] = defaultdict(list)
    coverage, missed, absent = [], [], []
    for row in rows:
        accepted, kind = row["topics"].split(","), kind_of(row)
        if row["id"] not in predictions:
            absent.append(row["id"])
        labels, score = predictions.get(row["id"], (["(no line)"], None))
        for key in (f"{kind}/all", f"{kind}/{row['register']}"):
            tally[key][0] += 1
            tally[key][1] += labels[0] in accepted
            tally[key][2] += any(label in accepted for label in labels[:3])
        refused[kind][0] += 1
        refused[kind][1] += labels[0] == "none"
        if score is not None:
            scores[kind].append(score)
        if kind == "topic" and row["register"] == "multi":
            coverage.append(sum(label in labels[:4] for label in accepted) / len(accepted))
        if labels[0] not in accepted:
            missed.append((row, labels))
    return {
        "rows": len(rows),
        "tally": dict(tally),
        "refused": {kind: refused[kind] for kind in ("topic", "action") if kind in refused},
        "coverage": sum(coverage) / len(coverage) if coverage else None,
        "cut": cut(scores["topic"], scores["out"]),
        "confused": Counter((row["topics"].split(",")[0], labels[0]) for row, labels in missed).most_common(8),
        "missed": missed,
        "absent": absent,
    }


def cut(topic: list[float], out: list[float]) -> dict[str, float] | None:
    """The score below which at most 5 % of the topic rows lie, and how many others lie there."""
    if not topic or not out:
        return None
    at = sorted(topic)[int((1 - KEPT) * len(topic))]
    return {
        "at": at,
        "topic_below": sum(s < at for s in topic) / len(topic),
        "out_below": sum(s < at for s in out) / len(out),
    }


def show(title: str, result: dict[str, Any]) -> None:
    """Print the figures of one set of rows."""
    print(f"== {title}: {result['rows']} rows")
    for kind in ("topic", "action", "follow-up", "out"):
        if f"{kind}/all" not in result["tally"]:
            continue
        for key, (total, one, three) in sorted(result["tally"].items(), key=all_first):
            if key == f"{kind}/all":
                low, high = wilson(one, total)
                word = "refused" if kind == "out" else "top-1"
                rest = "" if kind == "out" else f"  top-3 {100 * three / total:5.1f} %"
                print(f"{kind:<22} n={total:4d}  {word} {100 * one / total:5.1f} % ({low:.1f}-{high:.1f}){rest}")
            elif key.startswith(f"{kind}/") and kind in ("topic", "out"):
                name = key.partition("/")[2]
                print(f"    {name:<18} n={total:4d}  {100 * one / total:5.1f} %   {100 * three / total:5.1f} %")
    if result["coverage"] is not None:
        print(f"coverage of multi      {100 * result['coverage']:.1f} %")
    for kind, (total, refused) in result["refused"].items():
        print(f"refused wrongly, {kind:<6} {100 * refused / total:.1f} %")
    if result["cut"]:
        at, topics, others = (result["cut"][name] for name in ("at", "topic_below", "out_below"))
        print(f"cut {at:.3f}: topics below {100 * topics:.1f} %, out of scope below {100 * others:.1f} %")
    print("confused: " + ", ".join(f"{wanted} -> {got} x{n}" for (wanted, got), n in result["confused"]))
    if result["absent"]:
        print(f"no line for {len(result['absent'])} rows: {' '.join(result['absent'][:20])}")


def all_first(item: tuple[str, list[int]]) -> tuple[bool, str]:
    """Where a line of the tally stands: the whole before its registers."""
    return not item[0].endswith("/all"), item[0]


def odd(row: Row) -> bool:
    """Whether a row belongs to the half whose mistakes may be read."""
    return int(row["id"].lstrip("D")) % 2 == 1


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("predictions", type=Path)
    parser.add_argument("--gold", type=Path, default=HERE / "questions-dev.tsv")
    parser.add_argument("--topics", help="only rows whose first label is one of these, split by commas")
    parser.add_argument("--errors", action="store_true", help="list the misses of the odd half (the other is not read)")
    parser.add_argument("--json", type=Path, help="also write the figures to this file")
    args = parser.parse_args()
    rows, predictions = read_table(args.gold), read_predictions(args.predictions)
    if args.topics:
        wanted = set(args.topics.split(","))
        rows = [row for row in rows if row["topics"].split(",")[0] in wanted]
    sets = {"all": rows, "odd ids": [r for r in rows if odd(r)], "even ids": [r for r in rows if not odd(r)]}
    results = {title: evaluate(chosen, predictions) for title, chosen in sets.items() if chosen}
    for title, result in results.items():
        show(title, result)
    missed = {title: result.pop("missed") for title, result in results.items()}
    if args.errors:
        for row, labels in missed.get("odd ids", []):
            print(f"{row['id']}\t{row['register']}\twanted {row['topics']}\tgot {','.join(labels[:3])}\t{row['text']}")
    if args.json:
        args.json.write_text(json.dumps(results, ensure_ascii=False, indent=1), encoding="utf-8")


if __name__ == "__main__":
    if hasattr(sys.stdout, "reconfigure"):
        sys.stdout.reconfigure(encoding="utf-8")
    main()
