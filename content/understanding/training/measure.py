"""How well the examples held back were read: three shares that are kept with the model."""

from collections.abc import Sequence

import numpy as np

from content.understanding.figures import Columns, scope_figures, weighed
from content.understanding.model import Calibration, Floats, Measured
from content.understanding.reading import NONE
from content.understanding.training.calibration import is_known, measured
from content.understanding.training.rows import Row


def measure(rows: Sequence[Row], decided: Floats, columns: Columns, calibration: Calibration) -> Measured:
    """The shares for decisions held back. Rules (danger, small talk, a lure) are not looked at."""
    ours = [place for place, row in enumerate(rows) if measured(row) and is_known(row, columns)]
    others = [place for place, row in enumerate(rows) if measured(row) and row.label == NONE]

    def right(place: int) -> bool:
        return columns.names[columns.known[int(np.argmax(decided[place, list(columns.known)]))]] in rows[place].accepted

    def declined(place: int) -> bool:
        here = decided[place]
        unclear = here[columns.unclear] > here[list(columns.known)].max()
        figures = scope_figures(here, columns, rows[place].folded)
        return bool(unclear) or weighed(calibration.scope, figures) < 0

    return Measured(
        known=len(ours),
        right=_share([right(place) for place in ours]),
        refused=_share([declined(place) for place in ours]),
        others=len(others),
        declined=_share([declined(place) for place in others]),
    )


def _share(answers: Sequence[bool]) -> float:
    return sum(answers) / len(answers) if answers else 0.0
