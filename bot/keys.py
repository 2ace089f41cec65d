"""The installation's own secret, made at the first start and kept in the data folder."""

import hashlib
import hmac
import secrets
from pathlib import Path

from core.contacts import URN
from core.errors import StorageError

NAME = "secret.key"
LENGTH = 32  # bytes


def load_key(data_dir: Path) -> bytes:
    """The secret; made when there is none. Raises StorageError when the folder cannot be used."""
    path = data_dir / NAME
    try:
        data_dir.mkdir(parents=True, exist_ok=True)
        if not path.exists():
            # Readable by this user alone from its first moment; complete before it gets its name.
            draft = path.with_suffix(".new")
            draft.touch(mode=0o600, exist_ok=True)
            draft.write_bytes(secrets.token_bytes(LENGTH))
            draft.rename(path)
        key = path.read_bytes()
    except OSError as error:
        raise StorageError(
            f"cannot be used ({error.strerror})",
            where=str(data_dir),
            mend="set CHUNGTAY_DATA_DIR to a folder one can write in",
        ) from error
    if len(key) != LENGTH:
        raise StorageError(
            "is damaged", where=str(path), mend="restore it from the backup; links and erasures rest on it"
        )
    return key


def derived(key: bytes, purpose: str) -> bytes:
    """A key of its own for each purpose."""
    return hmac.new(key, purpose.encode(), hashlib.sha256).digest()


def keyed_hash(key: bytes, urn: URN) -> bytes:
    """What is remembered of an erased address: it can be recognised again, not read."""
    return hmac.new(key, f"{urn.account}\0{urn.path}".encode(), hashlib.sha256).digest()
