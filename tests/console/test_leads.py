"""Leads in the console: who waits, what happened, moving on, writing, applications and the share that a plan wants."""

import csv
import re
from dataclasses import replace
from io import BytesIO
from typing import Any

import pytest
from openpyxl import load_workbook
from sqlalchemy import update

from bot.app import App
from core.contacts import Consent, Purpose
from core.leads import LeadState, LeadStep, NewLead
from core.officers import Grant, Role
from core.work import OfferState, Profile
from db.models import contacts
from handlers.work import led
from tests.console.desk import Desk, signed_in
from tests.console.test_forms import SCRIPT, clean
from tests.db.test_statements import counting
from tests.support.clock import FixedClock
from tests.support.rows import an_offer, everything, make_person

LIST, ONE = "/console/work/leads", "/console/work/leads/1"


async def leads(app: App, many: int = 1, *, started: int = 0, place: str = "dak-cam", **facts: Any) -> list[int]:
    """So many people who are interested in one vacancy, of whom some have started there."""
    now, content, found = app.clock.now(), app.knowledge.content, []
    offer = an_offer(title=facts.pop("title", "Công nhân may"), reference=facts.pop("reference", "VL-7"))
    async with app.storage.write() as uow:
        (number,) = (await uow.work.add(place, [offer], by="Thu", now=now)).new
        await uow.work.step(number, OfferState.DRAFT, OfferState.VERIFIED, verified_by="Duy", verified_at=now)
        posted = await uow.work.get(number)
        await uow.commit()
    assert posted is not None
    people = [await make_person(app.storage, f"{place} {number} {one}") for one in range(many)]
    async with app.storage.write() as uow:
        for at, person in enumerate(people):
            contact = replace(person.contact, locality=place, **facts)
            talk = replace(person.conversation, version=person.conversation.version + 1)
            await uow.people.save([replace(person, contact=contact, conversation=talk)])
            yes = Consent(purpose=Purpose.WORK, granted_at=now, expires_at=now.replace(year=2027), wording="work.ask")
            await uow.people.consent(contact.id, yes)
            listed = {"name": contact.name, "phone": contact.phone, "household_status": contact.household_status}
            await uow.connection.execute(update(contacts).where(contacts.c.id == contact.id).values(listed))
            lead = await led.begin(uow, content, replace(person, contact=contact), posted, now)
            if at < started:
                assert await led.move(uow, lead, LeadState.STARTED, LeadStep(at=now, act=LeadState.STARTED))
            found.append(lead.id)
        await uow.commit()
    return found


async def rows(desk: Desk, path: str) -> list[tuple[Any, ...]]:
    answer = await desk.client.get(path)
    assert answer.status_code == 200
    return [tuple(row) for row in load_workbook(BytesIO(answer.content)).active.iter_rows(values_only=True)]


async def test_who_waits_longest_stands_first_and_the_home_page_says_so(app: App, clock: FixedClock) -> None:
    await leads(app, title="Phụ bếp", household_status="poor", hamlet="Thôn 3")
    clock.advance(days=4)
    await leads(app, title="Phụ hồ")
    lan = await signed_in(app, "Lan", Grant(role=Role.ANSWERER, locality="dak-cam"))
    page = await lan.open(LIST)
    assert page.text.index("Phụ bếp") < page.text.index("Phụ hồ")
    assert "Chờ liên hệ: 2." in page.text and "4 ngày" in page.text and "Hộ nghèo" in page.text
    home = await lan.open("/console")
    assert "Người số 1: Phụ bếp, chờ 4 ngày" in home.text
    other = await signed_in(app, "Ba", Grant(role=Role.ANSWERER, locality="di-su"))
    assert "Phụ bếp" not in (await other.open(LIST)).text + (await other.open("/console")).text
    assert (await other.open(ONE)).status == 404 and (await other.open(f"{LIST}/offers/1")).status == 404


