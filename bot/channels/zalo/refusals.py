"""What Zalo says no with, in the words every channel shares.

Told apart by the number in `error`; of the text nothing is kept, it may repeat what a person wrote. A code that is not
in the table is a message that is not taken.
"""

import re
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from core.contacts import Refusal
from core.errors import SendError, SendErrorKind

VIET_NAM = ZoneInfo("Asia/Ho_Chi_Minh")  # Zalo names no zone for its nights: this one is assumed
MORNING = time(6)  # until then neither templates nor promotions go
EXPIRED = (-216, -220, -124)  # the access token is not accepted: refreshed once, and the call repeated once
REFUSED_FOR = 60.0  # seconds until what an operator must mend is tried again
MINUTE = 60.0  # seconds: limits are by the minute, and Zalo says no time
HOUR = 3600.0
_FIELD = re.compile(r"^([A-Za-z_][A-Za-z0-9_.]{0,39}) is invalid")
NIGHT, NEXT_DAY = -1.0, -2.0  # in place of seconds


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a code decides. `told`: an operator must hear of it, though the account as a whole goes on."""

    kind: SendErrorKind
    after: float | None = None  # seconds; NIGHT: at six in the morning; NEXT_DAY: the next morning
    refusal: Refusal | None = None
    told: bool = False
    detail: str = ""


def _mend(detail: str) -> Meaning:
    return Meaning(SendErrorKind.MISCONFIGURED, REFUSED_FOR, detail=detail)


def _never(detail: str = "", *, told: bool = False) -> Meaning:
    return Meaning(SendErrorKind.REJECTED, detail=detail, told=told)


def _later(after: float, detail: str = "", *, told: bool = False) -> Meaning:
    return Meaning(SendErrorKind.UNREACHABLE, after, detail=detail, told=told)


def _stopped(refusal: Refusal) -> Meaning:
    return Meaning(SendErrorKind.CONTACT_STOPPED, refusal=refusal)


# The Official Account's API (docs.zaloplatforms.com/docs/OA, ma-loi).
# What costs money or quota concerns some messages only: they wait, and
# the free answers to whoever writes go on.
MEANINGS: dict[int, Meaning] = {
    -32: Meaning(SendErrorKind.THROTTLED, MINUTE),
    -100: _never("attachment"),  # an uploaded file is older than 7 days: it is uploaded once more
    -200: _later(MINUTE),
    -201: _never("parameter"),
    -202: _never("old"),
    -204: _mend("the account was deleted"),
    -205: _mend("no such account"),
    -207: _never("old"),
    -208: _never("old"),
    -209: _mend("the app is not activated"),
    -210: _never("too_long"),
    -211: _later(HOUR, "quota", told=True),
    -212: _mend("the app has not registered this group of calls"),
    -213: _stopped(Refusal.NEVER_STARTED),
    -214: _later(MINUTE),
    -215: _never("old"),
    -217: _stopped(Refusal.BLOCKED),
    -218: _never("receive_limit"),
    -219: _mend("the app was removed or disabled"),
    -221: _mend("the account is not verified"),
    -222: _never("old"),
    -223: _never("article_quota"),
    -224: _mend("the account's package does not hold this"),
    -227: _stopped(Refusal.GONE),
    -230: _stopped(Refusal.SILENT),
    -232: _stopped(Refusal.SILENT),  # which of the two comes when is not known: both mean a closed window
    -233: _never("kind"),
    -234: _later(NIGHT, "night"),
    -235: _mend("this kind of account may not use the API"),
    -237: _never("group"),
    -238: _never("asset"),
    -240: _mend("an interface that was switched off was called"),
    -241: _never("asset"),
    -242: _mend("appsecret_proof is not accepted"),
    -244: _stopped(Refusal.BLOCKED),
    -248: _never("standards", told=True),
    -249: _never("template_by_id", told=True),
    -305: _never("old"),
    -311: _never("old"),
    -320: _later(HOUR, "no business account is linked", told=True),
    -321: _later(HOUR, "the business account is out of money", told=True),
    -403: _never("group"),
    -1340: _never("form"),
    -1341: _never("form"),
}

# Template messages (12.2).
TEMPLATES: dict[int, Meaning] = {
    -108: _stopped(Refusal.INVALID),
    -109: _never("template", told=True),
    -111: _never("fields"),
    -112: _never("fields"),
    -1121: _never("fields"),
    -1122: _never("fields"),
    -1124: _never("fields"),
    -113: _never("button"),
    -114: _never("cannot_receive"),
    -115: _later(HOUR, "out of money or quota", told=True),
    -117: _never("template", told=True),
    -118: _stopped(Refusal.INVALID),
    -119: _never("cannot_receive"),
    -120: _later(HOUR, "the account may not send templates", told=True),
    -121: _never("body"),
    -122: _never("body"),
    -1241: _mend("appsecret_proof is not accepted"),
    -126: _never("development"),
    -127: _never("development"),
    -131: _never("template", told=True),
    -132: _never("fields"),
    -133: _later(NIGHT, "night"),  # may be lifted in 2026: then it never comes
    -135: _later(HOUR, "the account may not send templates", told=True),
    -1351: _later(HOUR, "the account may not send templates", told=True),
    -136: _later(HOUR, "no business account is linked", told=True),
    -137: _later(HOUR, "charging failed", told=True),
    -139: _never("refused_kind"),
    -140: _never("not_eligible"),
    -141: _never("refused_kind"),
    -144: _later(NEXT_DAY, "daily limit", told=True),
    -1441: _later(NEXT_DAY, "daily limit", told=True),
    -145: _never("content", told=True),
    -146: _never("template", told=True),
    -147: _later(NEXT_DAY, "daily limit", told=True),
    -1471: _later(NEXT_DAY, "daily limit", told=True),
    -1472: _later(NEXT_DAY, "daily limit", told=True),
    -160: _never("content", told=True),
    -161: _never("content", told=True),
}


def refusal_of(code: int, message: str, now: datetime, *, template: bool = False) -> SendError:
    """The decision that an answer of Zalo stands for. `template`: it was a template that was sent."""
    meaning = _meaning(code, message)
    if template and meaning.kind is SendErrorKind.MISCONFIGURED and code not in EXPIRED:
        # Templates need more than answers do: what is missing for them stops nothing else.
        meaning = _later(HOUR, meaning.detail)
    return SendError(
        meaning.kind,
        retry_after=_seconds(meaning.after, now),
        code=str(code),
        detail=meaning.detail if code != -201 else _field_of(message),
        refusal=meaning.refusal,
    )


def must_be_told(error: SendError, *, template: bool) -> bool:
    """Whether an operator must hear of it, though the account goes on."""
    code = int(error.code) if error.code.removeprefix("-").isdecimal() else 0
    meaning = MEANINGS.get(code) or TEMPLATES.get(code)
    if meaning is None:
        return False
    return meaning.told or (template and meaning.kind is SendErrorKind.MISCONFIGURED)


def _meaning(code: int, message: str) -> Meaning:
    if code in EXPIRED:
        return _mend("the access token is not accepted")
    if code == -223 and "not authorized" in message.lower():
        return _mend("the account has not authorised the app")
    if code == -201 and _field_of(message).endswith("user_id"):
        return _stopped(Refusal.INVALID)
    return MEANINGS.get(code) or TEMPLATES.get(code) or _never("unknown")


def _field_of(message: str) -> str:
    """Which parameter is said to be invalid; a name, never a value."""
    found = _FIELD.match(message)
    return found[1] if found else "parameter"


def _seconds(after: float | None, now: datetime) -> float | None:
    if after not in (NIGHT, NEXT_DAY):
        return after
    here = now.astimezone(VIET_NAM)
    morning = datetime.combine(here.date(), MORNING, VIET_NAM)
    if after == NEXT_DAY or here >= morning:
        morning += timedelta(days=1)
    return (morning - here).total_seconds()


def http_refusal(status: int) -> SendError:
    """What an answer that is none of Zalo's own stands for: a page of some gateway, or nothing that can be read."""
    if status in (401, 403, 404):
        return SendError(SendErrorKind.MISCONFIGURED, retry_after=REFUSED_FOR, code=str(status), detail="the address")
    if status == 429:
        return SendError(SendErrorKind.THROTTLED, retry_after=MINUTE, code="429")
    if 400 <= status < 500:
        return SendError(SendErrorKind.REJECTED, code=str(status))
    if status == 503:  # a gateway that has nobody to hand it to (RFC 9110, 15.6.4)
        return SendError(SendErrorKind.UNREACHABLE, code="503")
    # It may have been done, and only the answer was lost: there is no key by which a second one would be known.
    return SendError(SendErrorKind.IN_DOUBT, code=str(status), detail="the answer cannot be read")
