"""A question about a topic: the short answer, its parts, and what people ask next."""

from collections.abc import Sequence

from content.cards import Card
from content.schema import HouseholdStatus
from content.understanding import Decision
from core.conversation import Turn
from core.messages import QuickReply
from core.text import fold
from handlers import fallback, firms, follow_up, plan
from handlers.context import Context, join
from handlers.routing import Router

router = Router("topics")

PAGE = 4  # topics a bubble, so that "other topics" is the fifth button
# Where an action is one of several things that may be meant: the topic or the button that leads there.
ACTION_TOPICS = {
    "action:jobs": "job-connection",
    "action:training": "vocational-training",
    "action:donate": "for-the-poor-fund",
}
ACTION_BUTTONS = {
    "action:selfcheck": "check",
    "action:officer": "officer",
    "action:privacy": "mydata",
    "action:status": "questions",
    "action:menu": "menu",
}
# What can be done here about a topic, beyond reading: the button's name and what it means.
DOING = {
    "poverty-standard": ("check", "check"),
    "household-review": ("make_request", "request"),
    "newly-escaped": ("escaped", "escaped"),
    "job-connection": ("work", "work"),
    "vocational-training": ("courses", "courses"),
    "startup": ("idea", "idea"),
    "farm-production": ("market", "market"),
}
LOOKED_FOR = ("where", "bring", "time")
OPENING = ("who", "what")  # parts that the short answer itself is about
COST = ("mat tien", "le phi", "it is free", "free of charge", "nothing to pay")  # folded
# What only poor households are given, and what others may ask for in its place.
FOR_OTHERS = {"production-loan": "job-loan"}
PARTS = ("bring", "where")  # what most people ask next, as buttons


@router.decision(Decision.ANSWER)
def answer(ctx: Context, labels: Sequence[str]) -> Turn:
    """One topic, meant by what was typed: its name comes first, so that a wrong reading shows (voice.md T08)."""
    topic = labels[0]
    card = _card(ctx, topic)
    if card is None:
        return show(ctx, topic, named=True)
    after_it = topic == ctx.person.conversation.topic
    coming = follow_up.coming_asked(ctx.text, card, ctx.today)
    if coming is not None:
        return _detail(ctx, card, coming, named=True)
    if topic in FOR_OTHERS and follow_up.not_poor(ctx.text):
        return _for_others(ctx, topic)
    asked = _asked_for(ctx, card, after_it=after_it)
    if asked is not None:
        return asked if after_it else _first_words(ctx, card).then(_of_the_place(ctx, topic)).then(asked)
    return (_no_part(ctx, card) or not_there(ctx, card)) if after_it else show(ctx, topic, named=True)


def _no_part(ctx: Context, card: Card) -> Turn | None:
    """A part is asked for that no document we know of speaks of: said so, and who knows."""
    name = follow_up.part_asked(ctx.text)
    if name is None or name in card.sections:
        return None
    if name in OPENING or (name == "cost" and _speaks_of_cost(card)):
        return show(ctx, card.topic, named=True)
    label = ctx.words.text(f"card.label.{name}")
    buttons = (ctx.button("hand_over", "officer"), _part_button(ctx, card, "where"), ctx.topic_button(card.topic))
    return ctx.say("topic.no_part", *buttons, topic=card.button, label=label).about(card.topic)


def _speaks_of_cost(card: Card) -> bool:
    return any(words in fold(card.short) for words in COST)


def _asked_for(ctx: Context, card: Card, *, after_it: bool) -> Turn | None:
    """The detail or the part of a card that the words ask for, beyond what the short answer says."""
    number = follow_up.detail_asked(ctx.text, card, in_texts=False)
    if number is not None and after_it and _said_by_a_part(ctx, card, number):
        number = None
    elif number is None:
        number = _for_status(ctx, card, after_it=after_it)
    if number is not None and follow_up.leaves_money_out(ctx.text, card.details[number]):
        return show(ctx, card.topic, named=True) if after_it else None
    name = follow_up.part_asked(ctx.text) if number is None else None
    section = card.sections.get(name or "")
    if name is not None and after_it and (said := _said_there(ctx, card, name)) is not None:
        return more(ctx, f"{card.topic}:{said}")
    # As a first question, "how much" and "who" are what the short answer is about.
    if section is not None and (after_it or (name in LOOKED_FOR and section.text.lower() not in card.short.lower())):
        return part(ctx, f"{card.topic}:{name}")
    if number is None and after_it:
        number = follow_up.detail_asked(ctx.text, card, in_texts=True)
    return more(ctx, f"{card.topic}:{number}") if number is not None else None