async def test_without_a_yes_there_is_no_number_and_with_one_there_is(app: App, lan: Desk) -> None:
    await leads(app, name="Y Mai", phone="0912345678")
    page = await lan.open(ONE)
    assert "Y Mai" not in page.html and "0912" not in page.text and "Chưa cho cán bộ số" in page.text
    assert all("0912345678" not in row for row in await rows(lan, f"{LIST}/sheet"))
    async with app.storage.write() as uow:
        await uow.leads.allow(1, officer=True)
        await uow.commit()
    page = await lan.open(ONE)
    assert (
        "Y Mai" in page.text
        and "0912 345 678" in page.text
        and "<dt>Cho nơi tuyển biết số</dt><dd>Chưa</dd>" in page.html
    )
    told = await rows(lan, f"{LIST}/offers/1/sheet")
    assert told[1][0] == "VL-7" and told[1][3] == 1 and "0912345678" not in told[1]
    async with app.storage.write() as uow:
        await uow.leads.allow(1, employer=True)
        await uow.commit()
    assert "0912345678" in (await rows(lan, f"{LIST}/offers/1/sheet"))[1]
    page = await lan.open(f"{LIST}/offers/1")
    assert page.links["Y Mai"] == ONE and "0912 345 678" in page.text, "the name leads there, the number is grouped"
    answer = await lan.client.get(f"{LIST}/offers/1/sheet?as=csv")
    assert "VL-7" in answer.text and "0912345678" in answer.text
    page = await lan.open(f"{LIST}/offers/1")
    assert "Chưa nối với sàn giao dịch việc làm nào" in page.text and "VL-7" in page.text


@pytest.mark.parametrize("title", ["=1+1", " =1+1", "＝1+1", "＋1", "－1", "＠SUM(A1)"])
async def test_what_a_spreadsheet_takes_for_a_formula_is_a_text_in_the_file(app: App, lan: Desk, title: str) -> None:
    await leads(app, title="Công nhân may", reference=title, name="Y Mai")
    answer = await lan.client.get(f"{LIST}/offers/1/sheet?as=csv")
    (told,) = list(csv.reader(answer.text.lstrip("\ufeff").splitlines()))[1:]
    assert told[0] == f"'{title}"


async def test_an_officer_moves_one_on_once_and_the_second_is_told(app: App, lan: Desk, minh: Desk) -> None:
    await leads(app)
    await lan.open(ONE)
    await minh.open(ONE)
    page = await lan.send("/move", to="gave_up", note="Nửa câu")
    assert page.status == 422 and "Chọn lý do" in page.alerts[0]
    assert page.form("/move").fields["note"].strip() == "Nửa câu"
    form = {**page.form("/move").fields, "to": "interview", "note": "Hẹn sáng thứ Hai"}
    told = [(await lan.post(f"{ONE}/move", form)).statuses for _ in range(2)]
    assert told == [["✓ Đã ghi bước mới."]] * 2
    page = await minh.send("/move", to="contacted")
    assert page.status == 409 and "Người khác vừa ghi" in page.alerts[0]
    stored = await everything(app.storage)
    assert [one["act"] for one in stored["work_lead_steps"]] == ["interested", "interview"]
    assert [one["action"] for one in stored["audit_log"] if one["action"].startswith("lead")] == [
        "lead.begun",
        "lead.moved",
    ]


async def test_an_officer_writes_into_the_chat(app: App, lan: Desk) -> None:
    await leads(app)
    await lan.open(ONE)
    page = await lan.send("/write", text=" ")
    assert page.status == 422 and "Viết nội dung" in page.alerts[0]
    form = {**page.form("/move").fields, "text": "Chiều mai đến phường nhé."}
    for _ in range(2):
        page = await lan.post(f"{ONE}/write", form)
    assert page.statuses == ["✓ Đã gửi tin nhắn."] and "Chiều mai đến phường nhé." in page.text
    stored = await everything(app.storage)
    (sent,) = [one for one in stored["messages"] if "Chiều mai" in str(one["body"])]
    assert "nhắn về việc Công nhân may" in str(sent["body"]) and "Gặp cán bộ" in str(sent["body"])
    assert stored["work_leads"][0]["state"] == "contacted"


async def test_nothing_typed_becomes_part_of_a_page(app: App, lan: Desk) -> None:
    await leads(app, title=SCRIPT, reference=SCRIPT, name=SCRIPT)
    async with app.storage.write() as uow:
        await uow.leads.allow(1, officer=True, phone=SCRIPT[:40])
        await uow.commit()
    await lan.open(ONE)
    assert clean((await lan.send("/move", to="contacted", note=SCRIPT)).html)
    assert clean((await lan.send("/write", text=SCRIPT)).html)
    for path in (LIST, f"{LIST}/offers/1", "/console", "/console/work/share"):
        assert clean((await lan.open(path)).html)


async def test_twenty_of_twenty_five_are_eighty_percent_row_by_row(app: App, chief: Desk) -> None:
    await leads(app, 25, started=20, place="hong-linh", household_status="poor")
    await leads(app, 3, started=3, place="hong-linh", household_status="average", title="Phụ hồ")
    page = await chief.open("/console/work/share?at=hong-linh")
    assert "20 trên 25 người, là 80 %" in page.text and "Đạt" in page.text and "mục I.3.b" in page.text
    assert "Không chia theo thôn" in page.text
    told = await rows(chief, "/console/work/share/sheet?at=hong-linh")
    found = [one for one in told if one[2] and "80" in str(one[2]) and str(one[3]).startswith("Người số")]
    assert (len(found), sum(one[8] for one in found)) == (25, 20)
    page = await chief.open("/console/targets/hong-linh/job-found.share")
    assert "Sổ việc làm đang có: 20 trên 25 người, là 80 %." in page.text


