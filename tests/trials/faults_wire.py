"""What can go wrong between us and Telegram while a notice goes out."""

import asyncio
from collections import Counter
from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import datetime, timedelta

from core.delivery import DeliveryStatus
from tests.support.telegram import faults
from tests.support.telegram.calls import Call
from tests.trials.faults_base import (
    FAILED,
    HOUSEHOLDS,
    HURRIED,
    IN_DOUBT,
    LEFT_OUT,
    Line,
    Ward,
)
from tests.trials.gate import Gate

SOME = 8  # people whom a fault strikes
PAUSE = 1  # seconds that Telegram asks for
SLOW = 0.5  # seconds
BURSTS = 3  # pauses of a storm
MOST_AT_ONCE = 30  # messages that may be on their way when the first is refused: an account's second


def _once_each(people: Sequence[int], times: int = 1) -> Callable[[Call], bool]:
    """Strikes the first messages to each of these."""
    met: Counter[str] = Counter()

    def strikes(call: Call) -> bool:
        met[call.chat_id] += 1
        return met[call.chat_id] <= times and int(call.chat_id) in people

    return strikes


def _singles(ward: Ward) -> list[int]:
    """People without a household: each of them has the notice."""
    return [one.id for one in ward.people[2 * HOUSEHOLDS :]]


async def storm(ward: Ward, _: Gate) -> Line:
    """429 to everything for a while, then to single chats."""
    text = "Tin trong lúc máy chủ quá tải."
    bursts: list[list[Call]] = []
    # The whole server for three pauses, later three people once each.
    flood = faults.flood(PAUSE, method="sendMessage", times=None)
    number = await ward.notice(text)
    await ward.some_have(text, SOME)
    ward.telegram.faults.add(flood)
    await ward.until(lambda: len(_bursts(flood.struck)) >= BURSTS, "the storm goes on")
    flood.when = _once_each(_singles(ward)[-3:])
    await ward.finished(number)
    ward.telegram.faults.clear()
    verdict = await ward.judged(number, text)
    bursts = _bursts(flood.struck)
    # Whatever was asked within a pause was on its way when the pause was announced: once for each person, no more than
    # an account may send in a second.
    calls = [one for one in ward.telegram.calls_of("sendMessage") if text in str(one.parameters["text"])]
    within = [[one for one in calls if burst[0].at < one.at < _over(burst[0])] for burst in bursts]
    verdict.expect(
        all(len(asked) < MOST_AT_ONCE and len({one.chat_id for one in asked}) == len(asked) for asked in within),
        f"asked within the pauses: {[len(asked) for asked in within]}",
    )
    verdict.expect(not verdict.doubts and not verdict.twice, "a refusal is no doubt")
    attempts = {row.attempts for row in verdict.rows.values() if row.state != LEFT_OUT}
    verdict.expect(attempts == {1}, f"a refusal is no attempt: {attempts}")
    shown = f"{len(flood.struck)} refusals in {len(bursts)} pauses of {PAUSE} s, of them in flight: at most " + (
        f"{max(len(asked) for asked in within) + 1} a pause; no attempt counted"
    )
    return Line("429 storm, then single chats", f"{verdict}; {shown}", verdict.faults)


def _over(call: Call) -> datetime:
    return call.at + timedelta(seconds=PAUSE)


def _bursts(struck: Sequence[Call]) -> list[list[Call]]:
    """Refusals by the pause they fall into."""
    found: list[list[Call]] = []
    for one in sorted(struck, key=lambda call: call.at):
        if found and one.at < _over(found[-1][0]):
            found[-1].append(one)
        else:
            found.append([one])
    return found


async def pages(ward: Ward, _: Gate) -> Line:
    """A proxy answers with its own page of HTML."""
    text = "Tin qua cổng hỏng."
    fault = faults.html_502(method="sendMessage", times=None, when=_once_each(_singles(ward)[:SOME]))
    ward.telegram.faults.add(fault)
    number = await ward.notice(text)
    await ward.finished(number)
    ward.telegram.faults.clear()
    verdict = await ward.judged(number, text)
    verdict.expect(len(fault.struck) == SOME, f"{len(fault.struck)} were struck")
    verdict.expect(not verdict.doubts and not verdict.twice, "what a proxy refused never arrived")
    again = sum(row.attempts > 1 for row in verdict.rows.values())
    verdict.expect(again == SOME, f"{again} were tried again")
    return Line("HTML 502", f"{verdict}; {len(fault.struck)} struck, each tried again", verdict.faults)


