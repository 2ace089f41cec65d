"""A question as a line of a list."""

from dataclasses import dataclass, field

from core.console_storage import QuestionLine
from core.questions import Question, QuestionKind, spoken_code
from web.console.states import Mark, due_text, mark_of
from web.console.visit import Visit

WORDS = 120  # characters of a citizen's words in a list


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """What a list shows of a question."""

    href: str
    code: str
    words: str = field(repr=False)
    place: str
    office: str
    holder: str
    due: str
    mark: Mark
    urgent: bool
    kind: str = ""  # what they want of the office; empty for a question


def line_of(visit: Visit, one: QuestionLine) -> Line:
    """The line of a question."""
    question, words = one.question, visit.words
    said = " ".join(one.words.split())
    return Line(
        href=f"/console/questions/{question.id}",
        code=spoken_code(question.code),
        words=f"{said[:WORDS]}…" if len(said) > WORDS else said or words.text("console.question.wordless"),
        place=place_name(visit, question.locality),
        office=office_name(visit, question.locality, question.office),
        holder=one.holder or "",
        due=due_text(question, now=visit.now, words=words),
        mark=mark_of(question, held=one.holder is not None, now=visit.now, words=words),
        urgent=question.urgent,
        kind=kind_name(visit, question),
    )


def kind_name(visit: Visit, question: Question) -> str:
    """What somebody wants of the office, in a word; empty where it is a question as most are."""
    asks = question.kind is QuestionKind.QUESTION
    return "" if asks else visit.words.text(f"console.question.kind.{question.kind}")


def place_name(visit: Visit, locality: str | None) -> str:
    """A place as officers call it; the id of one that no pack holds any more."""
    return visit.site.localities.get(locality or "", locality or visit.words.text("console.nowhere"))


def office_name(visit: Visit, locality: str | None, office: str | None, *, lang: str = "") -> str:
    """An office by its name, in the page's language unless another is said; empty where none was said."""
    place = visit.console.content.localities.get(locality or "")
    there = {one.id: one.name.get(lang or visit.words.lang) for one in place.offices} if place else {}
    return there.get(office or "", office or "")
