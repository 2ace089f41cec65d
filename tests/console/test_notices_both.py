"""What the room of notices asks of storage, on SQLite and on PostgreSQL; and many presses at once."""

import asyncio

import pytest

from bot.app import App
from tests.console.desk import Desk
from tests.console.test_notices_writing import FILLED
from tests.support.rows import everything

pytestmark = pytest.mark.thorough


@pytest.fixture
def database(database_url: str) -> str:
    return database_url


async def test_from_a_draft_to_a_stop(app: App, thu: Desk, duy: Desk) -> None:
    await thu.open("/console/notices/new")
    await thu.send("/new", "Lưu nháp", **FILLED)
    await thu.open("/console/notices/1/edit")
    form = thu.page.form("/edit")
    other = {
        **(await thu.open("/console/notices/1/edit")).form("/edit").fields,
        **FILLED,
        "text_vi": "Khác.",
        "do": "save",
    }
    data = {**form.fields, **FILLED, "text_vi": "Lời mới.", "do": "submit"}
    answers = await asyncio.gather(*[thu.client.post(form.action, data=one) for one in (data, data, other)])
    # One form twice is one act; of two forms one is the first, and the other is told.
    assert sorted(one.status_code for one in answers) in ([303, 303, 409], [303, 409, 409])
    rows = await everything(app.storage)
    assert [row["act"] for row in rows["campaign_history"]].count("edited") == 1
    await thu.open("/console/notices/1")
    if any(one.action.endswith("/submit") for one in thu.page.forms):
        await thu.send("/submit")
    form = (await duy.open("/console/notices/1")).form("/approve")
    approved = await asyncio.gather(*[duy.client.post(form.action, data=form.fields) for _ in range(3)])
    assert [one.status_code for one in approved] == [303, 303, 303]
    rows = await everything(app.storage)
    assert [row["act"] for row in rows["campaign_history"]].count("approve") == 1
    assert rows["campaigns"][0]["state"] == "approved"
    page = await duy.open("/console/notices/1")
    assert (await duy.send("/stop", stop_why="Sai giờ.")).statuses == ["✓ Đã dừng hẳn."]
    assert "Sai giờ." in (await thu.open("/console/notices/1")).text and page.status == 200
    assert (await duy.open("/console/notices/1/ledger")).status == 200
