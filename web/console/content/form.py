"""The forms in which an officer proposes how an office is told, or what the place answers about a topic."""

from dataclasses import dataclass, field
from urllib.parse import urlencode

from starlette.responses import Response

from content.local import FIELDS
from content.local_reading import DAYS, MOST, Wrong, read, read_hamlet
from content.voice import TextKind, check_text
from core.errors import NotAllowedError, NotFoundError, StaleError
from core.local_content import Change, ChangeState, Fields, Kind, Place
from core.officers import Right
from core.private import private
from core.questions import Author, Question
from handlers import local_content
from handlers.local_content import Doing
from web.bubbles import time_text
from web.console.access import access_question
from web.console.content.access import access_place, may
from web.console.content.hamlets import known_here, spelt
from web.console.content.words import (
    PAGE,
    Told,
    as_told,
    changes,
    form_of,
    line_of,
    name_of,
    shown,
    today_of,
    topic_of,
)
from web.console.days import no_such_day
from web.console.kept import kept, settle
from web.console.lines import place_name
from web.console.questions.suggestions import opening, readability
from web.console.visit import Visit

TYPED = tuple(dict.fromkeys(name for names in FIELDS.values() for name in names))
KINDS = {one.value: one for one in Kind}
LONG = ("answer_vi", "answer_en")
READ = ("name_vi", "address_vi", "hours_vi", "question", "answer_vi")  # fields that are read by Vietnamese readers


@dataclass(frozen=True, slots=True, kw_only=True)
class FormPage:
    """What stands in the form besides the thing itself."""

    typed: Fields = field(repr=False)
    wrong: tuple[tuple[str, str], ...] = ()  # field and what is wrong with it
    clash: str = ""
    status: int = 200
    read: Fields | None = field(default=None, repr=False)  # what was typed, read, where it is looked at
    at: str = ""  # when it was typed, where a session ended since


def about_of(visit: Visit) -> Place:
    """The thing that the address names. Raises NotFoundError where there is none."""
    params, kind = visit.request.path_params, visit.request.url.path.rsplit("/", 2)[1]
    about = Place(locality=params["place"], kind=KINDS[kind], subject=params["subject"])
    if not visit.console.content.packed.knows(about):
        raise NotFoundError("no such thing", where=about.subject[:80])
    return about


async def show_form(visit: Visit) -> Response:
    """GET …/office/{id} or …/answer/{topic}, `?from=` a change that is proposed again, `?question=` one answered."""
    await access_place(visit, visit.request.path_params["place"])
    about = about_of(visit)
    await _demand_form(visit, about)
    typed = await kept(visit, form_of(about))
    if typed.fields:
        time = time_text(typed.at, now=visit.now, words=visit.words) if typed.at else ""
        return await form_page(visit, about, FormPage(typed=typed.fields, at=time))
    return await form_page(visit, about, FormPage(typed=await _begun(visit, about)))


async def _demand_form(visit: Visit, about: Place) -> None:
    """Raises NotAllowedError where this officer could propose nothing about it, NotFoundError for an unknown hamlet."""
    place = visit.console.content.localities[about.locality]
    if not any(may(visit, Right.WRITE_CONTENT, about, office) for office in ("", *(one.id for one in place.offices))):
        raise NotAllowedError("may not change it", where=about.subject)
    if about.kind is Kind.HAMLET and not await known_here(visit, about):
        raise NotFoundError("nobody names such a hamlet", where=about.subject[:80])


async def _begun(visit: Visit, about: Place) -> Fields:
    """What the form begins with: a change or a question that the address names, else what is told now."""
    query = visit.request.query_params
    if (number := query.get("from", "")).isdecimal() and len(number) < 19:
        async with visit.site.storage.read() as uow:
            found = await uow.local.get(int(number))
        if found is not None and found.about == about:
            return found.after
    if about.kind is Kind.ANSWER and (number := query.get("question", "")).isdecimal() and len(number) < 19:
        question = await access_question(visit, int(number), Right.READ_QUESTIONS)
        return answered(visit, question)
    async with visit.site.storage.read() as uow:
        standing = await uow.local.standing(about)
    told_now = local_content.packed_fields(visit.console.content, about, standing)
    if about.kind is Kind.HAMLET and not told_now:
        return {"hamlet": spelt(visit, about, query.get("hamlet", ""))}
    return told_now


