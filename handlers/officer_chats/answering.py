"""A question answered from an officer's chat: by the handlers of the console, after a look at what will be sent."""

import hashlib
from dataclasses import replace

from core.console_storage import Asked, Show
from core.errors import ChungTayError, NotAllowedError, NotFoundError, StaleError
from core.messages import QuickReply, attachment_from_json, attachment_to_json
from core.officers import Right
from core.questions import Author, Entry, Question, QuestionState, spoken_code
from handlers import looking
from handlers.answers import MAX_ANSWER, answer_question, told
from handlers.context import LOCAL
from handlers.dates import spoken_date, spoken_time
from handlers.officer_chats import telling
from handlers.officer_chats.around import LOOK, LOOSE, WORDS, At, Draft, Told

SEND, EDIT = "officer-send", "officer-edit"
LISTED = 3  # questions, and as many notices, that the list of what waits names: a channel has room for five buttons
SHOWN = 4  # entries of a thread, the newest


async def begin(at: At, argument: str) -> Told:
    """The button "Trả lời": the next words are the answer, or those that were written before it was said to what."""
    key, _, seen = argument.partition(":")
    waiting = at.waiting
    if waiting.state == LOOSE:
        files = tuple(waiting.data["files"])
        return await look(at, Draft(key=key, text=waiting.data["text"], files=files, seen=_number(seen)))
    found = await _mine(at, key)
    if isinstance(found, Told):
        return found
    return await _ask_for_words(at, found, _number(seen))


async def _ask_for_words(at: At, one: Question, seen: int | None) -> Told:
    news = _news(at, one, seen)
    text = at.words.text("officer-chat.answer", code=spoken_code(one.code))
    told_so = at.tell("\n".join(part for part in (news, text) if part), at.to_drop, about=one.id)
    return told_so.wait(WORDS, question=one.id, seen=one.version)


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else None


def written(at: At, key: str, text: str, seen: int | None = None) -> Draft:
    """The message at hand as an answer."""
    return Draft(key=key, text=text, files=tuple(attachment_to_json(one) for one in at.message.attachments), seen=seen)


async def look(at: At, draft: Draft) -> Told:
    """What will be sent, as it will be read, with buttons to send, change or drop it; or why it cannot be."""
    one = await _mine(at, draft.key)
    if isinstance(one, Told):
        return one
    over = len(draft.text) - MAX_ANSWER
    if not draft.text or over > 0:
        message_id = "officer-chat.answer.long" if over > 0 else "officer-chat.answer.empty"
        short = at.say(message_id, at.to_drop, about=one.id, over=over, most=MAX_ANSWER)
        return short.wait(WORDS, question=one.id, seen=one.version)
    files = tuple(attachment_from_json(dict(each)) for each in draft.files)
    entry = Entry(author=Author.OFFICER, officer=at.officer.name, at=at.now, text=draft.text, attachments=files)
    async with at.storage.read() as uow:
        person = await uow.people.get(one.contact_id) if one.contact_id is not None else None
    if person is None:
        return at.say("officer-chat.over", at.to_list, code=spoken_code(one.code))
    bubble = told(at.content, one, person, entry)
    header = at.words.text("officer-chat.look", code=spoken_code(one.code))
    lines = (_news(at, one, draft.seen), header, bubble.text, bubble.source)
    text = "\n".join(line for line in lines if line)
    seal = _seal(one.id, draft.text)
    buttons = (at.choice("send", f"{SEND}:{seal}"), at.choice("edit", f"{EDIT}:{seal}"), at.to_drop)
    shown = at.tell(text, *buttons, about=one.id)
    shown = replace(shown, replies=tuple(replace(each, attachments=files) for each in shown.replies))
    return shown.wait(LOOK, question=one.id, seen=one.version, text=draft.text, files=list(draft.files), seal=seal)


def _seal(question: int, text: str) -> str:
    """An old button must not send other words than stood above it."""
    return hashlib.sha256(f"{question} {text}".encode()).hexdigest()[:16]


def _news(at: At, one: Question, seen: int | None) -> str:
    """What the citizen wrote since the officer saw it; empty where nothing."""
    last = one.thread[-1] if one.thread else None
    if seen is None or seen == one.version or last is None or last.author is Author.OFFICER:
        return ""
    return at.words.text("officer-chat.news", text=last.text)


