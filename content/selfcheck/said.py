"""An answer as it was read."""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """An answer as it was read. `sure` is False where the reading should be shown and confirmed."""

    value: Any
    sure: bool = True