def answered(visit: Visit, question: Question) -> Fields:
    """What an officer answered last, without the opening; nothing of what the citizen wrote goes along."""
    said = [one.text for one in question.thread if one.author is Author.OFFICER]
    text = said[-1].removeprefix(opening(visit, question)).strip() if said else ""
    return {"answer_vi": text, "office": question.office or ""}


async def post_form(visit: Visit) -> Response:
    """POST …/office/{id} or …/answer/{topic}: looked at, or proposed; or what stands is proposed to be taken away."""
    await access_place(visit, visit.request.path_params["place"])
    about, content = about_of(visit), visit.console.content
    await _demand_form(visit, about)
    typed = {name: visit.form.get(name).replace("\r\n", "\n") for name in FIELDS[about.kind]}
    async with visit.site.storage.read() as uow:
        standing = await uow.local.standing(about)
    before = local_content.packed_fields(content, about, standing)
    if visit.form.get("do") == "take-away":
        return await _propose(visit, about, {}, typed)
    place = content.localities[about.locality]
    if about.kind is Kind.HAMLET:
        reading = read_hamlet(about, typed, place=place, before=before)
    else:
        reading = read(about.kind, typed, place=place, before=before, today=today_of(visit))
    look = visit.form.get("do") == "look"
    if reading.wrong and not (look and reading.wrong[0].kind == "same"):
        wrong = tuple((one.at, _sentence(visit, one, typed.get(one.at, ""))) for one in reading.wrong)
        return await form_page(visit, about, FormPage(typed=typed, wrong=wrong, status=422))
    if look:
        return await form_page(visit, about, FormPage(typed=typed, read=reading.fields))
    return await _propose(visit, about, reading.fields, typed)


def _sentence(visit: Visit, wrong: Wrong, typed: str) -> str:
    """What is wrong with a field, and how to mend it."""
    values: dict[str, object] = {"over": wrong.number, "most": MOST.get(wrong.at, 0)} if wrong.kind == "long" else {}
    if wrong.at:
        values["field"] = visit.words.text(f"console.content.field.{wrong.at}")
    name = f"console.content.wrong.{wrong.kind}"
    if wrong.kind == "day" and (none := no_such_day(visit, typed)):
        return visit.words.text("console.content.wrong.no-day", field=values["field"], why=none)
    return visit.words.text(name, **{key: one for key, one in values.items() if key in visit.words.places(name)})


async def _propose(visit: Visit, about: Place, after: Fields, typed: Fields) -> Response:
    doing = Doing(officer=visit.officer.name, now=visit.now, once=visit.once)
    saw = visit.form.get("seen")
    try:
        number = await local_content.propose(visit.site.storage, visit.console.content, about, after, doing, saw=saw)
    except StaleError:
        return await form_page(visit, about, FormPage(typed=typed, clash=await _clash(visit, about), status=409))
    await settle(visit, form_of(about), TYPED, sent=())
    async with visit.site.storage.write() as uow:
        await uow.forms.drop(visit.officer.id, form_of(about))
        await uow.commit()
    if number is None:
        return visit.go(PAGE, done="content-proposed", at=about.locality)
    return visit.go(f"{PAGE}/changes/{number}", done="content-proposed")


async def _clash(visit: Visit, about: Place) -> str:
    """Who was quicker, and when."""
    async with visit.site.storage.read() as uow:
        last = next(iter(await uow.local.history(about)), None)
    if last is None:
        return visit.words.text("console.content.clash.packs")
    time = time_text(last.proposed_at, now=visit.now, words=visit.words)
    return visit.words.text("console.content.clash", officer=last.proposed_by, time=time)


