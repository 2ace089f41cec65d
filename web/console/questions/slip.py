"""A question's answer on a slip of paper: looked at, made, printed, as PDF, and taken back."""

from dataclasses import dataclass, field

from starlette.responses import Response

from content import formatting
from content.wording import LANGUAGES, wording
from core.papers import FileKind, Paper, Part
from core.questions import Author, QuestionState, spoken_code
from core.slips import Slip, hidden, telephones
from handlers import slips
from web.bubbles import VIET_NAM
from web.console.entering.qr import square_code
from web.console.lines import office_name
from web.console.questions.acting import act_of, done_or_again, question_of
from web.console.questions.thread import page_of
from web.console.visit import Visit

SLIP = "/console/questions/{id}/slip"


@dataclass(frozen=True, slots=True, kw_only=True)
class Printed:
    """What stands on a slip: always in Vietnamese, for it is handed to a citizen."""

    title: str
    desk: str
    topic: str
    text: str = field(repr=False)
    source: str
    code: str = field(repr=False)
    how: tuple[str, ...]
    address: str = field(repr=False)  # with the code, for the square


async def show_slip(visit: Visit) -> Response:
    """GET …/slip: as it is printed; where there is none yet, the answer as it would stand there."""
    question = question_of(visit)
    async with visit.site.storage.read() as uow:
        slip = await uow.slips.newest(question.id, visit.now)
    answers = [one for one in question.thread if one.author is Author.OFFICER]
    gone = question.contact_id is None or question.state is QuestionState.WITHDRAWN
    printed = printed_of(visit, slip) if slip is not None else None
    answer = answers[-1].text if answers and not gone else ""
    own = slips.offices(visit.console.content, question.locality)
    return visit.page(
        "slip.html",
        code=spoken_code(question.code),
        question=question,
        back=page_of(question),
        href=f"{page_of(question)}/slip",
        answer=answer,
        numbers=[hidden(one) for one in telephones(answer, own)],
        printed=printed,
        square=square_code(printed.address, visit.words.text("console.slip.square")) if printed else "",
    )


def printed_of(visit: Visit, slip: Slip) -> Printed:
    """The slip in words."""
    words, content = wording(LANGUAGES[0]), visit.console.content
    day = slip.answered_at.astimezone(VIET_NAM).date()
    place = slip.locality if slip.locality in content.localities else None
    topic = content.topics.get(slip.topic or "")
    root = visit.site.public_url.rstrip("/")
    page = f"{root}/{place}/phieu" if place else root
    until = formatting.date_text(slip.last_day, LANGUAGES[0])
    desk = office_name(visit, slip.locality, slip.office, lang=LANGUAGES[0])
    return Printed(
        title=words.text("slip.title"),
        desk=desk or content.committee(locality=place, on=day),
        topic=topic.title.vi if topic else "",
        text=slips.shown(content, slip),
        source=words.text("answer.source", day=formatting.date_text(day, LANGUAGES[0])),
        code=spoken_code(slip.code),
        how=(
            words.text("slip.how", page=page.removeprefix("https://").removeprefix("http://")),
            words.text("slip.until", day=until),
        ),
        address=f"{page}?ma={slip.code}" if place else root,
    )


async def post_slip(visit: Visit) -> Response:
    """POST …/slip: a new code for the answer; or none opens it any more."""
    storage, page = visit.site.storage, f"{page_of(question_of(visit))}/slip"
    if visit.form.get("do") == "withdraw":
        done = slips.withdraw(storage, act_of(visit))
        return await done_or_again(visit, done, form="slip", done="slip-withdrawn", to=page)
    made = slips.make(storage, visit.console.gate.chance, act_of(visit), numbers=visit.form.get("numbers") == "1")
    return await done_or_again(visit, made, form="slip", done="slip-made", to=page)


async def show_pdf(visit: Visit) -> Response:
    """GET …/slip.pdf: the same as a file. To the page where there is no slip."""
    question = question_of(visit)
    async with visit.site.storage.read() as uow:
        slip = await uow.slips.newest(question.id, visit.now)
    if slip is None:
        return visit.go(f"{page_of(question)}/slip")
    one = printed_of(visit, slip)
    words = wording(LANGUAGES[0])
    paper = Paper(
        title=one.title.upper(),
        subtitle=one.topic,
        parts=(
            Part(title=one.desk, lines=tuple(line for line in one.text.split("\n") if line.strip())),
            Part(title=words.text("slip.again"), lines=(words.text("slip.code", code=one.code), *one.how)),
        ),
        footer=one.source,
    )
    (made,) = await visit.console.papers.paper(paper, f"phieu-{question.code.lower()}", [FileKind.PDF])
    headers = {"Content-Disposition": f'attachment; filename="{made.name}"', "Cache-Control": "no-store"}
    return Response(made.content, media_type=made.media_type, headers=headers)
