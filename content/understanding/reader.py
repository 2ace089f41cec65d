"""Reads what people write: rules for danger, fraud and promises first, then a model trained on the packs' utterances.

How a message is read, in this order: danger (`danger.py`, then what the model hears as danger), fraud and the wish for
a verdict (`warnings.py`), small talk (`talk.py`), lures that only the model hears, a follow-up to the turn before,
several questions in one message, then the likeliest label, unless the message is out of scope or two labels are about
equally likely. The model and its calibration are trained in `training/`; docs/understanding.md has the figures and says
how to find them again.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from content.understanding import corpus as kinds
from content.understanding.circumstances import nothing_else
from content.understanding.danger import dangers
from content.understanding.features import LONGEST
from content.understanding.figures import Columns, follow_figures, scope_figures, weighed
from content.understanding.followup import asks_on, bare, matter
from content.understanding.model import Floats, Model
from content.understanding.particle import without_particle
from content.understanding.reading import AT_MOST, DANGERS, NONE, PAID, Decision, Guess, Reading, is_topic
from content.understanding.segments import meant, segments
from content.understanding.signs.fraud import HONEST, REPORTS
from content.understanding.talk import AGAIN, ANGRY, angry, smalltalk, too_little, without_porridge
from content.understanding.warnings import Warnings, only_warns, tells, warnings
from content.understanding.windows import Window, windows
from core.text import clean, fold, typed_words

# Where a danger leads when a channel can only name topics: who helps first comes first.
_HELP = {
    "disaster": ("emergency-relief", "action:officer", "contact"),
    "hunger": ("emergency-relief", "action:officer", "contact"),
    "violence": ("action:officer", "legal-aid", "women-priority"),
    "suicide": ("action:officer", "contact", "medical-costs"),
    "medical": ("action:officer", "contact", "medical-costs"),
}
_SURE_NOT = -9.0
_NOTHING = Reading(ranked=(Guess(NONE, 0.0),), decision=Decision.UNKNOWN, sure=_SURE_NOT)
LIKELIEST = 2 * AT_MOST  # labels that are looked at: of those put first none is named twice
_TELLS = 4  # spaces: in fewer words nothing tells a lure from an order ("không chuyển nữa")
SURE_OF_DANGER = 9.0  # log odds


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """When a reading is sure enough; chances are from 0 to 1. Chosen on examples held back."""

    choose_from: float = 0.45  # the second label this likely beside the first: ask which
    alone_from: float = 0.995  # a whole message this likely about one of its parts' topics is about nothing else
    answer_from: float = 0.4  # the first label less likely than this: ask which of three
    part_from: float = 0.55  # a part of a message this likely about a topic asks about it
    part_sure: float = -1.0  # log odds that a part of a message in scope must have of being in scope itself
    bare_from: float = 0.7  # the same, when its asking words had to be taken away first
    clear_from: float = 0.6  # a label this likely is clear by itself
    after_an_answer: float = -1.0  # log odds of being in scope that are enough there
    near_from: float = 0.25  # a label this likely is offered when a message is declined
    claim_from: float = 0.5  # a claim ("chắc được đúng không") this likely about something names it
    foreign: float = -6.0  # log odds of being in scope below which it is surely about something else ("giá vàng")
    foreign_follows_from: float = 4.0  # log odds of going on for such a one all the same
    own_from: float = 3.0  # log odds of being in scope from which a clear message is surely about its own matter
    own_follows_from: float = 1.0  # log odds of going on for such a one all the same
    untold_from: float = 0.7  # above the cut; honest offers and texts with sums in them stand up to 0.4 above it


class Reader:
    """Reads messages with a model. Built once; reading changes nothing."""

    def __init__(self, model: Model, limits: Limits | None = None) -> None:
        self._model = model
        self._columns = Columns.of(model.columns)
        self._known = sorted(self._columns.known, key=model.columns.__getitem__)
        self._names = [model.columns[place] for place in self._known]
        self._talks = [(place, name) for place, name in enumerate(model.columns) if name in kinds.SMALLTALKS]
        self._topics = frozenset(name for name in self._names if is_topic(name))
        self._limits = limits or Limits()

    def read(self, text: str, *, after: str | None = None) -> Reading:
        """Read one message of any length; `after` is the topic of the turn before it. Never raises."""
        start = clean(meant(text[:LONGEST]))
        view = self._view(*without_particle(fold(without_porridge(start)), typed_words(start)))
        pieces = windows(text)
        said = smalltalk(view.folded)
        # Before anger and fraud: who is in danger may well swear, or have been cheated. Thanks are only thanks.
        if kinds_of_danger := dangers(pieces):
            return _danger(kinds_of_danger, view)
        if said is None and (felt := self._felt(view)):
            return replace(_danger(tuple(felt), view), felt=max(felt.values()))
        warned = warnings(text, pieces)
        topic = after if after in self._topics else None
        if warned.fraud or warned.verdict:
            return _warned(warned, view, topic if topic and self._stays(view, topic) else None)
        return self._talk(text, view, topic, said) or self._lured(text, pieces, view) or self._asked(text, view, topic)

    def _lured(self, text: str, pieces: Sequence[Window], view: "_View") -> Reading | None:
        """A lure that no rule finds, but which sounds like others in the corpus: clearly so where nothing tells it."""
        long = view.folded.count(" ") >= _TELLS and REPORTS.search(view.folded) is None
        cut = self._model.calibration.fraud + (0 if tells(text, pieces) else self._limits.untold_from)
        heard = long and HONEST.search(view.folded) is None and view.decided[self._columns.fraud] >= cut
        if heard and not only_warns(pieces):
            return _warned(Warnings(fraud=True), view, None)
        return None

    def _felt(self, view: "_View") -> dict[str, float]:
        """The dangers that no rule finds, but which it sounds like, and how far above the cut."""
        if nothing_else(view.folded):
            return {}
        told = zip(DANGERS, self._columns.dangers, strict=True)
        over = {kind: float(view.decided[place]) - self._model.calibration.danger for kind, place in told}
        return {kind: far for kind, far in over.items() if far >= 0}

    def _stays(self, view: "_View", topic: str) -> bool:
        """Whether a claim ("chắc được đúng không") is about the topic before it: it names no other one outright."""
        return self._follows(view, topic) or view.sure < 0 or view.known[0].score < self._limits.claim_from

    def _talk(self, text: str, view: "_View", topic: str | None, said: str | None) -> Reading | None:
        """What asks nothing, or None; `said` is the kind of small talk that the whole message is."""
        short = too_little(text, view.folded)
        if short and (said is None or len(view.folded) > len(text.strip())):  # "k" stands for "không": too little
            # "bn" is a whole question, but only after something
            return None if topic and " " in view.folded and asks_on(view.folded) else _NOTHING
        if said is not None:
            # "nói lại đi" is about the answer before it
            return _first(view, Decision.SMALLTALK, (topic if topic and said == AGAIN else NONE,), (said,))
        if angry(text, view.folded, self._asks):
            return _first(view, Decision.SMALLTALK, (NONE,), (ANGRY,))
        return None

    def _asks(self, rest: str) -> bool:
        """Whether what oaths leave of a message is a question about a topic."""
        view = self._view(rest, rest)
        return view.sure >= 0 and (is_topic(view.known[0].label) or asks_on(rest))

    def _asked(self, text: str, view: "_View", topic: str | None) -> Reading:
        """What a message asks, after a topic or after none."""
        if topic is not None and (bare(view.folded) or self._follows(view, topic)):
            return _ranked(view, Decision.ANSWER, (topic,))
        # After an answer about one of our matters, another of ours is likelier than something else.
        if view.sure < (self._limits.after_an_answer if topic is not None else 0):
            return self._declined(view)
        return self._several(text, view) or self._nearest(view)

    def _view(self, folded: str, typed: str) -> "_View":
        decided = self._model.decisions(folded, typed)
        scores = decided[self._known]
        likeliest = scores.max()
        chances = np.exp(self._model.calibration.steepness * (scores - likeliest))
        chances /= chances.sum()
        order = np.argsort(-chances, kind="stable")[:LIKELIEST]  # equal ones by name, as `_known` is
        known = map(Guess, [self._names[place] for place in order.tolist()], chances[order].tolist())
        sure = weighed(self._model.calibration.scope, scope_figures(decided, self._columns, folded))
        return _View(
            folded=folded,
            typed=typed,
            known=tuple(known),
            chances=dict(zip(self._names, chances.tolist(), strict=True)),
            decided=decided,
            sure=sure if folded else _SURE_NOT,
        )

    def _follows(self, view: "_View", after: str) -> bool:
        """Whether a message after that topic goes on about it."""
        figures = follow_figures(view.decided, self._columns, view.folded, after)
        return weighed(self._model.calibration.follow, figures) > self._follows_from(view, after)

    def _follows_from(self, view: "_View", after: str) -> float:
        """How much must speak for it: more where the message is surely about something else, ours or not."""
        if view.sure < self._limits.foreign:
            return self._limits.foreign_follows_from
        best = view.known[0]
        clear = view.sure >= self._limits.own_from and best.score >= self._limits.clear_from
        # "thế mới thoát nghèo thì sao" asks about the matter before, whatever it names besides.
        own = clear and best.label != after and (matter(view.folded) or not asks_on(view.folded))
        return self._limits.own_follows_from if own else 0.0

    def _several(self, text: str, view: "_View") -> Reading | None:
        """The topics of a message that asks about more than one, or None."""
        if self._alone(view):
            return None
        found: list[str] = []
        parts = segments(text[:LONGEST])
        for segment in parts if len(parts) > 1 else []:
            best = self._part(segment)
            if best is not None and is_topic(best) and best not in found:
                found.append(best)
        if len(found) < 2 or self._one_matter(view, found):
            return None
        told = found[:3]  # answered in the order in which they were asked, the likeliest ranked first
        return _first(
            view, Decision.SEVERAL, tuple(sorted(told, key=view.chances.__getitem__, reverse=True)), tuple(told)
        )

    def _one_matter(self, view: "_View", found: Sequence[str]) -> bool:
        """Whether the parts only share out one matter: "vay vốn nước sạch và vệ sinh"."""
        best = view.known[0]
        return best.label not in found and is_topic(best.label) and best.score >= self._limits.part_from

    def _alone(self, view: "_View") -> bool:
        """Whether a message is so likely about one topic that its parts ask nothing else."""
        best, second = view.known[:2]
        sure = best.score >= self._limits.alone_from and second.score < 1 - self._limits.alone_from
        return sure and is_topic(best.label)

    def _part(self, segment: str) -> str | None:
        """What one part of a message asks about by itself, or None."""
        for words, least in ((segment, self._limits.part_from), (matter(segment), self._limits.bare_from)):
            part = self._view(words, words)
            if part.sure >= self._limits.part_sure and part.known[0].score >= least and part.goes_on(self._columns) < 0:
                return part.known[0].label
        return None

    def _nearest(self, view: "_View") -> Reading:
        best, *rest = view.known
        near = [guess.label for guess in rest[:2] if guess.score >= self._limits.choose_from * best.score]
        lost = view.goes_on(self._columns) > 0 and best.score < self._limits.clear_from  # "cần giấy gì", no turn before
        if lost or best.score < self._limits.answer_from:
            near = [guess.label for guess in rest[:2]]
        if near:
            return _ranked(view, Decision.CHOOSE, (best.label, *near))
        return _ranked(view, Decision.ANSWER if is_topic(best.label) else Decision.ACTION, (best.label,))

    def _declined(self, view: "_View") -> Reading:
        nearest = tuple(guess.label for guess in view.known[:2] if guess.score >= self._limits.near_from)
        none, talk = view.decided[self._columns.none], view.decided[self._columns.smalltalk]
        if talk > max(none, 0):
            kind = max(self._talks, key=lambda one: (float(view.decided[one[0]]), one[1]))[1]
            return _first(view, Decision.SMALLTALK, (NONE,), (kind.removeprefix(kinds.SMALLTALK),))
        outside = none > max(view.decided[self._known].max(), view.decided[self._columns.unclear])
        return _first(view, Decision.OUT_OF_SCOPE if outside else Decision.UNKNOWN, (NONE,), nearest)


@dataclass(frozen=True, slots=True, kw_only=True)
class _View:
    """A text as the model sees it."""

    folded: str
    typed: str
    known: tuple[Guess, ...]  # the likeliest topics and actions, the likeliest first; the score is a chance
    chances: Mapping[str, float]  # of every topic and action
    decided: Floats  # of every column
    sure: float  # log odds of being in scope

    def goes_on(self, columns: Columns) -> float:
        """How much speaks for a message that makes sense only after another one."""
        return float(self.decided[columns.goes_on])


def _danger(found: tuple[str, ...], view: _View) -> Reading:
    help_first = tuple(dict.fromkeys(label for kind in found for label in _HELP[kind]))[: AT_MOST - 1]
    return replace(_first(view, Decision.DANGER, help_first, found), sure=max(view.sure, SURE_OF_DANGER))


def _warned(warned: Warnings, view: _View, before: str | None) -> Reading:
    topics = tuple(guess.label for guess in view.known if is_topic(guess.label))
    about = topics[:1] if view.sure >= 0 else ()
    if before is not None:
        about = (before,)
    labels = (PAID, *about) if warned.paid else about
    decision = Decision.FRAUD if warned.fraud else Decision.CAUTION
    return _first(view, decision, (NONE,) if warned.advertised or not about else about, labels)


def _ranked(view: _View, decision: Decision, labels: tuple[str, ...]) -> Reading:
    return _first(view, decision, labels, labels)


def _first(view: _View, decision: Decision, first: tuple[str, ...], labels: tuple[str, ...]) -> Reading:
    """A reading with some labels put before the others, which follow by their chance."""
    ahead = tuple(Guess(label, view.chances.get(label, 0.0)) for label in first)
    rest = tuple(guess for guess in view.known if guess.label not in first)
    return Reading(ranked=(ahead + rest)[:AT_MOST], decision=decision, labels=labels, sure=view.sure)