async def form_page(visit: Visit, about: Place, shows: FormPage) -> Response:
    """The page of the form."""
    content, words = visit.console.content, visit.words
    async with visit.site.storage.read() as uow:
        standing = await uow.local.standing(about)
        history = await uow.local.history(about)
    waiting = next((one for one in standing if one.state is ChangeState.PROPOSED), None)
    told_now = local_content.packed_fields(content, about, standing)
    own = next((one for one in standing if one.state is ChangeState.IN_FORCE), None)
    place = content.localities[about.locality]
    fields = {name: shown(visit, about, name, text) if name in DAYS else text for name, text in shows.typed.items()}
    wrong = dict(shows.wrong)
    return visit.page(
        "content-form.html",
        status=shows.status,
        about=about,
        title=name_of(visit, about, {**told_now, "hamlet": spelt(visit, about, shows.typed.get("hamlet", ""))}),
        listed=place.hamlet(about.subject) is not None,
        heading_place=place_name(visit, about.locality),
        action=form_of(about),
        back=topic_of(about.locality, about.subject) if about.kind is Kind.ANSWER else f"{PAGE}?at={about.locality}",
        fields=fields,
        wrong=wrong,
        wrongs=shows.wrong,
        clash=shows.clash,
        differs=changes(visit, about, told_now, shows.read or shows.typed) if shows.clash or shows.read else [],
        typed_at=shows.at,
        seen=local_content.seen(content, about, standing),
        waiting=line_of(visit, waiting) if waiting else None,
        removable=bool(own and own.after),
        offices=[(one.id, (one.called or one.name).get(words.lang)) for one in place.offices],
        preview=_preview(visit, about, shows.read) if shows.read else [],
        advice=advice_of(visit, shows.read) if shows.read else [],
        history=[line_of(visit, one) for one in history],
        most=MOST,
        long=LONG,
    )


def _preview(visit: Visit, about: Place, fields: Fields) -> list[Told]:
    """What citizens would read once this is in force."""
    looked_at = Change(
        id=0,
        about=about,
        before={},
        after=fields,
        ground=visit.console.content.packed.ground(about),
        state=ChangeState.PROPOSED,
        proposed_by=visit.officer.name,
        proposed_at=visit.now,
    )
    return as_told(visit, looked_at)


def advice_of(visit: Visit, fields: Fields) -> list[str]:
    """What to look at before citizens read it (voice O8). It advises, and changes nothing."""
    text = "\n".join(fields[name] for name in READ if fields.get(name))
    said = [visit.words.text("console.content.advice.person")] if "answer_vi" in fields else []
    if private(fields.get("answer_vi", "")):
        said.append(visit.words.text("console.content.advice.private"))
    if "answer_vi" in fields and not fields.get("answer_en"):
        said.append(visit.words.text("console.content.advice.english"))
    if check_text(text, TextKind.SENTENCE):
        said += readability(visit.words, text)
    return said


async def show_choice(visit: Visit) -> Response:
    """GET /console/content/{place}/answer?topic=&question=: about which topic the place answers."""
    place = await access_place(visit, visit.request.path_params["place"])
    content, query = visit.console.content, visit.request.query_params
    topic, question = query.get("topic", ""), query.get("question", "")
    if topic in content.topics:
        about = Place(locality=place, kind=Kind.ANSWER, subject=topic)
        asked = f"?{urlencode({'question': question})}" if question.isdecimal() else ""
        return visit.go(f"{form_of(about)}{asked}")
    topics = sorted((one.title.get(visit.words.lang), one.id) for one in content.topics.values())
    return visit.page(
        "content-choice.html",
        action=visit.request.url.path,
        topics=topics,
        question=question if question.isdecimal() else "",
        back=f"{PAGE}?at={place}",
        heading_place=place_name(visit, place),
    )