async def hangs(ward: Ward, _: Gate) -> Line:
    """Accepted and never answered: half of them were taken, and one hangs at each try."""
    text = "Tin không thấy trả lời."
    never, lost, taken = (_singles(ward)[at::3][: SOME // 2] for at in range(3))
    never = never[:1]
    laid = [
        ward.telegram.faults.add(faults.hang(method="sendMessage", times=None, when=_once_each(who, times), accepted=a))
        for who, times, a in ((never, 99, False), (lost, 1, False), (taken, 1, True))
    ]
    number = await ward.notice(text)
    await ward.finished(number)
    ward.telegram.faults.clear()
    verdict = await ward.judged(number, text, other=dict.fromkeys(never, IN_DOUBT))
    struck = [len(fault.struck) for fault in laid]
    verdict.expect(struck == [2, len(lost), len(taken)], f"struck: {struck}; nothing is sent a third time")
    verdict.expect(verdict.doubts == sum(struck), f"{verdict.doubts} doubts for {sum(struck)} that hung")
    verdict.expect(verdict.twice == len(taken), f"{verdict.twice} twice, {len(taken)} were taken")
    shown = f"{sum(struck)} hung, {len(taken)} of them taken; one that hung twice is left to an officer"
    return Line("hanging sockets", f"{verdict}; {shown}", verdict.faults)


async def halves(ward: Ward, _: Gate) -> Line:
    """The message was taken, the answer breaks off in its middle."""
    text = "Tin có trả lời dở dang."
    fault = faults.half_written(method="sendMessage", times=None, when=_once_each(_singles(ward)[:SOME]))
    ward.telegram.faults.add(fault)
    number = await ward.notice(text)
    await ward.finished(number)
    ward.telegram.faults.clear()
    verdict = await ward.judged(number, text)
    found = (len(fault.struck), verdict.doubts, verdict.twice)
    verdict.expect(found == (SOME, SOME, SOME), f"struck, in doubt, twice: {found}")
    return Line("half-written answers", f"{verdict}; {len(fault.struck)} broke off, each resent once", verdict.faults)


async def down(ward: Ward, gate: Gate) -> Line:
    """Nobody listens for a while: what was on its way is cut, what follows is refused."""
    text = "Tin trong lúc mất máy chủ."
    # Answers come late, so that some are on their way when it goes: taken, and never heard of.
    ward.telegram.faults.add(faults.slow(SLOW * HURRIED, method="sendMessage", times=None))
    number = await ward.notice(text)
    await ward.some_have(text, SOME)
    await gate.close()
    ward.telegram.faults.clear()
    while not await _waits_again(ward, number):  # noqa: ASYNC110 - another process changes it
        await asyncio.sleep(0.05)
    before = ward.arrived(text)
    await gate.open()
    await ward.finished(number)
    verdict = await ward.judged(number, text)
    verdict.expect(SOME <= before < len(_singles(ward)) + HOUSEHOLDS, f"{before} had it when the server went away")
    verdict.expect(verdict.doubts <= MOST_AT_ONCE, f"{verdict.doubts} doubts: who was refused is none")
    again = sum(row.attempts > 1 for row in verdict.rows.values())
    verdict.expect(verdict.doubts >= verdict.twice > 0, f"{verdict.doubts} in doubt, {verdict.twice} shown twice")
    return Line("server down and back", f"{verdict}; {before} had it before, {again} were sent again", verdict.faults)


async def _waits_again(ward: Ward, number: int) -> bool:
    """Whether the service has met the closed door."""
    return any(row.state == DeliveryStatus.RETRY for row in await ward.ledger(number))


async def refusing(ward: Ward, _: Gate) -> Line:
    """Who blocks us and whose account is gone: failed with the reason; later notices leave them out.

    Of a household the second one gets it then, this notice and the next.
    """
    text, later = "Tin cho cả người đã chặn.", "Tin tiếp theo."
    singles = {one.id: one for one in ward.people[2 * HOUSEHOLDS :]}
    blocked, gone = list(singles)[:5], list(singles)[5:8]
    first, second_one = ward.people[0], ward.people[1]  # of one household
    for one in (first, *(singles[who] for who in blocked)):
        one.blocking = True  # without a word to us: only the answer to a message tells
    for who in gone:
        singles[who].deactivates()
    number = await ward.notice(text)
    await ward.finished(number)
    refused = [first.id, *blocked, *gone]
    verdict = await ward.judged(number, text, other=dict.fromkeys(refused, FAILED) | {second_one.id: "sent"})
    reasons = Counter(verdict.rows[who].reason for who in refused)
    verdict.expect(list(reasons) == ["contact_stopped 403"], f"told as {dict(reasons)}")
    next_one = await ward.notice(later)
    await ward.finished(next_one)
    out = dict.fromkeys(refused, LEFT_OUT) | {second_one.id: "sent"}
    second = await ward.judged(next_one, later, other=out)
    why = {second.rows[who].reason for who in refused}
    second.expect(why == {"no address"}, f"left out for {why}")
    asked = [call for call in ward.telegram.calls_of("sendMessage") if later in str(call.parameters["text"])]
    second.expect(not {int(call.chat_id) for call in asked} & set(refused), "somebody who refuses was asked again")
    for one in (first, *singles.values()):
        one.blocking, one.active = False, True
    shown = f"{len(blocked) + 1} blocked, {len(gone)} gone; the next notice: {second}"
    return Line("403: blocked, deactivated", f"{verdict}; {shown}", [*verdict.faults, *second.faults])


TRIALS: Mapping[str, Callable[[Ward, Gate], Awaitable[Line]]] = {
    "storm": storm,
    "pages": pages,
    "hangs": hangs,
    "halves": halves,
    "down": down,
    "refusing": refusing,
}
