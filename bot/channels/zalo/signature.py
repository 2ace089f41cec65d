"""Whether it was Zalo who posted: a hash over the bytes as they came (docs.zaloplatforms.com/docs/OA, webhook)."""

import hashlib
import hmac
from dataclasses import dataclass
from datetime import datetime, timedelta

HEADER = "x-zevent-signature"
PREFIX = "mac="
# Zalo repeats for an hour what was not taken, presumably with its first timestamp, since that is signed: twice that.
OLDEST, AHEAD = timedelta(hours=2), timedelta(minutes=5)


def mac_of(app_id: str, body: bytes, timestamp: str, key: str) -> str:
    """The hash of the four, one after the other."""
    return hashlib.sha256(app_id.encode() + body + timestamp.encode("utf-8", "replace") + key.encode()).hexdigest()


def matches(header: str, wanted: str) -> bool:
    """In constant time. The value may lack its beginning; what else stands around it is not taken away."""
    given = header.removeprefix(PREFIX)
    return hmac.compare_digest(given.encode("utf-8", "replace"), wanted.encode())


@dataclass(frozen=True, slots=True, kw_only=True)
class Keys:
    """All that might have been used, to tell an operator which one it was. Never to let anybody in."""

    app_id: str
    oa_id: str
    oa_secret_key: str
    app_secret: str

    def which(self, header: str, body: bytes, timestamp: str) -> str:
        """What a signature that was refused was made with: "" for nothing of ours."""
        if not header or not (self.oa_secret_key and self.app_secret):
            return ""
        for first, begins in ((self.app_id, "app_id"), (self.oa_id, "oa_id")):
            for key, name in ((self.oa_secret_key, "oa_secret_key"), (self.app_secret, "app_secret")):
                if matches(header, mac_of(first, body, timestamp, key)):
                    return f"{begins}+{name}"
        return ""


def too_old(moment: datetime, now: datetime) -> bool:
    """Older than anything that Zalo still repeats."""
    return now - moment > OLDEST


def too_new(moment: datetime, now: datetime) -> bool:
    """From the future: one of two clocks is wrong."""
    return moment - now > AHEAD
