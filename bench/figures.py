"""One measured figure, and tables of them."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """What was measured. `below` and `above` are aims: the figure should stay under the one, or reach the other."""

    group: str
    name: str
    value: float
    unit: str  # "s", "ms", "MB", "kB", "statements", "times", "a second", "%"
    below: float | None = None
    above: float | None = None

    @property
    def shown(self) -> str:
        """The value with its unit, in as many digits as it deserves."""
        digits = 0 if self.value >= 100 else 1 if self.value >= 10 else 2
        return f"{self.value:.{digits}f} {self.unit}"

    @property
    def aim(self) -> str:
        """The aim and whether it is met; empty where there is none."""
        if self.above is not None:
            return f"at least {self.above:g} {self.unit}: {'met' if self.value >= self.above else 'MISSED'}"
        if self.below is None:
            return ""
        return f"under {self.below:g} {self.unit}: {'met' if self.value < self.below else 'MISSED'}"


def plain(figures: Sequence[Figure]) -> str:
    """A table for a terminal."""
    lines = []
    group = ""
    for one in figures:
        if one.group != group:
            group = one.group
            lines += ["", group]
        lines.append(f"  {one.name:<66} {one.shown:>18}   {one.aim}".rstrip())
    return "\n".join(lines[1:])


def markdown(figures: Sequence[Figure]) -> str:
    """The same for docs/performance.md."""
    lines = []
    group = ""
    for one in figures:
        if one.group != group:
            group = one.group
            lines += ["", f"## {group}", "", "| | figure | aim |", "|---|---|---|"]
        lines.append(f"| {one.name} | {one.shown} | {one.aim} |")
    return "\n".join(lines[1:])
