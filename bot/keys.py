"""The installation's own secret, made when the installation is, and kept in the data folder."""

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
    if read_key(data_dir) is None:
        write_key(data_dir, secrets.token_bytes(LENGTH))
    key = read_key(data_dir)
    assert key is not None, "it was written just now"  # noqa: S101
    return key


def read_key(data_dir: Path) -> bytes | None:
    """The secret, None when there is none. Raises StorageError when it is damaged or may not be read."""
    path = data_dir / NAME
    try:
        key = path.read_bytes()
    except FileNotFoundError:
        return None
    except OSError as error:
        raise _unusable(data_dir, error) from error
    if len(key) != LENGTH:
        raise StorageError(
            "is damaged", where=str(path), mend="restore it from the backup; links and erasures rest on it"
        )
    return key


def write_key(data_dir: Path, key: bytes) -> None:
    """Keep a secret. Raises StorageError when the folder cannot be used."""
    try:
        data_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
        # Readable by this user alone from its first moment; complete before it gets its name.
        draft = (data_dir / NAME).with_suffix(".new")
        draft.touch(mode=0o600, exist_ok=True)
        draft.write_bytes(key)
        draft.rename(data_dir / NAME)
    except OSError as error:
        raise _unusable(data_dir, error) from error


def _unusable(data_dir: Path, error: OSError) -> StorageError:
    return StorageError(
        f"cannot be used ({error.strerror})",
        where=str(data_dir),
        mend="set CHUNGTAY_DATA_DIR to a folder one can write in",
    )


def derived(key: bytes, purpose: str) -> bytes:
    """A key of its own for each purpose."""
    return hmac.new(key, purpose.encode(), hashlib.sha256).digest()


def keyed_hash(key: bytes, urn: URN) -> bytes:
    """What is remembered of an erased address: it can be recognised again, not read."""
    return hmac.new(key, f"{urn.account}\0{urn.path}".encode(), hashlib.sha256).digest()


def keyed_text(key: bytes, text: str) -> bytes:
    """What is kept of a text that is to be recognised, not read."""
    return hmac.new(key, text.encode("utf-8", "replace"), hashlib.sha256).digest()
