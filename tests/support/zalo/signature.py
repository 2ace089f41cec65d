"""How an event proves where it comes from, and the app secret's proof that a call may carry."""

import hashlib
import hmac


def mac(app_id: str, raw: bytes, timestamp: str, key: str) -> str:
    """SHA-256 over four things in a row. It is no HMAC, and it is over the bytes as they travel."""
    return hashlib.sha256(app_id.encode() + raw + timestamp.encode() + key.encode()).hexdigest()


def proof(app_secret: str, access_token: str) -> str:
    """What the header appsecret_proof must hold, where the console asks for it."""
    return hmac.new(app_secret.encode(), access_token.encode(), hashlib.sha256).hexdigest()