async def test_totals_are_for_more_people_than_rows(app: App) -> None:
    await leads(app, 6, started=5, place="hong-linh", household_status="near-poor")
    looks = await signed_in(app, "Sáu", Grant(role=Role.SUPERVISOR, locality="hong-linh"))
    page = await looks.open("/console/work/share?at=hong-linh")
    assert "5 trên 6 người" in page.text and "Người số" not in page.text
    assert (await looks.open("/console/work/share/sheet?at=hong-linh")).status == 403


async def test_who_is_erased_stays_a_number_in_the_share(app: App, chief: Desk) -> None:
    await leads(app, 2, started=1, place="hong-linh", household_status="poor")
    async with app.storage.write() as uow:
        lead = await uow.leads.get(1)
        assert lead is not None and lead.contact_id is not None
        await uow.people.erase(lead.contact_id, [b"x" * 32], app.clock.now())
        await uow.commit()
    page = await chief.open("/console/work/share?at=hong-linh")
    assert "1 trên 2 người, là 50 %" in page.text and "Số 1, đã xóa dữ liệu" in page.text
    page = await chief.open(ONE)
    assert "Người này đã xóa dữ liệu" in page.text and "/move" not in page.html


@pytest.mark.parametrize("way", ["erased", "stopped"])
async def test_who_goes_with_several_leads_is_one_person_on_the_page_and_in_the_sheet(
    app: App, chief: Desk, way: str
) -> None:
    await leads(app, 1, started=1, place="hong-linh", household_status="poor")
    async with app.storage.write() as uow:
        offers = [an_offer(title=title, reference=title) for title in ("Phụ hồ", "Phụ bếp")]
        for offer in (await uow.work.add("hong-linh", offers, by="Thu", now=app.clock.now())).new:
            await uow.leads.begin(NewLead(locality="hong-linh", offer_id=offer, contact_id=1), app.clock.now())
        await uow.commit()
    share, sheet = "/console/work/share?at=hong-linh", "/console/work/share/sheet?at=hong-linh"

    async def told() -> tuple[list[str], list[tuple[Any, ...]]]:
        page = await chief.open(share)
        assert [f"{LIST}/{lead}" in page.html for lead in (1, 2, 3)] == [True] * 3, "each row leads to all it is of"
        kept = [(*one[:3], *one[4:]) for one in await rows(chief, sheet)]  # all but what they are called
        return re.findall(r"\d+ trên \d+ người, là [\d,]+ %", page.text), kept

    before = await told()
    assert "1 trên 1 người, là 100 %" in before[0]
    assert [one[-1] for one in before[1] if one[-1]] == ["Số trong sổ việc làm", *["1, 2, 3"] * len(before[0])]
    async with app.storage.write() as uow:
        if way == "erased":
            await uow.people.erase(1, [b"x" * 32], app.clock.now())
        else:
            await uow.people.withdraw(1, Purpose.WORK)
        await uow.commit()
    assert await told() == before


@pytest.mark.thorough
async def test_a_page_costs_the_same_however_many_there_are(app: App, lan: Desk) -> None:
    async def cost() -> tuple[int, int]:
        await lan.open(LIST)
        with counting(app.storage) as counter:
            await lan.open(LIST)
            listed = counter.take()
            await lan.open("/console/work/share?at=dak-cam")
        return listed, counter.take()

    await leads(app)
    # What runs beside the page has statements too: the fewest of each page are its own.
    before = [min(each) for each in zip(*[await cost() for _ in range(5)], strict=True)]
    await leads(app, 40, title="Phụ bếp")
    after = [min(each) for each in zip(*[await cost() for _ in range(5)], strict=True)]
    assert after == before and max(before) <= 9


