"""What the rooms of targets and tasks ask of storage, on SQLite and on PostgreSQL; and many presses at once."""

import asyncio

import pytest

from bot.app import App
from tests.console.desk import Desk
from tests.console.test_targets import FILLED, LIST, RATES, WATER, approve, enter
from tests.console.test_tasks import DONE, give
from tests.support.rows import everything

pytestmark = pytest.mark.thorough


@pytest.fixture
def database(database_url: str) -> str:
    return database_url


async def test_from_an_entry_to_what_is_published(app: App, thu: Desk, duy: Desk) -> None:
    forms = [{**(await thu.open(WATER)).form("/enter").fields, **FILLED} for _ in range(2)]
    posts = [thu.client.post(f"{WATER}/enter", data=one) for one in (forms[0], forms[0], forms[1])]
    answers = await asyncio.gather(*posts)
    # One form twice is one act; of two forms one is the first, and the other is told.
    assert sorted(one.status_code for one in answers) in ([303, 303, 409], [303, 409, 409])
    (number,) = [row["id"] for row in (await everything(app.storage))["reported_figures"]]
    form = (await duy.open(f"/console/figures/{number}")).form("/approve")
    approved = await asyncio.gather(*[duy.client.post(form.action, data=form.fields) for _ in range(3)])
    assert {one.status_code for one in approved} <= {303, 409} and 303 in {one.status_code for one in approved}
    rows = await everything(app.storage)
    assert [row["standing"] for row in rows["reported_figures"]] == ["approved"]
    assert [row["action"] for row in rows["audit_log"]].count("figure.approve") == 1
    await enter(thu, RATES)
    await approve(duy, max(row["id"] for row in (await everything(app.storage))["reported_figures"]))
    assert "15 hộ nghèo" in (await thu.open(LIST)).text and "97,5%" in thu.page.text


async def test_a_task_that_two_close_at_once(app: App, thu: Desk) -> None:
    await give(thu)
    forms = [{**(await thu.open("/console/tasks/1")).form("/done").fields, **DONE} for _ in range(2)]
    answers = await asyncio.gather(*[thu.client.post("/console/tasks/1/done", data=one) for one in forms])
    assert sorted(one.status_code for one in answers) == [303, 409]
    acts = [row["act"] for row in (await everything(app.storage))["task_history"]]
    assert acts == ["made", "done"]