def _said_by_a_part(ctx: Context, card: Card, number: int) -> bool:
    """Whether a detail only says where ("nộp giấy ở đâu"), which the part of the card says with the topic's name."""
    only_where = "o dau" in fold(card.details[number].title)
    return only_where and "where" in card.sections and follow_up.part_asked(ctx.text) == "where"


def _for_others(ctx: Context, topic: str) -> Turn:
    """What is for poor households, asked by somebody who has no such paper: what others may ask for as well."""
    other = FOR_OTHERS[topic]
    turn = show(ctx, topic, named=True)
    if other not in ctx.content.topics or not has_card(ctx, other):
        return turn
    return turn.then(
        ctx.say("topic.for_others", ctx.topic_button(other), ctx.button("officer"), topic=ctx.topic_title(other))
    )


def _said_there(ctx: Context, card: Card, part: str) -> int | None:
    """The detail last read, when it has the days or the amount asked for: those of the whole card may be others."""
    payloads = [one.payload for one in ctx.person.conversation.offered]
    onward = f"more:{card.topic}:"
    after = next((one.removeprefix(onward) for one in payloads if one.startswith(onward)), None)
    if after is None and [f"topic:{one}" for one in (*card.next[:2], card.topic)] == payloads[:-1]:
        after = str(len(card.details))
    last = int(after) - 1 if after is not None and after.isdecimal() else -1
    return last if last >= 0 and follow_up.has_figure(card.details[last].text, part) else None


def _for_status(ctx: Context, card: Card, *, after_it: bool) -> int | None:
    """The detail about the kind of household that is named; the poor ones are what a first question is about anyway."""
    status = follow_up.status_asked(ctx.text)
    if status is None or (status is HouseholdStatus.POOR and not after_it):
        return None
    return next((number for number, one in enumerate(card.details) if one.status is status), None)


def not_there(ctx: Context, card: Card) -> Turn:
    """Asked again about the same topic, without a part that fits: never the same text twice (voice.md A13)."""
    if ctx.person.conversation.misses:
        return fallback.unknown(ctx)
    buttons = [_detail_button(ctx, card, number) for number in range(min(2, len(card.details)))]
    return ctx.say("topic.which_part", *buttons, ctx.button("officer"), topic=card.button).about(card.topic).miss()


def _first_words(ctx: Context, card: Card) -> Turn:
    # The detail that follows carries the buttons: the same ones twice would only be in the way.
    return ctx.tell(ctx.words.text("topic.named", topic=card.button, answer=card.short), source=card.source)


@router.press("topic")
def pressed(ctx: Context, topic: str) -> Turn | None:
    """A topic's button; one of a topic that is gone leads to the list."""
    return show(ctx, topic) if topic in ctx.content.topics else None


def show(ctx: Context, topic: str, *, named: bool = False) -> Turn:
    """The short answer of a topic here, today; `named` puts the topic's name before it."""
    if topic == plan.PLAN and (home := plan.home(ctx)) is not None:
        return _of_the_place(ctx, topic).then(home)
    card = _card(ctx, topic)
    if card is None:
        return unanswered(ctx, topic)
    more = (_detail_button(ctx, card, 0),) if card.details else ()
    parts = tuple(_part_button(ctx, card, part) for part in PARTS if part in card.sections)
    buttons = (*more, *parts)[:2] + tuple(ctx.topic_button(one) for one in card.next[:1])
    buttons = (*buttons, *_doing(ctx, topic))
    text = ctx.words.text("topic.named", topic=card.button, answer=card.short) if named else card.short
    text = firms.careful(ctx, topic, text)
    return _told(ctx, topic, text, card.source, (*buttons, ctx.button("officer")))