async def test_somebody_who_agreed_in_person_is_written_down_once(app: App, lan: Desk) -> None:
    new = "/console/work/seekers/at/dak-cam/new"
    await lan.open(new)
    page = await lan.send("/new", name="", phone="12", hamlet="nowhere")
    assert (
        page.status == 422 and "Đánh dấu là người này đã đồng ý." in page.alerts[0] and "Ghi họ tên." in page.alerts[0]
    )
    said = {"name": SCRIPT[:80], "phone": "0912 345 678", "status": "poor", "agreed": "1", "may_pass": "1"}
    form = {**page.form("/new").fields, **said, "hamlet": ""}
    pages = [await lan.post(new, form) for _ in range(2)]
    assert [one.statuses for one in pages] == [["✓ Đã ghi vào danh sách."]] * 2 and clean(pages[0].html)
    assert "Lan ghi giúp ngày" in pages[0].text and "0912 345 678" in pages[0].text
    stored = await everything(app.storage)
    assert len(stored["work_profiles"]) == 1 and stored["consents"][0]["wording"] == "work.in-person"
    sheet = await rows(lan, "/console/work/seekers/sheet?at=dak-cam")
    assert len(sheet) == 2 and "0912345678" in sheet[1]
    other = await signed_in(app, "Ba", Grant(role=Role.ANSWERER, locality="di-su"))
    number = stored["contacts"][0]["id"]
    assert (await other.open(f"/console/work/seekers/{number}")).status == 404
    assert (await other.open(new)).status == 404


async def test_what_an_officer_wrote_down_is_changed_by_one_at_a_time(
    app: App, lan: Desk, minh: Desk, clock: FixedClock
) -> None:
    new = "/console/work/seekers/at/dak-cam/new"
    await lan.open(new)
    said = {"name": "Y Mai", "phone": "0912 345 678", "reach": "here", "held_children": "1", "agreed": "1"}
    page = await lan.post(new, {**lan.page.form("/new").fields, **said})
    edit = f"{page.url.path}/edit"
    before = (await everything(app.storage))["consents"]
    await minh.open(edit)
    form = (await lan.open(edit)).form("/edit").fields
    assert (form["name"], form["phone"]) == ("Y Mai", "0912 345 678") and '"here" selected' in lan.page.html
    assert 'name="held_children" value="1" checked' in lan.page.html
    clock.advance(seconds=60)
    page = await lan.post(edit, {**form, "name": " "})
    assert page.status == 422 and "Ghi họ tên." in page.alerts[0]
    form = {**page.form("/edit").fields, "name": "Y Mai Niê", "phone": "", "reach": "anywhere", "may_pass": "1"}
    pages = [await lan.post(edit, form) for _ in range(2)]
    assert [one.statuses for one in pages] == [["✓ Đã lưu lời ghi."]] * 2 and "Y Mai Niê" in pages[0].text
    assert "0912" not in pages[0].text
    page = await minh.send("/edit", name="Khác")
    assert page.status == 409 and "Người khác vừa ghi" in page.alerts[0]
    stored = await everything(app.storage)
    assert [one["action"] for one in stored["audit_log"] if "seeker" in one["action"]] == [
        "seeker.entered",
        "seeker.changed",
    ]
    assert stored["consents"] == before, "kept no longer than they agreed to"


async def test_who_told_it_in_the_chat_changes_it_there(app: App, lan: Desk) -> None:
    await leads(app)
    async with app.storage.write() as uow:
        await uow.work.keep_profile(1, Profile(), app.clock.now())
        await uow.commit()
    page = await lan.open("/console/work/seekers/1")
    assert page.status == 200 and "Sửa lời ghi" not in page.text
    assert (await lan.open("/console/work/seekers/1/edit")).url.path == "/console/work/seekers/1"
    seen = app.clock.now().isoformat()
    form = {**page.form("/remove").fields, "name": "Khác", "reach": "anywhere", "seen": seen}
    page = await lan.post("/console/work/seekers/1/edit", form)
    assert page.status == 409, "nor by a form of one's own making"
    async with app.storage.read() as uow:
        assert await uow.work.profile(1) == Profile()


async def test_who_is_led_to_it_is_not_proposed_for_it_again(app: App, lan: Desk) -> None:
    (lead,) = await leads(app, name="Y Mai", phone="0912345678")
    (one,) = [row["contact_id"] for row in (await everything(app.storage))["work_leads"]]
    other = await make_person(app.storage, "another")
    async with app.storage.write() as uow:
        now = app.clock.now()
        until = now.replace(year=2027)
        await uow.work.keep_profile(one, Profile(wants=("sewing",)), now)
        await uow.people.consent(
            other.contact.id, Consent(purpose=Purpose.WORK, granted_at=now, expires_at=until, wording="work.ask")
        )
        here = update(contacts).where(contacts.c.id == other.contact.id).values(locality="dak-cam")
        await uow.connection.execute(here)
        await uow.work.keep_profile(other.contact.id, Profile(wants=("sewing",)), now)
        await uow.commit()
    page = await lan.open(f"{LIST}/offers/1")
    proposed = [href for href in page.links.values() if "/seekers/" in href]
    assert proposed == [f"/console/work/seekers/{other.contact.id}"] and lead
    assert "đúng nghề người này muốn" in page.text and "nhà mình" not in page.text
