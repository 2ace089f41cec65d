"""What the storage tests share."""

import pytest

from db.unit_of_work import SqlStorage
from tests.support.rows import make_account


@pytest.fixture
async def store(storage: SqlStorage) -> SqlStorage:
    """Storage with the web chat's account."""
    await make_account(storage)
    return storage
