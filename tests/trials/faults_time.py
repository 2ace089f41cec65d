"""The clock is wrong in the middle of a notice, or the machine was off when something was due."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

from scheduler.limits import PER_SECOND, WITHIN
from tests.support.telegram import faults
from tests.support.telegram.calls import Call
from tests.trials.faults_base import DAY, HURRIED, IN_DOUBT, SKIPPED, Line, Verdict, Ward

MORNING, NIGHT = (datetime(2026, 11, 23, hour, tzinfo=UTC) for hour in (2, 15))  # nine, and ten at night, in Viet Nam
HOUR = timedelta(hours=1)
SOME = 6
MOST_A_SECOND = PER_SECOND["telegram"]
LEASE = 3.0  # seconds
SLOW = 0.5  # seconds until the server answers while the clock jumps: so messages are on their way then


def _set(ward: Ward, moment: datetime) -> None:
    ward.clock.wrong_by(seconds=(moment - datetime.now(UTC)).total_seconds())


def _asked(ward: Ward, text: str) -> list[Call]:
    return [call for call in ward.telegram.calls_of("sendMessage") if text in str(call.parameters["text"])]


def _most_within_a_second(noted: Path) -> int:
    """What the service let go, by the clock that cannot be set."""
    at = [float(line) for line in noted.read_text().split()]
    return max(sum(first <= one < first + WITHIN for one in at) for first in at)


async def jumps(ward: Ward, noted: Path) -> Line:
    """An hour forward, then back a day, while messages are on their way."""
    text = "Tin khi đồng hồ chạy sai."
    _set(ward, MORNING)
    ward.telegram.faults.add(faults.slow(SLOW * HURRIED, method="sendMessage", times=None))
    number = await ward.notice(text)
    await ward.some_have(text, SOME)
    before = ward.arrived(text)
    _set(ward, MORNING + HOUR)
    await ward.some_have(text, before + 1)
    between = ward.arrived(text)
    _set(ward, MORNING - DAY)
    ward.telegram.faults.clear()
    await ward.finished(number)
    verdict = await ward.judged(number, text)
    verdict.expect(not verdict.doubts and not verdict.twice, "what is on its way is no dead process, whatever the hour")
    verdict.expect(between < len(ward.meant), "the clock was set back when everybody had it")
    most = _most_within_a_second(noted)
    verdict.expect(most <= MOST_A_SECOND, f"{most} within a second")
    shown = f"forward after {before}, back after {between}; at most {most} within any second"
    return Line("clock an hour forward, a day back", f"{verdict}; {shown}", verdict.faults)


async def off(ward: Ward) -> Line:
    """Down while quiet hours pass, while a hold-back ends, and while a notice becomes too late."""
    tonight, verdicts = "Tin chỉ đúng trong tối nay.", {}
    verdicts["quiet hours"], verdicts["too late unsent"] = await _over_night(ward, "Tin chờ đến sáng.", tonight)
    verdicts["hold-back"] = await _held_back(ward, "Tin chờ hết giờ xem lại.")
    verdicts["too late half-way"] = await _too_late(ward, "Tin chỉ đúng trong trưa nay.")
    told = "; ".join(f"{what}: {one}" for what, one in verdicts.items())
    return Line("machine off over a due time", told, [fault for one in verdicts.values() for fault in one.faults])


async def _off_until(ward: Ward, moment: datetime) -> None:
    await ward.kill()
    _set(ward, moment)
    await ward.start()


async def _over_night(ward: Ward, text: str, tonight: str) -> tuple[Verdict, Verdict]:
    """Two wait for the morning: one may still be sent then, the other would be too late."""
    _set(ward, NIGHT)
    number = await ward.notice(text, urgent=False, not_after=(NIGHT + DAY).isoformat())
    late = await ward.notice(tonight, urgent=False, not_after=(NIGHT + 2 * HOUR).isoformat())
    await ward.expanded(number)
    await ward.expanded(late)
    early = len(_asked(ward, text)) + len(_asked(ward, tonight))
    await _off_until(ward, NIGHT + 12 * HOUR)
    await ward.finished(number)
    await ward.finished(late)
    first = await ward.judged(number, text)
    second = await ward.judged(late, tonight, other=dict.fromkeys(ward.meant, SKIPPED))
    first.expect(not early, f"{early} were written to while people sleep")
    reasons = {row.reason for row in second.rows.values() if row.state == SKIPPED}
    second.expect(reasons == {"too late to send"}, f"told as {reasons}")
    second.expect(not _asked(ward, tonight), "somebody was written to too late")
    return first, second


async def _held_back(ward: Ward, text: str) -> Verdict:
    """Its hold-back ends while the machine is off."""
    number = await ward.notice(text, hold_back=HOUR.total_seconds())
    early = len(_asked(ward, text))
    await _off_until(ward, NIGHT + 14 * HOUR)
    await ward.finished(number)
    verdict = await ward.judged(number, text)
    verdict.expect(not early, f"{early} were written to while it was held back")
    return verdict


async def _too_late(ward: Ward, text: str) -> Verdict:
    """Its last moment passes while the machine is off: who has it has it, nobody gets it late."""
    ward.telegram.faults.add(faults.slow(SLOW * HURRIED, method="sendMessage", times=None))
    number = await ward.notice(text, not_after=(NIGHT + 15 * HOUR).isoformat())
    await ward.some_have(text, SOME)
    ward.telegram.faults.clear()
    await _off_until(ward, NIGHT + 16 * HOUR)
    asked = len(_asked(ward, text))
    await ward.finished(number)
    has = {one.id for one in ward.people if any(text in bubble.text for bubble in one.shown)}
    rows = (await ward.judged(number, text)).rows
    # Whom the kill struck may have it: nobody can know, and it is not sent once more.
    doubtful = {who: IN_DOUBT for who, row in rows.items() if row.doubts}
    verdict = await ward.judged(number, text, other=dict.fromkeys(ward.meant - has, SKIPPED) | doubtful)
    verdict.expect(any(row.state == SKIPPED for row in rows.values()), "nobody was left when it was too late")
    verdict.expect(len(_asked(ward, text)) == asked, "somebody was written to too late")
    return verdict
