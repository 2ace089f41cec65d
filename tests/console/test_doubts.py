"""What is known of each message afterwards, in the console: doubts settled by an officer, the ledger as a file."""

from dataclasses import replace
from io import BytesIO

import pytest
from openpyxl import load_workbook
from sqlalchemy import delete, insert, select, update

from bot.app import App
from core.campaigns import CampaignState
from core.delivery import DeliveryStatus
from db.campaign_tables import campaign_counts, campaigns
from db.models import contacts, deliveries
from tests.console.conftest import Notes
from tests.console.desk import Desk, Page
from tests.console.test_forms import SCRIPT, clean
from tests.db.test_statements import counting
from tests.support.rows import enrol, everything, listed, new_delivery

S = CampaignState
PAGE = "/console/notices/1/doubts"
MOST = 8  # statements
FORMULA = '=HYPERLINK("http://evil.example")'


async def in_doubt(app: App, notes: Notes, *names: str) -> None:
    """Notice 1, approved and sent, of which every message is in doubt."""
    await notes("Lớp may", S.SUBMITTED)
    async with app.storage.write() as uow:
        found = await uow.campaigns.get(1)
        assert found is not None
        fields = {"approved_by": "Duy", "approved_hash": found.notice.hash()}
        sent = {"state": S.FINISHED, "starts_at": app.clock.now(), "expanded_at": app.clock.now()}
        await uow.connection.execute(update(campaigns).values(**fields, **sent))
        await uow.connection.execute(delete(campaign_counts))
        counted = {"campaign_id": 1, "status": "in_doubt", "count": len(names)}
        await uow.connection.execute(insert(campaign_counts), [counted, {**counted, "status": "pending", "count": 0}])
        await uow.commit()
    await enrol(app.storage, [listed(f"p{n}", name=name) for n, name in enumerate(names)], app.clock.now())
    async with app.storage.write() as uow:
        people = (await uow.connection.execute(select(contacts.c.id).order_by(contacts.c.id))).scalars().all()
        new = [new_delivery(f"c1:{n}", f"p{n}", contact=person) for n, person in enumerate(people)]
        await uow.outbox.add([replace(one, campaign_id=1) for one in new])
        doubt = {"status": DeliveryStatus.IN_DOUBT, "doubts": 2, "attempt": 2, "settled_at": app.clock.now()}
        await uow.connection.execute(update(deliveries).values(**doubt, last_error="in_doubt: no answer in time"))
        await uow.commit()


async def of_all(duy: Desk, settlement: str, **fields: str) -> Page:
    """Say the same of all, by the page's last form."""
    return await duy.post(PAGE, {**duy.page.forms[-1].fields, **fields, "settle": settlement})


async def states(app: App) -> list[str]:
    return [row["status"] for row in (await everything(app.storage))["deliveries"]]


async def settled(app: App) -> list[object]:
    log = (await everything(app.storage))["audit_log"]
    return [(row["actor"], row["detail"]["as"]) for row in log if row["action"] == "campaign.settled"]


async def test_each_doubt_is_settled_by_itself(app: App, duy: Desk, notes: Notes) -> None:
    await in_doubt(app, notes, "Y Lan", "A Bình", SCRIPT)
    page = await duy.open("/console/notices/1")
    page = await duy.open(page.links["Xem 3 tin chưa rõ"])
    assert page.url.path == PAGE and "Y Lan" in page.text and clean(page.html)
    first, second = (row["contact_id"] for row in (await everything(app.storage))["deliveries"][:2])
    form = page.forms[-1].fields
    for _ in range(2):  # pressed twice
        page = await duy.post(PAGE, {**form, "settle": f"arrived:{first}"})
        assert page.statuses == ["✓ Đã ghi: tin đã đến."] and "Y Lan" not in page.text and "A Bình" in page.text
    assert await states(app) == ["sent", "in_doubt", "in_doubt"] and await settled(app) == [("officer:Duy", "arrived")]
    page = await duy.post(PAGE, {**page.forms[-1].fields, "settle": f"again:{second}"})
    assert page.statuses == ["✓ Đã cho gửi lại."] and (await states(app))[1] != "in_doubt"
    page = await duy.post(PAGE, {**page.forms[-1].fields, "settle": f"again:{second}"})
    assert page.status == 409 and "người khác vừa ghi kết quả" in page.alerts[0]


