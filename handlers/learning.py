"""What officers make of words that were not understood: one says what was meant, another one checks it.

Whoever does it, allowed or not, stands in the log afterwards.
"""

from collections.abc import Callable, Collection
from datetime import datetime

from content.understanding.corpus import LABELS, Corpus
from content.understanding.learned import BY_RULE, stands_as
from core.errors import ChungTayError, NotFoundError
from core.misreadings import WORDS, Misreading, MisreadingState, Proposal
from core.private import private
from core.storage import AuditEntry, Storage
from core.text import clean, fold
from handlers.answers import officer_name

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
    topics: Collection[str],
    corpus: Corpus,
    now: datetime,
) -> Proposal:
    """Say what was meant, in the person's words or in others. Raises RefusedError."""
    proposal = Proposal(label=label, text=clean(text or one.text), officer=officer_name(officer))
    try:
        _demand_open(one)
        _demand_label(label, topics)
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


def _demand_open(one: Misreading) -> None:
    if one.state in (MisreadingState.ACCEPTED, MisreadingState.DROPPED):
        raise RefusedError("settled", f"is {one.state} already", where=_where(one), mend=SEE)


def _demand_label(label: str, topics: Collection[str]) -> None:
    known = sorted({*topics, *LABELS} - set(BY_RULE))
    if label in BY_RULE:
        what = f"{label} is found by rules, which learn nothing from examples"
        raise RefusedError("label", what, where="--label", mend="tell those who write the program")
    if label not in known:
        raise RefusedError("label", f'unknown label "{label}"', where="--label", mend=f"use one of {', '.join(known)}")


def _demand_fit(text: str, corpus: Corpus) -> None:
    if not fold(text) or len(text) > WORDS:
        what = f"has {len(text)} characters, a row has 1 to {WORDS}"
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
