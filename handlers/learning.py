"""What officers make of words that were not understood: one says what was meant, another one checks it.

Whoever does it, allowed or not, stands in the log afterwards.
"""

from collections.abc import Callable, Mapping
from datetime import datetime
from difflib import get_close_matches

from content.schema import Topic
from content.understanding.corpus import LABELS, Corpus
from content.understanding.learned import BY_RULE, stands_as
from core.errors import ChungTayError, NotFoundError
from core.misreadings import WORDS, Misreading, MisreadingState, Proposal
from core.officers import Right
from core.private import private
from core.records import AuditEntry
from core.storage import Storage
from core.text import clean, fold
from handlers.answers import officer_name
from handlers.permission import demand

PROPOSED, ACCEPTED, DROPPED = "learning.proposed", "learning.accepted", "learning.dropped"
SEE = "see: chungtay learn list"


class RefusedError(ChungTayError):
    """Somebody may not do this, or not in this way; `reason` is what the log says."""

    def __init__(self, reason: str, what: str, *, where: str, mend: str = "") -> None:
        self.reason = reason
        super().__init__(what, where=where, mend=mend)


async def find(storage: Storage, number: str) -> Misreading:
    """The words of that number. Raises NotFoundError."""
    known = number.isascii() and number.isdecimal() and len(number) < 19
    async with storage.read() as uow:
        found = await uow.misreadings.get(int(number)) if known else None
    if found is None:
        raise NotFoundError("no such words: erased, or too old", where=number, mend=SEE)
    return found


async def propose(
    storage: Storage,
    one: Misreading,
    *,
    label: str,
    text: str | None,
    officer: str,
    topics: Mapping[str, Topic],
    corpus: Corpus,
    now: datetime,
) -> Proposal:
    """Say what was meant, in the person's words or in others; one's own proposal may be made anew.

    `label` is a label's id, or a topic's name as people read it. Raises RefusedError.
    """
    name = officer_name(officer)
    await _demand_right(storage, one, name, Right.TEACH, now)
    try:
        _demand_open(one)
        _demand_mine(one, name)
        words = clean(one.text if text is None else text)
        proposal = Proposal(label=_label(label, topics), text=words, officer=name)
        _demand_fit(proposal.text, corpus)
        async with storage.write() as uow:
            if not await uow.misreadings.propose(one.id, proposal):
                raise _gone(one)
            await uow.audit.append([_entry(now, officer, PROPOSED, one.id, label=label)])
            await uow.commit()
    except RefusedError as error:
        await refused(storage, one, PROPOSED, officer=officer, reason=error.reason, now=now)
        raise
    return proposal


async def check(storage: Storage, one: Misreading, *, officer: str, corpus: Corpus, now: datetime) -> Proposal:
    """What is proposed, for somebody who may accept it. Raises RefusedError."""
    await _demand_right(storage, one, officer_name(officer), Right.ACCEPT_TEACHING, now)
    try:
        _demand_open(one)
        if one.proposal is None:
            mend = f"chungtay learn propose {one.id} --label LABEL --as NAME"
            raise RefusedError("not proposed", "nobody has said yet what was meant", where=_where(one), mend=mend)
        if fold(officer_name(officer)) == fold(one.proposal.officer):
            what = f"{officer} proposed it: another person must check it"
            raise RefusedError("same person", what, where=_where(one), mend="--as the name of another person")
        _demand_fit(one.proposal.text, corpus)
    except RefusedError as error:
        await refused(storage, one, ACCEPTED, officer=officer, reason=error.reason, now=now)
        raise
    return one.proposal


async def accept(
    storage: Storage, one: Misreading, checked: Proposal, *, officer: str, now: datetime, go_live: Callable[[], None]
) -> None:
    """Accept what was checked; `go_live` writes it down, or raises, and then nothing has happened."""
    async with storage.write() as uow:
        if not await uow.misreadings.settle(one.id, MisreadingState.ACCEPTED, checked=checked):
            raise _gone(one)
        await uow.audit.append([_entry(now, officer, ACCEPTED, one.id, label=checked.label)])
        go_live()
        await uow.commit()