def _told(ctx: Context, topic: str, text: str, source: str | None, buttons: Sequence[QuickReply]) -> Turn:
    """An answer; below it what the place itself has answered about the topic, under its own source."""
    own = ctx.content.local_answer(topic, locality=ctx.place_id, on=ctx.today, lang=ctx.lang)
    if own is None:
        return ctx.tell(text, *buttons, source=source).about(topic)
    last = ctx.tell(join([f"{own.title}:", own.text]), *buttons, source=own.source)
    return ctx.tell(text, source=source).then(last).about(topic)


def _of_the_place(ctx: Context, topic: str) -> Turn:
    """What the place itself has answered about a topic; nothing where it has not."""
    own = ctx.content.local_answer(topic, locality=ctx.place_id, on=ctx.today, lang=ctx.lang)
    return ctx.tell(join([f"{own.title}:", own.text]), source=own.source) if own is not None else Turn()


def _doing(ctx: Context, topic: str) -> tuple[QuickReply, ...]:
    return (ctx.button(*DOING[topic]),) if topic in DOING else ()


def unanswered(ctx: Context, topic: str) -> Turn:
    """A topic without a checked card: said so, with the office that knows, and an officer at hand."""
    office = ctx.content.office(topic, locality=ctx.place_id, on=ctx.today, lang=ctx.lang)
    where = ctx.words.text("card.line", label=ctx.words.text("card.label.where"), text=office.text)
    text = join([ctx.fill("topic.no_card", topic=ctx.topic_title(topic)), where])
    return _told(ctx, topic, text, office.source, (ctx.button("officer"), ctx.button("topics")))


def _card(ctx: Context, topic: str) -> Card | None:
    return ctx.content.card(topic, locality=ctx.place_id, on=ctx.today, lang=ctx.lang)


def _detail_button(ctx: Context, card: Card, number: int) -> QuickReply:
    """A detail by its own name where that fits on a button."""
    label = card.details[number].button or ctx.words.text("button.more")
    return QuickReply(label=label, payload=f"more:{card.topic}:{number}")


def _part_button(ctx: Context, card: Card, part: str) -> QuickReply:
    return QuickReply(label=ctx.words.text(f"button.part_{part}"), payload=f"part:{card.topic}:{part}")


@router.press("part")
def part(ctx: Context, argument: str) -> Turn | None:
    """One part of a card: papers, place."""
    topic, _, name = argument.partition(":")
    card = _card(ctx, topic) if topic in ctx.content.topics else None
    if card is None or name not in card.sections:
        return None
    section = card.sections[name]
    others = tuple(_part_button(ctx, card, one) for one in PARTS if one in card.sections and one != name)
    text = ctx.words.text("topic.part", topic=card.button, label=section.title, text=section.text)
    text = firms.careful(ctx, topic, text)
    return ctx.tell(text, *others, ctx.topic_button(topic), ctx.button("officer"), source=section.source).about(topic)


@router.press("more")
def more(ctx: Context, argument: str) -> Turn | None:
    """The details of a card, one bubble a time: "more:<topic>:<number>"."""
    topic, _, number = argument.partition(":")
    card = _card(ctx, topic) if topic in ctx.content.topics else None
    index = int(number) if number.isdecimal() and len(number) < 4 else 0
    if card is None or index >= len(card.details):
        return None
    return _detail(ctx, card, index)


def _detail(ctx: Context, card: Card, index: int, *, named: bool = False) -> Turn:
    """One detail; `named` puts the topic's name before it, where it is the first that is said of it."""
    topic, detail = card.topic, card.details[index]
    onward = (
        (_detail_button(ctx, card, index + 1),)
        if index + 1 < len(card.details)
        else tuple(ctx.topic_button(one) for one in card.next[:2])
    )
    title = f"{card.button}. {detail.title}:" if named else f"{detail.title}:"
    text = firms.careful(ctx, topic, join([title, detail.text]))
    buttons = (*onward, ctx.topic_button(topic), *_doing(ctx, topic), ctx.button("officer"))
    return ctx.tell(text, *buttons, source=detail.source).about(topic)


@router.word("xem thêm", "xem tiếp", "xem tiếp phần này", "thêm", "nữa", "tiếp", "more", "read more")
def onward(ctx: Context) -> Turn | None:
    """ "More" in words: the next passage that was offered."""
    conversation = ctx.person.conversation
    payloads = (one.payload for one in (*conversation.offered, *conversation.earlier))
    following = next((one for one in payloads if one.startswith("more:")), None)
    return more(ctx, following.removeprefix("more:")) if following else listing(ctx)


