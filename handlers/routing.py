"""From a message to the handler that answers it.

Order (DESIGN 5): danger in any spelling; a press, or a word that means the same everywhere; an officer who talks to the
person; an answer to what the bot just asked; what must be known or said before any answer (place, caution); what the
understanding makes of the words; and for the rest the fallback.
"""

from collections.abc import Callable, Iterable, Sequence
from typing import Any, TypeVar

from content.understanding import Decision
from core.conversation import Turn
from core.text import fold
from handlers.context import Context

Handler = Callable[..., Turn | None]
Candidate = tuple[Handler, tuple[Any, ...], dict[str, Any]]  # with what it is called with
H = TypeVar("H", bound=Handler)
ANSWERED = (Decision.ANSWER, Decision.SEVERAL, Decision.CHOOSE, Decision.ACTION)


class Router:
    """A named set of handlers. Unregistered as a whole, its conversation does not exist."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.presses: dict[str, Handler] = {}
        self.words: dict[str, Handler] = {}
        self.states: dict[str, Handler] = {}
        self.decisions: dict[Decision, Handler] = {}
        self.actions: dict[str, Handler] = {}
        self.first: list[Handler] = []
        self.late: list[Handler] = []
        self.talks: list[Handler] = []

    def press(self, name: str) -> Callable[[H], H]:
        """A button "name" or "name:argument": handler(ctx, argument)."""
        return self._into(self.presses, name)

    def word(self, *phrases: str) -> Callable[[H], H]:
        """Whole messages that mean the same everywhere ("menu", "hủy"), with or without marks: handler(ctx)."""

        def register(handler: H) -> H:
            self.words.update({fold(phrase): handler for phrase in phrases})
            return handler

        return register

    def state(self, name: str) -> Callable[[H], H]:
        """An awaited answer: handler(ctx, **data). Gives None when the message is no answer to it."""
        return self._into(self.states, name)

    def decision(self, decision: Decision) -> Callable[[H], H]:
        """What the understanding decided: handler(ctx, labels)."""
        return self._into(self.decisions, decision)

    def action(self, label: str) -> Callable[[H], H]:
        """Something the bot is asked to do ("action:privacy"): handler(ctx)."""
        return self._into(self.actions, label)

    def before_all(self, handler: H) -> H:
        """Looks at every message first, whatever the conversation waits for: handler(ctx), None to let it pass."""
        self.first.append(handler)
        return handler

    def but_words(self, handler: H) -> H:
        """The same, but a press and a word that means the same everywhere go past it."""
        self.talks.append(handler)
        return handler

    def before_understanding(self, handler: H) -> H:
        """Looks at words that are no press, no global word and no awaited answer: handler(ctx), None to let pass."""
        self.late.append(handler)
        return handler

    @staticmethod
    def _into(table: dict[Any, Handler], key: Any) -> Callable[[H], H]:
        def register(handler: H) -> H:
            table[key] = handler
            return handler

        return register


def dispatch(routers: Sequence[Router], ctx: Context) -> Turn:
    """The turn that answers this message. Some router must answer everything (the fallback does)."""
    turn = _first(ctx, _candidates(routers, ctx))
    if turn is None and ctx.message.payload is None and (turn := _first(ctx, _understood(routers, ctx))) is not None:
        return _remembering(ctx, turn)
    turn = turn or _first(ctx, ((router.presses[""], ("",), {}) for router in routers if "" in router.presses))
    if turn is None:
        raise LookupError("no handler answers this message: the fallback router is not registered")
    return turn


def _first(ctx: Context, candidates: Iterable[Candidate]) -> Turn | None:
    turns = (handler(ctx, *arguments, **keywords) for handler, arguments, keywords in candidates)
    return next((turn for turn in turns if turn is not None), None)


def _remembering(ctx: Context, turn: Turn) -> Turn:
    """What was read from the words and answered; the person may say that they had meant something else."""
    done = turn.waiting is None and ctx.reading.decision in ANSWERED
    return turn.answering(ctx.text, *ctx.reading.labels) if done else turn


def _candidates(routers: Sequence[Router], ctx: Context) -> Iterable[Candidate]:
    free = ctx.message.payload is None and not any(ctx.folded in router.words for router in routers)
    for router in routers:
        yield from ((handler, (), {}) for handler in (*router.first, *(router.talks if free else ())))
    if ctx.message.payload is not None:
        name, _, argument = ctx.message.payload.partition(":")
        yield from ((router.presses[name], (argument,), {}) for router in routers if name in router.presses)
    else:
        said = ctx.folded
        yield from ((router.words[said], (), {}) for router in routers if said in router.words)
        waiting = ctx.person.conversation.waiting
        if waiting is not None:
            for router in routers:
                if waiting.state in router.states:
                    yield router.states[waiting.state], (), dict(waiting.data)
        yield from ((handler, (), {}) for router in routers for handler in router.late)


def _understood(routers: Sequence[Router], ctx: Context) -> Iterable[Candidate]:
    reading = ctx.reading
    if reading.decision is Decision.ACTION:
        for label in reading.labels:
            yield from ((router.actions[label], (), {}) for router in routers if label in router.actions)
    yield from (
        (router.decisions[reading.decision], (reading.labels,), {})
        for router in routers
        if reading.decision in router.decisions
    )
