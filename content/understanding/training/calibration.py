"""Decisions to chances: three small regressions, each on what was held back.

How steep the softmax over topics and actions is; what tells that a message is about anything known; what tells that it
goes on about the turn before. The cut of the second is moved so that `WRONGLY_REFUSED` of our own questions fall below.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression

from content.understanding.corpus import UNCLEAR
from content.understanding.figures import Columns, follow_figures, scope_figures, weighed
from content.understanding.model import Calibration, Floats
from content.understanding.reading import NONE
from content.understanding.training.rows import Row

WRONGLY_REFUSED = 0.07  # of topic and action questions held back
# Of other messages held back, those that may be told for a danger or a lure besides what the rules find.
FALSE_DANGERS, FALSE_FRAUDS = 0.01, 0.005
_STEEPNESS = [0.5 * step for step in range(2, 25)]
_EVERY = 3  # of the rows that stand by themselves, those shown after some other topic


def calibrate(rows: Sequence[Row], decided: Floats, columns: Columns) -> Calibration:
    """The calibration for decisions held back."""
    return Calibration(
        steepness=_steepness(rows, decided, columns),
        scope=_scope(rows, decided, columns),
        follow=_follow(rows, decided, columns),
        danger=_alarm_from(rows, decided, columns, columns.dangers, FALSE_DANGERS),
        fraud=_alarm_from(rows, decided, columns, (columns.fraud,), FALSE_FRAUDS),
    )


def measured(row: Row) -> bool:
    """Whether a row is one of ours that stands by itself: a topic or an action, as people say it."""
    return not row.card and row.label is not None and row.after is None


def _steepness(rows: Sequence[Row], decided: Floats, columns: Columns) -> float:
    places = [place for place, row in enumerate(rows) if measured(row) and is_known(row, columns)]
    known = [columns.names[place] for place in columns.known]
    right = np.array([[name in rows[place].accepted for name in known] for place in places])
    scores = decided[np.ix_(places, columns.known)].astype(np.float64)

    def surprise(steepness: float) -> float:
        chance = np.exp(steepness * (scores - scores.max(axis=1, keepdims=True)))
        chance /= chance.sum(axis=1, keepdims=True)
        return float(-np.log((chance * right).sum(axis=1) + 1e-9).mean())

    return min(_STEEPNESS, key=surprise)


def _scope(rows: Sequence[Row], decided: Floats, columns: Columns) -> tuple[float, ...]:
    places = [place for place, row in enumerate(rows) if measured(row) and not _doubtful(row)]
    places = [place for place in places if rows[place].label in (NONE, UNCLEAR) or is_known(rows[place], columns)]
    figures = np.array([scope_figures(decided[place], columns, rows[place].folded) for place in places])
    inside = np.array([is_known(rows[place], columns) for place in places])
    weights = _regression(figures, inside)
    ours = sorted(weighed(weights, figure) for figure in figures[inside].tolist())
    cut = ours[int(WRONGLY_REFUSED * len(ours))]
    return (weights[0] - cut, *weights[1:])


def _follow(rows: Sequence[Row], decided: Floats, columns: Columns) -> tuple[float, ...]:
    figures, goes_on = [], []
    topics = [name for name in columns.names if ":" not in name and columns.names.index(name) in columns.known]
    for number, row in enumerate(rows):
        after = row.after
        if after is None and measured(row) and number % _EVERY == 0:
            after = topics[number * 7 % len(topics)]
        if after is not None and (row.after is not None or after not in row.accepted):
            figures.append(follow_figures(decided[number], columns, row.folded, after))
            goes_on.append(row.after is not None and row.accepted == {after})
    return _regression(np.array(figures), np.array(goes_on))


def _alarm_from(rows: Sequence[Row], decided: Floats, columns: Columns, alarms: Sequence[int], false: float) -> float:
    """From which decision on an alarm is given, so that few other messages give a false one."""
    names = [columns.names[place] for place in alarms]
    calm = [place for place, row in enumerate(rows) if measured(row) and row.no.issuperset(names)]
    highest = np.sort(decided[np.ix_(calm, alarms)].max(axis=1))
    return float(highest[int((1 - false) * len(highest))])


def _regression(figures: NDArray[np.float64], yes: NDArray[np.bool_]) -> tuple[float, ...]:
    """The constant and the weights; both classes count alike."""
    fitted = LogisticRegression(C=10.0, class_weight="balanced", max_iter=1000).fit(figures, yes)
    return (float(fitted.intercept_[0]), *map(float, fitted.coef_[0]))


def is_known(row: Row, columns: Columns) -> bool:
    """Whether a row is about a topic or an action."""
    return row.label in columns.names and columns.names.index(row.label) in columns.known


def _doubtful(row: Row) -> bool:
    return NONE in row.accepted and row.label != NONE