async def drop(storage: Storage, one: Misreading, *, officer: str, now: datetime) -> None:
    """Nothing is to be learnt from these words. Raises RefusedError."""
    await _demand_right(storage, one, officer_name(officer), Right.TEACH, now)
    try:
        _demand_open(one)
        async with storage.write() as uow:
            if not await uow.misreadings.settle(one.id, MisreadingState.DROPPED):
                raise _gone(one)
            await uow.audit.append([_entry(now, officer, DROPPED, one.id)])
            await uow.commit()
    except RefusedError as error:
        await refused(storage, one, DROPPED, officer=officer, reason=error.reason, now=now)
        raise


async def refused(storage: Storage, one: Misreading, action: str, *, officer: str, reason: str, now: datetime) -> None:
    """Put into the log that somebody tried it and why it was not done."""
    async with storage.write() as uow:
        await uow.audit.append([_entry(now, officer, f"{action}.refused", one.id, reason=reason)])
        await uow.commit()


async def _demand_right(storage: Storage, one: Misreading, officer: str, right: Right, now: datetime) -> None:
    places = [one.locality] if one.locality else []
    await demand(storage, officer, right, localities=places, subject=f"misreading:{one.id}", now=now)


def _demand_open(one: Misreading) -> None:
    if one.state in (MisreadingState.ACCEPTED, MisreadingState.DROPPED):
        raise RefusedError("settled", f"is {one.state} already", where=_where(one), mend=SEE)


def _demand_mine(one: Misreading, officer: str) -> None:
    known = one.proposal
    if known is not None and fold(known.officer) != fold(officer):
        what = f'{known.officer} has proposed {known.label} already: "{known.text}"'
        mend = f"check it: chungtay learn accept {one.id} --as NAME, or take the words off the list: learn drop"
        raise RefusedError("proposed", what, where=_where(one), mend=mend)


def _label(given: str, topics: Mapping[str, Topic]) -> str:
    """The label of that id or name. Raises RefusedError that names those it may have been."""
    if given in BY_RULE:
        what = f"{given} is found by rules, which learn nothing from examples"
        raise RefusedError("label", what, where="--label", mend="tell those who write the program")
    names = {label: label for label in sorted({*topics, *LABELS} - set(BY_RULE))}
    for topic in topics.values():
        names |= {fold(text): topic.id for text in (topic.title.vi, topic.title.en, topic.button.vi, topic.button.en)}
    found = names.get(given.strip().lower()) or names.get(fold(given))
    if found is not None:
        return found
    near = dict.fromkeys(names[name] for name in get_close_matches(fold(given), names, n=6, cutoff=0.5))
    told = [f"{one} ({topics[one].title.vi})" if one in topics else one for one in list(near)[:3]]
    mend = f"did you mean {' or '.join(told)}?" if told else "chungtay learn labels lists them"
    raise RefusedError("label", f'unknown label "{given}"', where="--label", mend=mend)


def _demand_fit(text: str, corpus: Corpus) -> None:
    if not fold(text):
        raise RefusedError("length", "no word stands in it", where="--text", mend="say what was meant in other words")
    if len(text) > WORDS:
        what = f"has {len(text)} characters, a row has at most {WORDS}"
        raise RefusedError("length", what, where="--text", mend="say it in other words")
    if kind := private(text):
        raise RefusedError("private", f"{kind} stands in it", where="--text", mend="say it without any person in it")
    if label := stands_as(corpus, text):
        what = f"the same words stand in the corpus already, as {label}"
        raise RefusedError("known", what, where="--text", mend="say it in other words, or drop it: chungtay learn drop")


def _gone(one: Misreading) -> RefusedError:
    return RefusedError("changed", "somebody else changed it meanwhile, or it was erased", where=_where(one), mend=SEE)


def _where(one: Misreading) -> str:
    return f"learn {one.id}"


def _entry(now: datetime, officer: str, action: str, number: int, **detail: str) -> AuditEntry:
    return AuditEntry(
        at=now, actor=f"officer:{officer_name(officer)}", action=action, subject=f"misreading:{number}", detail=detail
    )
