"""Figures as drawings: bars below each other, and pairs of columns in the order of time; where each thing stands.

The letters are the reader's own: how wide they are is guessed, rather too wide than too narrow.
"""

from dataclasses import dataclass

from content.formatting import number_text
from content.monitoring.page import Drawing

WIDTH = 336  # of the drawing's own units
ROW, THICK = 42, 14  # of a bar with its name above it, and of the bar alone
LETTERS = 40  # of a name; the table beside has all of it
HEIGHT, TOP, BOTTOM = 160, 20, 24  # of columns, with room for figures and for names
GAP = 2
WIDEST = 16  # of a column


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """One bar or column with its figure."""

    kind: str  # of the style: "asked" or "answered"
    x: int
    y: int
    width: int
    height: int
    told: str
    text_x: int
    text_y: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """What belongs to one name."""

    name: str
    short: str  # as much of it as fits
    x: int
    y: int
    shapes: tuple[Shape, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawn:
    """Everything that a drawing and its table show."""

    drawing: Drawing
    groups: tuple[Group, ...]
    height: int
    base: int  # of columns; 0: bars
    width: int = WIDTH


def drawn(drawing: Drawing, lang: str) -> Drawn:
    """Where everything stands; bars begin at zero."""
    return _columns(drawing, lang) if drawing.columns else _bars(drawing, lang)


def _bars(drawing: Drawing, lang: str) -> Drawn:
    most = max([1, *(one.number for one in drawing.bars)])
    groups = []
    for place, one in enumerate(drawing.bars):
        top = ROW * place
        shape = Shape(
            kind="asked",
            x=0,
            y=top + 20,
            width=max(2, round(WIDTH * one.number / most)) if one.number else 0,
            height=THICK,
            told=number_text(one.number, lang),
            text_x=WIDTH,
            text_y=top + 15,
        )
        short = one.label if len(one.label) <= LETTERS else one.label[: LETTERS - 1] + "…"
        groups.append(Group(name=one.label, short=short, x=0, y=top + 15, shapes=(shape,)))
    return Drawn(drawing=drawing, groups=tuple(groups), height=ROW * len(groups), base=0)


def _columns(drawing: Drawing, lang: str) -> Drawn:
    most = max([1, *(number for one in drawing.bars for number in (one.number, one.second or 0))])
    base, room = HEIGHT - BOTTOM, HEIGHT - BOTTOM - TOP
    step = WIDTH // max(1, len(drawing.bars))
    wide = min(WIDEST, (step - 3 * GAP) // 2)
    groups = []
    for place, one in enumerate(drawing.bars):
        middle = WIDTH * (2 * place + 1) // (2 * len(drawing.bars))
        shapes = []
        for kind, number, left in (
            ("asked", one.number, middle - wide - GAP // 2),
            ("answered", one.second or 0, middle + GAP // 2),
        ):
            tall = round(room * number / most)
            shapes.append(
                Shape(
                    kind=kind,
                    x=left,
                    y=base - tall,
                    width=wide,
                    height=tall,
                    told=number_text(number, lang),
                    text_x=left + wide // 2,
                    text_y=base - tall - 5,
                )
            )
        groups.append(Group(name=one.label, short=one.label, x=middle, y=base + 17, shapes=tuple(shapes)))
    return Drawn(drawing=drawing, groups=tuple(groups), height=HEIGHT, base=base)
