"""What an officer may begin an answer with: what the cards say, each with its source, and ready sentences.

All of it is in Vietnamese, whatever the language of the pages: it is said to citizens.
"""

import re
from dataclasses import dataclass, field

from content.understanding import Decision
from content.understanding.reading import is_topic
from content.voice import TextKind, check_text
from content.wording import LANGUAGES, Wording, wording
from core.questions import Author, Question
from handlers.answers import MAX_ANSWER
from handlers.context import LOCAL
from handlers.danger import KINDS
from web.console.lines import office_name
from web.console.visit import Visit

MOST = 3  # cards
READY = ("papers", "come", "passed", "decides")
URGENT_READY = ("here", "where", "call")  # papers and documents help nobody in danger
_HOTLINE = re.compile(r"\b11\d\b")
LONGEST_READ = 2_000  # characters of a citizen's words that the understanding looks at


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggestion:
    """A text that can be put into the answer, as it would stand there."""

    key: str  # what its button sends: "card:housing", "part:housing:bring", "ready:come"
    title: str
    text: str = field(repr=False)


def cards(visit: Visit, question: Question) -> list[Suggestion]:
    """What Chung Tay would answer to the newest words, at most three; the question's own topic first.

    What the place itself has answered about a topic stands behind its card. Nobody in danger is answered with a card.
    """
    if question.urgent:
        return []
    content, today = visit.console.content, visit.now.astimezone(LOCAL).date()
    locality = question.locality if question.locality in content.localities else None
    said = [one.text for one in question.thread if one.author is Author.CITIZEN and one.text.strip()]
    read = visit.console.understanding.read(said[-1][:LONGEST_READ]).ranked if said else ()
    topics = dict.fromkeys([question.topic or "", *(guess.label for guess in read if is_topic(guess.label))])
    found = []
    for topic in topics:
        card = content.card(topic, locality=locality, on=today) if topic in content.topics else None
        if card is not None:
            found.append(Suggestion(key=f"card:{topic}", title=card.title, text=f"{card.short}\n{card.source}"))
        own = content.local_answer(topic, locality=locality, on=today) if topic in content.topics else None
        if own is not None:
            title = f"{own.title}: {content.topics[topic].title.get(LANGUAGES[0])}"
            found.append(Suggestion(key=f"card:{topic}:own", title=title, text=f"{own.text}\n{own.source}"))
    return found[:MOST]


def paragraphs(visit: Visit, question: Question) -> list[Suggestion]:
    """The single parts and details of the card of the question's topic, each with its own document, article and date.

    Where the topic is none of ours, of the card that the words suggest first.
    """
    content, today = visit.console.content, visit.now.astimezone(LOCAL).date()
    locality = question.locality if question.locality in content.localities else None
    first = next((one.key.split(":")[1] for one in cards(visit, question)), None)
    card = content.card(first, locality=locality, on=today) if first else None
    if card is None:
        return []
    parts = [(name, part) for name, part in card.sections.items() if part.source]
    details = [(str(number), part) for number, part in enumerate(card.details) if part.source]
    return [
        Suggestion(
            key=f"part:{card.topic}:{name}", title=f"{card.title}: {part.title}", text=f"{part.text}\n{part.source}"
        )
        for name, part in (*parts, *details)
    ]


def ready(visit: Visit, question: Question) -> list[Suggestion]:
    """Ready sentences, with the document that the topic's card rests on."""
    content, today = visit.console.content, visit.now.astimezone(LOCAL).date()
    locality = question.locality if question.locality in content.localities else None
    committee = content.committee(locality=locality, on=today)
    topic = question.topic if question.topic in content.topics else None
    card = content.card(topic, locality=locality, on=today) if topic else None
    source = f"\n{card.source}" if card is not None and not question.urgent else ""
    return [
        Suggestion(
            key=f"ready:{name}",
            title=visit.words.text(f"console.ready.{name}.title"),
            text=wording(LANGUAGES[0]).text(f"console.ready.{name}", committee=committee) + source,
        )
        for name in (URGENT_READY if question.urgent else READY)
    ]


def told_numbers(visit: Visit, question: Question) -> str:
    """Which numbers the machine gave to somebody in danger; all that it ever gives where the words do not say."""
    said = next((one.text for one in question.thread if one.author is Author.CITIZEN and one.text.strip()), "")
    read = visit.console.understanding.read(said[:LONGEST_READ])
    kind = next((one for one in KINDS if one in read.labels), "") if read.decision is Decision.DANGER else ""
    text = wording(LANGUAGES[0]).text(f"danger.{kind}" if kind else "danger.numbers")
    return ", ".join(dict.fromkeys(_HOTLINE.findall(text)))


def opening(visit: Visit, question: Question) -> str:
    """How an officer's answer begins (voice O8)."""
    office = office_name(visit, question.locality, question.office, lang=LANGUAGES[0])
    if not office:
        today = visit.now.astimezone(LOCAL).date()
        known = question.locality if question.locality in visit.console.content.localities else None
        office = visit.console.content.committee(locality=known, on=today)
    return wording(LANGUAGES[0]).text("console.answer.opening", office=office)


def offered(visit: Visit, question: Question) -> list[Suggestion]:
    """All that a button can put into the answer."""
    return [*cards(visit, question), *paragraphs(visit, question), *ready(visit, question)]


def put_in(visit: Visit, question: Question, typed: str, key: str) -> str:
    """What was typed, with a suggestion behind it; the opening in front where nothing was typed yet."""
    chosen = next((one for one in offered(visit, question) if one.key == key), None)
    before = typed.rstrip() or ("" if question.urgent else opening(visit, question))
    return f"{before}\n{chosen.text}".lstrip() if chosen is not None else typed


def advice(visit: Visit, text: str, *, urgent: bool = False) -> list[str]:
    """What to look at before an answer leaves (voice O8). It advises, and changes nothing."""
    words = visit.words
    said = [words.text("console.advice.first"), words.text("console.advice.source"), words.text("console.advice.next")]
    said = [] if urgent else said  # nobody in danger asked for a document
    said += readability(words, text)
    if len(text) > MAX_ANSWER:
        said.append(words.text("console.answer.long", over=len(text) - MAX_ANSWER, most=MAX_ANSWER))
    return said


def readability(words: Wording, text: str) -> list[str]:
    """What makes a Vietnamese text hard to read, by the rules that our own texts keep."""
    said = []
    found = check_text(text, TextKind.SENTENCE)
    closed = sorted({one.what.split('"')[1] for one in found if one.rule == "W4"})
    if closed:
        said.append(words.text("console.advice.closed", words=", ".join(closed)))
    never = sorted({one.what.split('"')[1] for one in found if one.rule in ("W1", "W2", "W3")})
    if never:
        said.append(words.text("console.advice.never", words=", ".join(never)))
    long = [one for one in found if one.rule == "A3"]
    if long:
        said.append(words.text("console.advice.long", count=len(long)))
    return said
