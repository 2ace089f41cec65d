"""Which steps a round of tests.trials.steps kills at, and how a whole trial is made of rounds."""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

# Up to the how manieth time a step is killed at: so often a notice to sixty people surely reaches it.
OFTEN = {
    "after-lease": 4,
    "before-send": 40,
    "after-send": 40,
    "before-record": 3,
    "after-record": 3,
    "during-expansion": 5,
    "after-expansion-batch": 5,
    "begin": 2,  # with two notices at once
    "after-begin": 2,
    "finish": 2,
    "after-finish": 2,
    "pause-note": 2,
    "after-pause-note": 2,
}
APPROVALS, STOPS = ("approval", "after-approval"), ("stop", "after-stop")
RESCUES = ("rescue", "after-rescue")
LEAVES_LEASES = ("after-lease", "before-send", "after-send", "before-record")
BATCHES = ("during-expansion", "after-expansion-batch")
BY_NOTICE = ("begin", "after-begin", "finish", "after-finish")  # reached once a notice
# Of a schedule of four or five posts that are fired in two transactions or more, to two batches of people each.
POSTS_OFTEN = {
    "before-claim": 3,
    "after-claim": 3,
    "firing": 2,
    "after-firing": 2,
    "during-expansion": 4,
    "after-expansion-batch": 4,
}
# Of news to ten people, each in a transaction of its own.
NEWS_OFTEN = {"during-news": 6, "after-news": 6, "before-send": 6, "after-send": 6, "before-record": 2}
# Of reminders of a task to ten officers, four in a transaction.
TASKS_OFTEN = {"during-tasks": 3, "after-tasks": 3, "before-send": 6, "after-send": 6, "before-record": 2}
SINGLE = (*OFTEN, *RESCUES, *APPROVALS, *STOPS)


@dataclass(frozen=True)
class Strike:
    """Where a process ends itself."""

    step: str
    number: int = 1

    def __str__(self) -> str:
        return f"{self.step}:{self.number}"


@dataclass(frozen=True, kw_only=True)
class Round:
    """One notice, or two at once, and all that strikes on its way."""

    strikes: tuple[Strike, ...] = ()  # at the service, one process after the other
    approval: str = ""  # at `chungtay campaign approve`, which is repeated then
    stop: str = ""  # at `chungtay campaign stop`
    cut_off: bool = False  # the service is killed besides, while what was in flight at the stop still is
    notices: int = 1


def single(chance: random.Random, step: str) -> Round:
    """One kill; before one of the rescue another, so that there is something to rescue."""
    if step in APPROVALS:
        return Round(approval=step)
    if step in STOPS:
        return Round(stop=step, cut_off=chance.random() < 0.5)
    if step in RESCUES:
        return Round(strikes=(_drawn(chance, chance.choice(LEAVES_LEASES)), Strike(step)))
    strike = _drawn(chance, step)
    return Round(strikes=(strike,), notices=strike.number if step in BY_NOTICE else 1)


def chain(chance: random.Random) -> Round:
    """One kill after the other on the way of one notice."""
    steps = (
        chance.choice(("begin", "after-begin")),
        chance.choice(BATCHES),
        chance.choice(LEAVES_LEASES),
        chance.choice(RESCUES),
        chance.choice(("finish", "after-finish")),
    )
    return Round(strikes=tuple(Strike(step) for step in steps))


def rounds(chance: random.Random) -> Iterator[Round]:
    """All steps in any order, then a chain, and again."""
    while True:
        steps = list(SINGLE)
        chance.shuffle(steps)
        yield from (single(chance, step) for step in steps)
        yield chain(chance)


def _drawn(chance: random.Random, step: str) -> Strike:
    return Strike(step, chance.randint(1, OFTEN[step]))


def post_rounds(chance: random.Random) -> Iterator[Round]:
    """The same for schedules: all steps of the firing in any order, then a chain, and again."""
    while True:
        steps = list(POSTS_OFTEN)
        chance.shuffle(steps)
        yield from (Round(strikes=(Strike(step, chance.randint(1, POSTS_OFTEN[step])),)) for step in steps)
        claim, batch = chance.choice(("before-claim", "after-claim")), chance.choice(BATCHES)
        chained = (claim, "firing", "after-firing", batch, chance.choice(LEAVES_LEASES))
        yield Round(strikes=tuple(map(Strike, chained)))


def post_halves() -> Sequence[Round]:
    """The steps of the firing itself once, half of them on one database and half on the other."""
    one, other = ("before-claim", "firing"), ("after-claim", "after-firing")
    return (Round(strikes=tuple(map(Strike, one))), Round(strikes=tuple(map(Strike, other))))


def news_rounds(chance: random.Random) -> Iterator[Round]:
    """The same for news of work: all steps in any order, then a chain, and again."""
    while True:
        steps = list(NEWS_OFTEN)
        chance.shuffle(steps)
        yield from (Round(strikes=(Strike(step, chance.randint(1, NEWS_OFTEN[step])),)) for step in steps)
        chained = ("during-news", "after-news", chance.choice(("before-send", "after-send")))
        yield Round(strikes=tuple(map(Strike, chained)))


def news_halves() -> Sequence[Round]:
    """The steps of the news once, half of them on one database and half on the other."""
    one, other = (Strike("during-news", 3), Strike("after-send", 2)), (Strike("after-news", 2), Strike("before-send"))
    return (Round(strikes=one), Round(strikes=other))


def task_rounds(chance: random.Random) -> Iterator[Round]:
    """The same for reminders of tasks: all steps in any order, then a chain, and again."""
    while True:
        steps = list(TASKS_OFTEN)
        chance.shuffle(steps)
        yield from (Round(strikes=(Strike(step, chance.randint(1, TASKS_OFTEN[step])),)) for step in steps)
        chained = ("during-tasks", "after-tasks", chance.choice(("before-send", "after-send")))
        yield Round(strikes=tuple(map(Strike, chained)))


def task_halves() -> Sequence[Round]:
    """The steps of reminders of tasks once, half of them on one database and half on the other."""
    one, other = (Strike("during-tasks", 2), Strike("after-send", 2)), (Strike("after-tasks", 2), Strike("before-send"))
    return (Round(strikes=one), Round(strikes=other))


def halves() -> Sequence[Sequence[Round]]:
    """Every step once, half of them on one database and half on the other, in as few rounds as can be."""
    one = ("begin", "during-expansion", "after-lease", "after-rescue", "after-send", "pause-note", "finish")
    other = ("after-begin", "after-expansion-batch", "before-send", "rescue", "before-record")
    last = ("after-pause-note", "after-record", "after-finish")
    return (
        (Round(approval="approval", strikes=tuple(map(Strike, one))), Round(stop="after-stop", cut_off=True)),
        (Round(approval="after-approval", strikes=tuple(map(Strike, (*other, *last)))), Round(stop="stop")),
    )
