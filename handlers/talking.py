"""An officer talks to the person themselves, for a while; and what is beyond the place is passed upward."""

import unicodedata
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from content.catalogue import Catalogue
from content.formatting import date_text
from content.wording import Wording, wording
from core.conversation import Person
from core.errors import ChungTayError
from core.messages import OutboundMessage, QuickReply
from core.officers import Right
from core.questions import Question, QuestionState, spoken_code
from core.storage import Storage
from handlers import informing, looking
from handlers.codes import END_OF_DAY
from handlers.context import LOCAL
from handlers.dates import spoken_date
from handlers.holding import Act, begun, demand_open, demand_short, entry, noted

TALK_LASTS = timedelta(minutes=30)  # from the officer's last word; told to the person in "talk.began"
MOST_UPPER, MOST_WORD = 120, 500  # characters
LATEST = timedelta(days=120)  # a later day is a slip of the pen
_OVER = "it is over, or the person is gone"


async def begin(storage: Storage, content: Catalogue, act: Act) -> None:
    """Talk to the person: they are told, the machine is silent, and the question is in this officer's hands.

    Raises NotAllowedError, StaleError; ChungTayError where nobody is there to talk to.
    """
    one = await looking.question(storage, act.key, officer=act.officer, now=act.now, right=Right.ANSWER)
    async with storage.write() as uow:
        person = await informing.asker(uow, one)
        if await begun(uow, one, act):
            if person is None or one.state is QuestionState.WITHDRAWN:
                raise ChungTayError(_OVER, where=f"question {one.code}")
            me = await uow.officers.find(act.officer)
            await uow.desk.hold(one.id, me.id if me else None, act.now)
            await uow.desk.talk(one.id, act.now + TALK_LASTS)
            message = _began(content, one, person, act.now)
            await informing.inform(uow, "talk", one, person, message, now=act.now)
            await uow.audit.append([entry(act, one, "question.talk-begun", {})])
            await uow.commit()


async def end(storage: Storage, act: Act) -> None:
    """The machine answers again; the question stays where it is. Raises NotAllowedError, StaleError."""
    one = await looking.question(storage, act.key, officer=act.officer, now=act.now, right=Right.ANSWER)
    async with storage.write() as uow:
        person = await informing.talked_to(uow, one, act.now)
        if await begun(uow, one, act):
            await informing.talk_over(uow, one, person, act.now)
            await uow.audit.append([entry(act, one, "question.talk-ended", {})])
            await uow.commit()


def _began(content: Catalogue, one: Question, person: Person, now: datetime) -> OutboundMessage:
    words, code = wording(person.contact.language), spoken_code(one.code)
    text = words.text(
        "talk.began",
        code=code,
        place=_place(content, one, now, words),
        you=_you(person, words),
        minutes=TALK_LASTS // timedelta(minutes=1),
    )
    buttons = tuple(
        QuickReply(label=words.text(f"button.{name}"), payload=payload)
        for name, payload in (("talk_end", f"talk-end:{one.id}"), ("menu", "menu"))
    )
    return OutboundMessage(text=text, quick_replies=buttons)


@dataclass(frozen=True, slots=True, kw_only=True)
class Upward:
    """Whom above the place an officer asks, by when there is an answer, and what the person is told with it."""

    office: str  # by its name in full, as the person reads it
    due: date
    word: str = ""
    note: str = ""  # for colleagues


async def pass_up(storage: Storage, content: Catalogue, act: Act, up: Upward) -> None:
    """What only somebody above may decide goes to them; the person is told who has it now and by when.

    The question stays with its office, which brings the answer back. Raises NotAllowedError, StaleError; ChungTayError
    for a name, a day or a word that cannot be, and where nobody waits for an answer.
    """
    one = await looking.question(storage, act.key, officer=act.officer, now=act.now, right=Right.ANSWER)
    office = unicodedata.normalize("NFC", " ".join(up.office.split()))
    _demand_sense(office, up, act.now)
    async with storage.write() as uow:
        person = await informing.asker(uow, one)
        if await begun(uow, one, act):
            demand_open(one)
            if person is None:
                raise ChungTayError(_OVER, where=f"question {one.code}")
            due = datetime.combine(up.due, END_OF_DAY, LOCAL)
            await uow.desk.pass_up(one.id, office, due)
            if one.state is not QuestionState.OPEN:
                await uow.questions.set_state(one.id, QuestionState.OPEN)
            await noted(uow, one, act, up.note)
            message = _passed(content, one, person, (office, up, act.now))
            await informing.inform(uow, "upward", one, person, message, now=act.now)
            # The name is free text: it stands with the question, not in the log, which keeps what it has for ever.
            await uow.audit.append([entry(act, one, "question.passed-up", {"due": up.due.isoformat()})])
            await uow.commit()


def _demand_sense(office: str, up: Upward, now: datetime) -> None:
    today = now.astimezone(LOCAL).date()
    if not 0 < len(office) <= MOST_UPPER or not office.isprintable():
        raise ChungTayError(f"the name of the office has 1 to {MOST_UPPER} characters", where="office")
    if not today < up.due <= today + LATEST:
        raise ChungTayError(f"the day lies 1 to {LATEST.days} days ahead", where="due")
    if len(up.word.strip()) > MOST_WORD:
        raise ChungTayError(f"the word is longer than {MOST_WORD} characters", where="word", mend="shorten it")
    demand_short(up.note)


def _passed(content: Catalogue, one: Question, person: Person, told: tuple[str, Upward, datetime]) -> OutboundMessage:
    office, up, now = told
    words = wording(person.contact.language)
    lang = person.contact.language
    text = words.text(
        "question.passed_up",
        code=spoken_code(one.code),
        office=office,
        due=spoken_date(up.due, lang),
        place=_place(content, one, now, words),
        you=_you(person, words),
    )
    if up.word.strip():
        text += "\n" + words.text("question.passed_up.word", word=up.word.strip())
    source = words.text("question.passed_up.source", day=date_text(now.astimezone(LOCAL).date(), lang))
    buttons = tuple(
        QuickReply(label=words.text(f"button.{name}"), payload=payload)
        for name, payload in (("write_more", f"question-add:{one.id}"), ("menu", "menu"))
    )
    return OutboundMessage(text=text, source=source, quick_replies=buttons)


def _place(content: Catalogue, one: Question, now: datetime, words: Wording) -> str:
    known = one.locality if one.locality in content.localities else None
    return content.place(locality=known, on=now.astimezone(LOCAL).date(), lang=words.lang)


def _you(person: Person, words: Wording) -> str:
    own = person.contact.address_word if words.lang == "vi" else None
    return own or words.text("address.default")