@router.decision(Decision.CHOOSE)
def choose(ctx: Context, labels: Sequence[str]) -> Turn:
    """About equally likely matters: asked, never guessed in silence (voice.md T06)."""
    labels = _without_status(ctx, labels)
    if len(labels) == 1 and labels[0] in ctx.content.topics:
        return answer(ctx, labels)
    found = [button for button in (choice_button(ctx, one) for one in labels[:3]) if button is not None]
    buttons = list({button.payload: button for button in found}.values())
    if len(buttons) == 1 and buttons[0].payload.startswith("topic:"):
        return show(ctx, buttons[0].payload.removeprefix("topic:"), named=True)
    officer = () if any(one.payload == "officer" for one in buttons) else (ctx.button("officer"),)
    turn = ctx.say("topic.which", *buttons, ctx.button("other_topics", "topics"), *officer)
    first = labels[0]
    # What is asked further without a choice is most likely about the first one.
    return turn.about(first) if first in ctx.content.topics else turn


def _without_status(ctx: Context, labels: Sequence[str]) -> Sequence[str]:
    """ "Hộ mới thoát nghèo vay vốn": the status says who asks, the other topic what is asked."""
    if follow_up.status_asked(ctx.text) is HouseholdStatus.NEWLY_ESCAPED and "newly-escaped" in labels:
        return [one for one in labels if one != "newly-escaped"] or labels
    return labels


def choice_button(ctx: Context, label: str) -> QuickReply | None:
    """A button that leads to a topic or an action; None for what cannot be chosen."""
    topic = ACTION_TOPICS.get(label, label)
    if topic in ctx.content.topics:
        return ctx.topic_button(topic)
    button = ACTION_BUTTONS.get(label)
    return ctx.button(button) if button else None


@router.decision(Decision.SEVERAL)
def several(ctx: Context, labels: Sequence[str]) -> Turn:
    """Several things at once: each gets its first words, its source, and its own button (voice.md T07)."""
    topics = [one for one in labels if one in ctx.content.topics][:3]
    lines = [ctx.fill("topic.several", count=len(topics))]
    sources: list[str] = []
    for number, topic in enumerate(topics, 1):
        card = _card(ctx, topic)
        said = card.short.split("\n")[0] if card else ctx.words.text("topic.no_card_short")
        lines.append(ctx.words.text("topic.matter", number=number, topic=ctx.topic_title(topic), answer=said))
        sources += [card.source] if card else []
    buttons = [ctx.topic_button(one) for one in topics]
    source = "\n".join(dict.fromkeys(sources)) or None
    return ctx.tell(join(lines), *buttons, ctx.button("officer"), source=source).about(topics[0])


def has_card(ctx: Context, topic: str) -> bool:
    """Whether there is something checked to say of it here, today."""
    return ctx.content.has_card(topic, locality=ctx.place_id, on=ctx.today)


@router.press("topics")
@router.word("có những hỗ trợ gì", "được hỗ trợ những gì")
@router.word("chủ đề", "hỏi về hỗ trợ", "việc khác", "hỏi việc khác", "xem việc khác", "topics")
def listing(ctx: Context, page: str = "") -> Turn:
    """The topics that have a checked card, a few at a time; the last page leads back to the first."""
    known = [topic for topic in ctx.content.topics if has_card(ctx, topic)]
    start = (int(page) if page.isdecimal() and len(page) < 4 else 0) * PAGE
    start = start if start < len(known) else 0
    following = start // PAGE + 1 if start + PAGE < len(known) else 0
    buttons = [ctx.topic_button(topic) for topic in known[start : start + PAGE]]
    return ctx.say("topic.list", *buttons, ctx.button("other_topics", f"topics:{following}"))


@router.action("action:training")
def training(ctx: Context) -> Turn:
    """Courses are not listed yet: the rule about them is."""
    return show(ctx, "vocational-training")


@router.action("action:jobs")
def jobs(ctx: Context) -> Turn:
    """Vacancies are not listed yet: the topic says who knows."""
    return show(ctx, "job-connection")


@router.action("action:donate")
def donate(ctx: Context) -> Turn:
    """Chung Tay takes no money."""
    return ctx.say("donate", ctx.topic_button("for-the-poor-fund"), ctx.button("officer"))