async def test_all_of_them_at_once_and_nothing_is_left(app: App, duy: Desk, notes: Notes) -> None:
    await in_doubt(app, notes, "Y Lan", "A Bình")
    await duy.open(PAGE)
    page = await of_all(duy, "not-arrived")
    assert await states(app) == ["failed", "failed"] and "Không có tin nào chưa rõ." in page.text
    for odd in ("", "maybe", "arrived:x", f"arrived:{'9' * 19}"):
        assert (await duy.post(PAGE, {**page.forms[0].fields, "settle": odd})).status == 422


async def test_of_many_the_number_is_typed_first(
    app: App, duy: Desk, notes: Notes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("web.console.notices.doubts.MANY", 2)
    await in_doubt(app, notes, "Y Lan", "A Bình")
    await duy.open(PAGE)
    page = await of_all(duy, "again", number="3")
    assert page.status == 422 and await states(app) == ["in_doubt", "in_doubt"]
    await of_all(duy, "again", number="2")
    assert await states(app) == ["queued", "queued"]


async def test_what_cannot_be_sent_again_says_why(app: App, duy: Desk, notes: Notes) -> None:
    await in_doubt(app, notes, "Y Lan")
    async with app.storage.write() as uow:
        await uow.connection.execute(update(deliveries).values(message_id=None))
        await uow.commit()
    page = await duy.open(PAGE)
    assert "Nội dung tin không còn lưu." in page.text and 'value="again:' not in page.html
    page = await of_all(duy, "again")
    assert "Có tin không gửi lại được" in page.alerts[0] and await states(app) == ["in_doubt"]


async def test_statements_do_not_grow_with_doubts(app: App, duy: Desk, notes: Notes) -> None:
    await in_doubt(app, notes, *(f"Y {n}" for n in range(60)))
    with counting(app.storage) as counter:
        page = await duy.open(PAGE)
        assert counter.take() <= MOST
    assert page.html.count('value="arrived:') == 50
    assert (await duy.open(page.links["Trang sau"])).html.count('value="arrived:') == 10


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
async def test_the_ledger_as_a_file_holds_no_formula_and_is_logged(
    app: App, duy: Desk, notes: Notes, kind: str
) -> None:
    await in_doubt(app, notes, FORMULA, "A Bình")
    page = await duy.open("/console/notices/1/ledger")
    assert page.links["Tải sổ, Excel"].endswith("/ledger.xlsx") and page.links["Tải sổ, dạng văn bản"].endswith(
        "/ledger.csv"
    )
    answer = await duy.client.get(f"/console/notices/1/ledger.{kind}")
    assert answer.status_code == 200 and f"so-gui-tin-1.{kind}" in answer.headers["content-disposition"]
    if kind == "csv":
        lines = answer.content.decode("utf-8-sig").splitlines()
        assert lines[0].startswith("Số,Họ và tên,") and "\"'=HYPERLINK(" in lines[1] and "A Bình" in lines[2]
    else:
        sheet = load_workbook(BytesIO(answer.content)).active
        assert [cell.value for cell in sheet[1]][:2] == ["Số", "Họ và tên"]
        assert (sheet["B2"].value, sheet["B2"].data_type) == (FORMULA, "s") and sheet["E3"].value == "Chưa rõ đã đến"
    log = [row for row in (await everything(app.storage))["audit_log"] if row["action"] == "campaign.ledger-filed"]
    assert [(row["actor"], row["detail"]) for row in log] == [("officer:Duy", {"kind": kind})]