async def send(at: At, seal: str) -> Told:
    """The button "Gửi": what was looked at goes out, by the same rule as from the console."""
    waiting = at.waiting
    if waiting.state != LOOK or waiting.data["seal"] != seal:
        return at.say("officer-chat.old-button", at.to_list).still(waiting)
    draft = Draft(key=str(waiting.data["question"]), text=waiting.data["text"], files=tuple(waiting.data["files"]))
    try:
        one = await answer_question(
            at.storage,
            at.content,
            key=draft.key,
            text=draft.text,
            officer=at.officer.name,
            now=at.now,
            attachments=tuple(attachment_from_json(dict(each)) for each in draft.files),
            seen=waiting.data["seen"],
            once=at.once,
        )
    except StaleError:
        return await look(at, replace(draft, seen=waiting.data["seen"]))  # says what happened, or shows what is new
    except (NotAllowedError, NotFoundError):
        return _gone(at)
    except ChungTayError:
        return at.say("officer-chat.over", at.to_list, code="")
    async with at.storage.read() as uow:
        left = (await uow.desk.totals(at.officer.reach(Right.ANSWER), at.now)).open
    message_id = "officer-chat.sent.more" if left else "officer-chat.sent"
    return at.say(message_id, at.to_list, about=one.id, code=spoken_code(one.code), left=left)


async def edit(at: At, seal: str) -> Told:
    """The button "Sửa": the words are written anew."""
    waiting = at.waiting
    if waiting.state != LOOK or waiting.data["seal"] != seal:
        return at.say("officer-chat.old-button", at.to_list).still(waiting)
    again = at.say("officer-chat.edit", at.to_drop, about=waiting.data["question"])
    return again.wait(WORDS, question=waiting.data["question"], seen=waiting.data["seen"])


async def thread(at: At, key: str) -> Told:
    """The question as it stands, its newest words last."""
    one = await _found(at, key)
    if one is None:
        return _gone(at)
    async with at.storage.read() as uow:
        person = await uow.people.get(one.contact_id) if one.contact_id is not None else None
        holder = await uow.desk.holder(one.id)
    words, lang = at.words, at.chat.language
    topic = telling.topic_of(at.content, one, lang)
    lines = [words.text("officer-chat.question", code=spoken_code(one.code), topic=topic)]
    if person is not None:
        lines.append(telling.where(at.content, telling.Asked(question=one, asker=person.contact), lang))
    if one.state is QuestionState.OPEN:
        lines.append(words.text("officer-chat.question.due", due=telling.due(one, lang)))
    if holder is not None:
        lines.append(words.text("officer-chat.in-hands", officer=holder[1]))
    for entry in one.thread[-SHOWN:]:
        who = entry.officer or words.text("console.question.citizen")
        lines.append(words.text("officer-chat.said-by", who=who, text=entry.text))
    lines.append(words.text("officer-chat.page", page=at.page(f"questions/{one.id}")))
    buttons = telling.question_buttons(one, lang)[:1] if one.state is QuestionState.OPEN else ()
    return at.tell("\n".join(lines), *buttons, at.to_list, about=one.id).still(at.waiting)


async def waits(at: At) -> tuple[list[str], list[QuickReply]]:
    """What waits for an answer of theirs, the most urgent first: lines and buttons."""
    reach, words, lang = at.officer.reach(Right.ANSWER), at.words, at.chat.language
    if not reach:
        return [], []
    async with at.storage.read() as uow:
        found, number = await uow.desk.page(Asked(reach=reach, show=Show.OPEN), offset=0, limit=LISTED)
    lines = [words.text("officer-chat.list.questions", count=number)]
    for each in (one.question for one in found):
        topic = telling.topic_of(at.content, each, lang)
        mark = f"{words.text('officer-chat.urgent-mark')} " if each.urgent else ""
        lines.append(
            words.text(
                "officer-chat.list.question",
                mark=mark,
                code=spoken_code(each.code),
                topic=topic,
                due=telling.due(each, lang),
            )
        )
    return lines, [telling.question_buttons(one.question, lang)[0] for one in found]


async def _mine(at: At, key: str) -> Question | Told:
    """The question, where it can be answered from here now; else what stands in the way."""
    one = await _found(at, key)
    if one is None:
        return _gone(at)
    code, lang = spoken_code(one.code), at.chat.language
    last = one.thread[-1] if one.thread else None
    if one.state is QuestionState.ANSWERED and last is not None and last.officer:
        local = last.at.astimezone(LOCAL)
        page, time, day = (
            at.page(f"questions/{one.id}"),
            spoken_time(local.time(), lang),
            spoken_date(local.date(), lang),
        )
        return at.say(
            "officer-chat.answered", at.to_list, code=code, officer=last.officer, time=time, day=day, page=page
        )
    if one.state is not QuestionState.OPEN:
        return at.say("officer-chat.over", at.to_list, code=code)
    async with at.storage.read() as uow:
        holder = await uow.desk.holder(one.id)
    if holder is not None and holder[0] != at.officer.id:
        page = at.page(f"questions/{one.id}")
        return at.say("officer-chat.held", at.to_list, code=code, officer=holder[1], page=page)
    return one


async def _found(at: At, key: str) -> Question | None:
    """A question that they may answer. A refusal stands in the log."""
    try:
        return await looking.question(at.storage, key, officer=at.officer.name, now=at.now, right=Right.ANSWER)
    except (NotFoundError, NotAllowedError):
        return None


def _gone(at: At) -> Told:
    return at.say("officer-chat.gone", at.to_list)
