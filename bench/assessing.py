"""How many households are assessed a second, by the standard in force, on one core."""

import random
import time

from bench.figures import Figure
from bot.knowledge import Knowledge
from content.standards.schema import Area

STANDARD = "nd07-2021"
HOUSEHOLDS, ASSESSED = 10_000, 1_000_000
UNKNOWN = 0.2  # share of answers
AIM = 50_000  # a second


def measure(knowledge: Knowledge) -> list[Figure]:
    """Assess a million made-up households, ten thousand of them different (seed 1)."""
    rules = knowledge.content.rules(STANDARD)
    if rules is None:
        raise LookupError(f"the indicators of {STANDARD} are not held")
    chance, names = random.Random(1), [item.id for item in rules.standard.indicators]
    households = [
        (
            chance.choice(list(Area)),
            None if chance.random() < UNKNOWN else chance.randrange(0, 4_000_000, 10_000),
            {name: None if chance.random() < UNKNOWN else chance.random() < 0.3 for name in names},
        )
        for _ in range(HOUSEHOLDS)
    ]
    started = time.perf_counter()
    for _ in range(ASSESSED // HOUSEHOLDS):
        for household in households:
            rules.assess(*household)
    rate = ASSESSED / (time.perf_counter() - started)
    return [Figure(group="Self-check", name="households assessed on one core", value=rate, unit="a second", above=AIM)]
