"""The first understanding: likeness to examples, with rules for danger, fraud and promises in front of it.

How a message is read, in this order: danger (`danger.py`), fraud and the wish for a verdict (`warnings.py`), a
follow-up to the turn before, several questions in one message, then the nearest label, unless the message is out of
scope (`scope.py`) or two labels are about equally near. The figures in `Limits` were chosen on examples of our own
that were held back, whole situations at a time; docs/understanding.md has the curves and says how to find them again.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from content.understanding import corpus as kinds
from content.understanding.corpus import Corpus
from content.understanding.danger import dangers
from content.understanding.features import LONGEST, features, folded_features
from content.understanding.followup import asks_on, bare, matter
from content.understanding.index import Index
from content.understanding.reading import AT_MOST, DANGERS, NONE, PAID, Decision, Guess, Reading, is_topic
from content.understanding.scope import Scope
from content.understanding.segments import segments
from content.understanding.talk import AGAIN, ANGRY, angry, smalltalk, too_little, without_porridge
from content.understanding.warnings import Warnings, warnings
from core.text import fold

_SMALLTALK = "smalltalk"  # one label beside the topics; which kind it is, is asked after
_OUTSIDE = frozenset({NONE, _SMALLTALK})
_HELPERS = frozenset({kinds.FOLLOWUP, kinds.FRAUD, kinds.CAUTION, *(f"danger:{kind}" for kind in DANGERS)})
_NO_ANSWER = _OUTSIDE | _HELPERS
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
SURE_OF_DANGER = 9.0  # log odds
_SMALLTALK_FROM = 0.3  # a word or two shared by chance stays below
_GOES_ON = re.compile(r"(?:the|con|vay|rua|dzay|roi|a|u|nhung|neu)\b")


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """When a reading is sure enough. Shares are of the best score."""

    choose_within: float = 0.10  # the second label this near to the best: ask which
    several_from: float = 0.5  # a part of a message this near to a topic asks about it
    bare_from: float = 0.7  # the same, when its asking words had to be taken away first
    asks_itself: float = 0.5  # a part this near to the follow-up examples, as a share, only adds to the rest
    follow_words: int = 9  # longer messages stand by themselves
    stays_by: float = 0.2  # another topic must be nearer than the topic before by this much
    opening: float = 0.1  # and by this much more where the message opens with "thế", "còn", "rồi"
    leaves_for_other: float = 0.45  # small talk and other matters must be this near to end a topic
    named_from: float = 0.5  # what is left of a follow-up without its asking words: this near, it names a topic
    named_by: float = 0.2  # and nearer than the topic before by this much


class NgramUnderstanding:
    """Reads messages by their likeness to examples. Built once; reading changes nothing."""

    def __init__(self, examples: Iterable[tuple[str, frozenset[str]]], limits: Limits | None = None) -> None:
        told = list(examples)
        kept = [(plain(label), found) for label, found in told]
        self._talks = Index((label, found) for label, found in told if label in kinds.SMALLTALKS)
        self._index = Index(kept)
        self._scope = Scope(
            (found for label, found in kept if label not in _OUTSIDE | _HELPERS),
            (found for label, found in kept if label == NONE),
        )
        self._limits = limits or Limits()
        self._topics = frozenset(label for label, _ in kept if is_topic(label) and label not in _OUTSIDE | _HELPERS)

    def read(self, text: str, *, after: str | None = None) -> Reading:
        """Read one message of any length; `after` is the topic of the turn before it. Never raises."""
        view = self._view(fold(without_porridge(text[:LONGEST])))
        kinds_of_danger = dangers(text)
        if kinds_of_danger:
            return _danger(kinds_of_danger, view)
        warned = warnings(text)
        topic = after if after in self._topics else None
        if warned.fraud or warned.verdict:
            return _warned(warned, view, topic if topic and self._stays(view, topic) else None)
        return self._talk(text, view, topic) or self._asked(text, view, topic)

    def _stays(self, view: "_View", topic: str) -> bool:
        """Whether a claim ("chắc được đúng không") is about the topic before it: it names no other one outright."""
        return self._follows(view, topic) or not view.known or view.known[0].score < self._limits.named_from

    def _talk(self, text: str, view: "_View", topic: str | None) -> Reading | None:
        """What asks nothing, or None."""
        said, short = smalltalk(view.folded), too_little(text, view.folded)
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
        view = self._view(rest)
        return view.sure >= 0 and (is_topic(view.known[0].label) or asks_on(rest))

    def _asked(self, text: str, view: "_View", topic: str | None) -> Reading:
        """What a message asks, after a topic or after none."""
        if topic is not None and bare(view.folded):
            return _ranked(view, Decision.ANSWER, (topic,))
        if topic is not None and asks_on(view.folded):
            named = self._named(view, topic)
            if named is not None:
                return self._nearest(named)
            if self._follows(view, topic):
                return _ranked(view, Decision.ANSWER, (topic,))
        if view.sure < 0:
            return self._declined(view)
        return self._several(text, view) or self._nearest(view)

    def _named(self, view: "_View", after: str) -> "_View | None":
        """Another topic that a short follow-up names ("còn sách vở thì sao"), or None."""
        rest = matter(view.folded)
        if not rest or view.folded.count(" ") >= self._limits.follow_words:
            return None
        named = self._view(rest)
        if not named.known or named.sure < 0 or named.known[0].label == after:
            return None
        best = named.known[0].score
        if best < self._limits.named_from or best < named.scores.get(after, 0.0) + self._limits.named_by:
            return None
        return named

    def _view(self, folded: str) -> "_View":
        found = folded_features(folded)
        scores = self._index.scores(found)
        known = [Guess(label, score) for label, score in scores.items() if label not in _NO_ANSWER]
        known.sort(key=lambda guess: (-guess.score, guess.label))
        other = max(scores.get(label, 0.0) for label in _OUTSIDE)
        best = known[0].score if known else 0.0
        sure = self._scope.sure(best=best, other=other, found=found) if known else _SURE_NOT
        return _View(folded=folded, known=tuple(known), scores=scores, sure=sure)

    def _follows(self, view: "_View", after: str) -> bool:
        """Whether a message after that topic goes on about it: it is short, and nothing else is clearly meant."""
        limits = self._limits
        if view.folded.count(" ") >= limits.follow_words or not asks_on(view.folded):
            return False
        scores = view.scores
        follow = max(scores.get(kinds.FOLLOWUP, 0.0), scores.get(after, 0.0))
        opening = limits.opening if _GOES_ON.match(view.folded) else 0.0
        outside = max(scores.get(label, 0.0) for label in _OUTSIDE)
        other = max((guess.score for guess in view.known if guess.label != after), default=0.0)
        if outside > max(limits.leaves_for_other, follow + limits.opening, other):
            return False
        return other < follow + limits.stays_by + opening

    def _several(self, text: str, view: "_View") -> Reading | None:
        """The topics of a message that asks about more than one, or None."""
        found: list[str] = []
        parts = segments(text[:LONGEST])
        for segment in parts if len(parts) > 1 else []:
            best = self._part(segment)
            if best is not None and is_topic(best.label) and best.label not in found:
                found.append(best.label)
        if len(found) < 2 or self._one_matter(view, found):
            return None
        found.sort(key=lambda label: (-view.scores.get(label, 0.0), label))
        return _ranked(view, Decision.SEVERAL, tuple(found[:3]))

    def _one_matter(self, view: "_View", found: Sequence[str]) -> bool:
        """Whether the parts only share out one matter: "vay vốn nước sạch và vệ sinh"."""
        best = view.known[0]
        rest = max(view.scores.get(label, 0.0) for label in found)
        return best.label not in found and is_topic(best.label) and best.score > rest + self._limits.choose_within / 2

    def _part(self, segment: str) -> Guess | None:
        """What one part of a message asks about by itself, or None."""
        limits = self._limits
        for words, least in ((segment, limits.several_from), (matter(segment), limits.bare_from)):
            part = self._view(words)
            if not part.known or part.sure < 0 or part.known[0].score < least:
                continue
            if part.scores.get(kinds.FOLLOWUP, 0.0) <= limits.asks_itself * part.known[0].score:
                return part.known[0]
        return None

    def _nearest(self, view: "_View") -> Reading:
        best = view.known[0]
        near = [
            guess.label
            for guess in view.known[1:3]
            if best.score - guess.score < self._limits.choose_within * best.score
        ]
        if view.scores.get(kinds.FOLLOWUP, 0.0) > best.score:  # "cần giấy gì", and no turn before it
            near = [guess.label for guess in view.known[1:3]]
        if near:
            return _ranked(view, Decision.CHOOSE, (best.label, *near))
        return _ranked(view, Decision.ANSWER if is_topic(best.label) else Decision.ACTION, (best.label,))

    def _declined(self, view: "_View") -> Reading:
        nearest = tuple(guess.label for guess in view.known[:2])
        near, other = view.scores.get(_SMALLTALK, 0.0), view.scores.get(NONE, 0.0)
        if near > max(other, _SMALLTALK_FROM):
            talks = self._talks.scores(folded_features(view.folded))
            kind = max((score, label) for label, score in talks.items())[1]
            return _first(view, Decision.SMALLTALK, (NONE,), (kind.removeprefix(kinds.SMALLTALK),))
        best = view.known[0].score if view.known else 0.0
        return _first(view, Decision.OUT_OF_SCOPE if other > best else Decision.UNKNOWN, (NONE,), nearest)


@dataclass(frozen=True, slots=True, kw_only=True)
class _View:
    """A folded text beside the examples."""

    folded: str
    known: tuple[Guess, ...]  # topics and actions, best first
    scores: Mapping[str, float]  # of every label
    sure: float  # log odds of being in scope


def plain(label: str) -> str:
    """The label under which an example is indexed: all small talk is one beside the topics."""
    return _SMALLTALK if label in kinds.SMALLTALKS else label


def build(corpus: Corpus, texts: Mapping[str, Sequence[str]] | None = None) -> NgramUnderstanding:
    """An understanding from utterances and from the titles and card texts of each label.

    The same input gives the same readings. Takes about 0.2 s for 1,500 utterances.
    """
    said = [(utterance.label, folded_features(utterance.folded)) for utterance in corpus]
    told = [(label, features(text)) for label in sorted(texts or {}) for text in (texts or {})[label]]
    return NgramUnderstanding((label, found) for label, found in said + told if found)


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
    if warned.advertised or not topics:
        return _first(view, decision, (NONE,), labels)
    return _first(view, decision, about or topics[:1], labels)


def _ranked(view: _View, decision: Decision, labels: tuple[str, ...]) -> Reading:
    return _first(view, decision, labels, labels)


def _first(view: _View, decision: Decision, first: tuple[str, ...], labels: tuple[str, ...]) -> Reading:
    """A reading with some labels put before the others, which follow by score."""
    ahead = tuple(Guess(label, view.scores.get(label, 0.0)) for label in first)
    rest = tuple(guess for guess in view.known if guess.label not in first)
    return Reading(ranked=(ahead + rest)[:AT_MOST], decision=decision, labels=labels, sure=view.sure)
