"""The trained model as it is used: weights of every feature for every column, evaluated with numpy alone.

A column is a label (topic, action, "none", small talk), `INSIDE` (anything we know, against anything else) or
`GOES_ON` (goes on about the turn before). What trains it is in `training/`; nothing there is imported here.
"""

import io
import json
import math
import zipfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from content.understanding.features import BLOCKS, Blocks, blocks_of
from content.understanding.lexicon import Lexicon
from core.wholefile import make_folder, write_whole

INSIDE, GOES_ON = "inside", "goes-on"
SMALLTALK = "smalltalk"  # one column for all kinds of it
Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True, kw_only=True)
class Calibration:
    """What turns decisions into chances; found on examples held back (`training/calibration.py`)."""

    steepness: float = 1.0  # of the softmax over topics and actions
    scope: tuple[float, ...] = (0.0,) * 9  # a constant, then one weight for each of `scope_figures`
    danger: float = math.inf  # a danger is heard from this decision of its column on
    fraud: float = math.inf
    follow: tuple[float, ...] = (0.0,) * 8  # a constant, then one weight for each of `follow_figures`


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """How the examples held back were read, in shares from 0 to 1 (`training/measure.py`)."""

    known: int = 0  # questions about topics and actions
    right: float = 0.0  # of those, the ones whose likeliest label helps
    refused: float = 0.0  # of those, declined wrongly
    others: int = 0  # texts about nothing that is known
    declined: float = 0.0  # of those, declined


@dataclass(frozen=True, slots=True, kw_only=True)
class Model:
    """Columns, the features' rows, and the weights. Nothing of it changes after it is made."""

    columns: tuple[str, ...]
    vocabularies: tuple[Mapping[str, int], ...]  # of each block: a feature's row
    rarity: Floats  # of each row
    weights: Floats  # rows by columns
    constants: Floats  # of each column
    lexicon: Lexicon
    calibration: Calibration = field(default_factory=Calibration)
    measured: Measured = field(default_factory=Measured)
    blocks: Callable[[str, str], Blocks] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "blocks", blocks_of(self.lexicon))

    def decisions(self, folded: str, typed: str) -> Floats:
        """How much speaks for each column: positive for yes, about -1 for a plain no."""
        rows: list[int] = []
        counted: list[int] = []
        ends: list[int] = []
        for vocabulary, counts in zip(self.vocabularies, self.blocks(folded, typed), strict=True):
            known = [feature for feature in counts if feature in vocabulary]
            rows.extend(map(vocabulary.__getitem__, known))
            counted.extend(map(counts.__getitem__, known))
            ends.append(len(rows))
        if not rows:
            return self.constants
        places = np.array(rows, np.intp)
        found = (1 + np.log(counted)) * self.rarity[places]
        start = 0
        for end, weight in zip(ends, BLOCKS.values(), strict=True):  # each block as long as its weight
            if end > start:
                found[start:end] *= weight / math.sqrt(found[start:end] @ found[start:end])
            start = end
        return np.asarray(found.astype(np.float32) @ self.weights[places] + self.constants, np.float32)


def save(model: Model, path: Path) -> None:
    """Write a model, whole or not at all. Raises StorageError."""
    head = {
        "columns": model.columns,
        "sizes": [len(vocabulary) for vocabulary in model.vocabularies],
        "typed": model.lexicon.typed,
        "folded": model.lexicon.folded,
        "calibration": asdict(model.calibration),
        "measured": asdict(model.measured),
    }
    features = [
        feature for vocabulary in model.vocabularies for feature in sorted(vocabulary, key=vocabulary.__getitem__)
    ]
    held = io.BytesIO()
    np.savez(
        held,
        head=_bytes(json.dumps(head, ensure_ascii=False)),
        features=_bytes("\n".join(features)),
        rarity=model.rarity,
        weights=model.weights,
        constants=model.constants,
    )
    make_folder(path.parent)
    write_whole(path, held.getvalue())


def load(path: Path) -> Model | None:
    """A model that `save` wrote, or None where there is none or where the file is broken: it is made again then."""
    try:
        with path.open("rb") as file, np.load(file, allow_pickle=False) as held:
            head = json.loads(held["head"].tobytes())
            features = held["features"].tobytes().decode().split("\n")
            rarity, weights, constants = held["rarity"], held["weights"], held["constants"]
    except (OSError, ValueError, KeyError, EOFError, zipfile.BadZipFile):
        return None
    calibration: dict[str, Any] = {
        name: tuple(value) if isinstance(value, list) else value for name, value in head["calibration"].items()
    }
    return Model(
        columns=tuple(head["columns"]),
        vocabularies=_vocabularies(features, head["sizes"]),
        rarity=rarity,
        weights=weights,
        constants=constants,
        lexicon=Lexicon(typed=_tuples(head["typed"]), folded=_tuples(head["folded"])),
        calibration=Calibration(**calibration),
        measured=Measured(**head["measured"]),
    )


def _vocabularies(features: Sequence[str], sizes: Sequence[int]) -> tuple[Mapping[str, int], ...]:
    found, start = [], 0
    for size in sizes:
        found.append({feature: start + row for row, feature in enumerate(features[start : start + size])})
        start += size
    return tuple(found)


def _tuples(phrases: Mapping[str, list[str]]) -> dict[str, tuple[str, ...]]:
    return {phrase: tuple(concepts) for phrase, concepts in phrases.items()}


def _bytes(text: str) -> NDArray[np.uint8]:
    return np.frombuffer(text.encode(), np.uint8)
