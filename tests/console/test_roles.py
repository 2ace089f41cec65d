"""Who may enter which room: written down here by hand, role by role, and compared with what every route does."""

import re
from decimal import Decimal

import pytest
from sqlalchemy import update

from bot.app import App
from core.contacts import Consent, Purpose
from core.labour import By, Workers
from core.messages import attachment_to_json
from core.officers import Grant, Role
from core.progress import NewReported
from core.tasks import NewTask
from core.training import Learner
from core.work import OfferKind, OfferState, Profile
from db.models import contacts
from tests.console.changes import misread, proposed
from tests.console.conftest import Asks, Notes, Plans
from tests.console.desk import Desk, signed_in
from tests.console.test_leads import leads
from tests.support.rows import a_home, a_need, a_post, an_event, an_offer, everything
from tests.web.conftest import client_of
from web.console.door import Scope
from web.console.routes import ROOMS

EVERYBODY = set(Role)
READERS = {Role.VIEWER, Role.ANSWERER, Role.EDITOR, Role.APPROVER, Role.ADMINISTRATOR}
ANSWERERS = {Role.ANSWERER, Role.ADMINISTRATOR}
SEEKER_WRITERS = ANSWERERS | {Role.COLLABORATOR}
MANAGERS = {Role.ADMINISTRATOR}
TOTALS = READERS | {Role.SUPERVISOR}
NEED_WORKERS = {Role.ANSWERER, Role.EDITOR, Role.ADMINISTRATOR}
CAMPAIGN_READERS = READERS | {Role.COLLABORATOR, Role.SUPERVISOR}
WRITERS = {Role.EDITOR, Role.ADMINISTRATOR}
APPROVERS = {Role.APPROVER, Role.ADMINISTRATOR}
CONTROLLERS = WRITERS | APPROVERS
CONTENT_READERS = READERS | {Role.SUPERVISOR}
CONTENT_WRITERS = ANSWERERS | WRITERS
TEACHERS = CONTENT_WRITERS | APPROVERS
WORKERS = ANSWERERS | WRITERS | APPROVERS
TOTALS = READERS | {Role.SUPERVISOR}
# Every route, with the roles that are let in when they have the role in the place of question 1. A route that is not
# here fails the first test.
TABLE: dict[tuple[str, str], set[Role]] = {
    ("GET", "/console"): EVERYBODY,
    ("POST", "/console/drafts/drop"): EVERYBODY,
    ("GET", "/console/sign-in"): EVERYBODY,
    ("POST", "/console/sign-in"): EVERYBODY,
    ("POST", "/console/look"): EVERYBODY,
    ("GET", "/console/start/{token}"): EVERYBODY,
    ("POST", "/console/start/{token}"): EVERYBODY,
    ("POST", "/console/sign-out"): EVERYBODY,
    ("GET", "/console/account"): EVERYBODY,
    ("POST", "/console/account/sessions/{id:int}/end"): EVERYBODY,
    ("POST", "/console/account/sessions/end"): EVERYBODY,
    ("POST", "/console/account/codes"): EVERYBODY,
    ("POST", "/console/account/chats"): EVERYBODY,
    ("POST", "/console/account/chats/{id:int}/end"): EVERYBODY,
    ("GET", "/console/officers"): MANAGERS,
    ("POST", "/console/officers/new"): MANAGERS,
    ("POST", "/console/officers/{id:int}/link"): MANAGERS,
    ("GET", "/console/officers/{id:int}"): MANAGERS,
    ("POST", "/console/officers/{id:int}/role"): MANAGERS,
    ("POST", "/console/officers/{id:int}/revoke"): MANAGERS,
    ("POST", "/console/officers/{id:int}/retire"): MANAGERS,
    ("GET", "/console/questions"): READERS,
    ("GET", "/console/questions/{id:int}"): READERS,
    ("GET", "/console/questions/{id:int}/answer"): READERS,
    ("POST", "/console/questions/{id:int}/answer"): ANSWERERS,
    ("GET", "/console/questions/{id:int}/note"): READERS,
    ("POST", "/console/questions/{id:int}/note"): ANSWERERS,
    ("GET", "/console/questions/{id:int}/hold"): READERS,
    ("POST", "/console/questions/{id:int}/hold"): ANSWERERS,
    ("GET", "/console/questions/{id:int}/hand-over"): READERS,
    ("POST", "/console/questions/{id:int}/hand-over"): ANSWERERS,
    ("GET", "/console/questions/{id:int}/close"): READERS,
    ("POST", "/console/questions/{id:int}/close"): ANSWERERS,
    ("GET", "/console/questions/{id:int}/talk"): READERS,
    ("POST", "/console/questions/{id:int}/talk"): ANSWERERS,
    ("GET", "/console/questions/{id:int}/pass-up"): READERS,
    ("POST", "/console/questions/{id:int}/pass-up"): ANSWERERS,
    ("GET", "/console/questions/{id:int}/slip"): ANSWERERS,
    ("GET", "/console/questions/{id:int}/slip.pdf"): ANSWERERS,
    ("POST", "/console/questions/{id:int}/slip"): ANSWERERS,
    ("GET", "/console/news"): READERS,
    ("GET", "/console/questions/{id:int}/news"): READERS,
    ("GET", "/console/questions/months"): READERS | {Role.SUPERVISOR},
    ("GET", "/console/questions/months.xlsx"): READERS | {Role.SUPERVISOR},
    ("GET", "/console/notices"): CAMPAIGN_READERS,
    ("GET", "/console/notices/new"): WRITERS,
    ("POST", "/console/notices/new"): WRITERS,
    ("GET", "/console/notices/{id:int}"): CAMPAIGN_READERS,
    ("GET", "/console/notices/{id:int}/file"): CAMPAIGN_READERS,
    ("GET", "/console/notices/{id:int}/edit"): WRITERS,
    ("POST", "/console/notices/{id:int}/edit"): WRITERS,
    ("GET", "/console/notices/{id:int}/ledger"): CONTROLLERS,
    ("GET", "/console/notices/{id:int}/ledger.xlsx"): CONTROLLERS,
    ("GET", "/console/notices/{id:int}/ledger.csv"): CONTROLLERS,
    ("GET", "/console/notices/{id:int}/doubts"): CONTROLLERS,
    ("POST", "/console/notices/{id:int}/doubts"): CONTROLLERS,
    ("POST", "/console/notices/{id:int}/submit"): WRITERS,
    ("POST", "/console/notices/{id:int}/approve"): APPROVERS,
    ("POST", "/console/notices/{id:int}/return"): APPROVERS,
    ("POST", "/console/notices/{id:int}/pause"): CONTROLLERS,
    ("POST", "/console/notices/{id:int}/resume"): CONTROLLERS,
    ("POST", "/console/notices/{id:int}/stop"): CONTROLLERS,
    ("GET", "/console/targets"): TOTALS,
    ("GET", "/console/targets/sheet"): TOTALS,
    ("GET", "/console/targets/{place}/rates"): TOTALS,
    ("POST", "/console/targets/{place}/rates/enter"): WRITERS,
    ("GET", "/console/targets/{place}/{target}"): TOTALS,
    ("POST", "/console/targets/{place}/{target}/enter"): WRITERS,
    ("GET", "/console/figures/{id:int}"): TOTALS,
    ("POST", "/console/figures/{id:int}/approve"): APPROVERS,
    ("POST", "/console/figures/{id:int}/return"): APPROVERS,
    ("GET", "/console/tasks"): TOTALS,
    ("GET", "/console/tasks/sheet"): TOTALS,
    ("GET", "/console/tasks/{place}/new"): WRITERS,
    ("POST", "/console/tasks/{place}/new"): WRITERS,
    ("GET", "/console/tasks/{place}/plan"): WRITERS,
    ("POST", "/console/tasks/{place}/plan"): WRITERS,
    ("GET", "/console/tasks/{id:int}"): TOTALS,
    ("POST", "/console/tasks/{id:int}/done"): WORKERS,
    ("POST", "/console/tasks/{id:int}/help"): WORKERS,
    ("POST", "/console/tasks/{id:int}/move"): WRITERS,
    ("POST", "/console/tasks/{id:int}/reopen"): WRITERS,
    ("GET", "/console/work/training"): CAMPAIGN_READERS,
    ("GET", "/console/work/training/surveys"): TOTALS,
    ("GET", "/console/work/training/surveys/{id:int}"): TOTALS,
    ("GET", "/console/work/training/surveys/{id:int}/sheet"): TOTALS,
    ("POST", "/console/work/training/surveys/{id:int}/end"): CONTROLLERS,
    ("GET", "/console/work/training/surveys/{place}/new"): CONTROLLERS,
    ("POST", "/console/work/training/surveys/{place}/new"): CONTROLLERS,
    ("GET", "/console/work/training/{id:int}"): CAMPAIGN_READERS,
    ("GET", "/console/work/training/{id:int}/sheet"): CONTROLLERS,
    ("GET", "/console/work/training/{id:int}/print"): CONTROLLERS,
    ("GET", "/console/work/training/{id:int}/enrol"): CONTROLLERS,
    ("POST", "/console/work/training/{id:int}/enrol"): CONTROLLERS,
    ("GET", "/console/work/training/{id:int}/attendance"): CONTROLLERS,
    ("POST", "/console/work/training/{id:int}/attendance"): CONTROLLERS,
    ("GET", "/console/work/training/{id:int}/change"): CONTROLLERS,
    ("POST", "/console/work/training/{id:int}/change"): CONTROLLERS,
    ("GET", "/console/work/training/{id:int}/call"): CONTROLLERS,
    ("POST", "/console/work/training/{id:int}/call"): CONTROLLERS,
    ("GET", "/console/work/training/{id:int}/people/{post:int}"): CONTROLLERS,
    ("POST", "/console/work/training/{id:int}/people/{post:int}/seat"): CONTROLLERS,
    ("POST", "/console/work/training/{id:int}/people/{post:int}/leave"): CONTROLLERS,
    ("POST", "/console/work/training/{id:int}/people/{post:int}/finish"): CONTROLLERS,
    ("POST", "/console/work/training/{id:int}/people/{post:int}/job"): CONTROLLERS,
    ("POST", "/console/work/training/{id:int}/people/{post:int}/told"): CONTROLLERS,
    ("GET", "/console/work/leads"): ANSWERERS,
    ("GET", "/console/work/leads/sheet"): ANSWERERS,
    ("GET", "/console/work/leads/{id:int}"): ANSWERERS,
    ("POST", "/console/work/leads/{id:int}/move"): ANSWERERS,
    ("POST", "/console/work/leads/{id:int}/write"): ANSWERERS,
    ("GET", "/console/work/leads/offers/{id:int}"): ANSWERERS,
    ("GET", "/console/work/leads/offers/{id:int}/sheet"): ANSWERERS,
    ("GET", "/console/work/seekers"): SEEKER_WRITERS,
    ("GET", "/console/work/seekers/sheet"): ANSWERERS,
    ("GET", "/console/work/seekers/{id:int}"): ANSWERERS,
    ("GET", "/console/work/seekers/{id:int}/edit"): ANSWERERS,
    ("POST", "/console/work/seekers/{id:int}/edit"): ANSWERERS,
    ("POST", "/console/work/seekers/{id:int}/remove"): ANSWERERS,
    ("GET", "/console/work/seekers/at/{place}/new"): SEEKER_WRITERS,
    ("POST", "/console/work/seekers/at/{place}/new"): SEEKER_WRITERS,
    ("GET", "/console/work/share"): TOTALS,
    ("GET", "/console/work/share/sheet"): ANSWERERS,
    ("GET", "/console/needs"): TOTALS,
    ("GET", "/console/needs/counts"): TOTALS,
    ("GET", "/console/needs/sheet"): READERS,
    ("GET", "/console/needs/new"): NEED_WORKERS,
    ("POST", "/console/needs/new"): NEED_WORKERS,
    ("GET", "/console/needs/{id:int}"): READERS,
    ("POST", "/console/needs/{id:int}/met"): NEED_WORKERS,
    ("POST", "/console/needs/{id:int}/impossible"): NEED_WORKERS,
    ("POST", "/console/needs/{id:int}/reopen"): NEED_WORKERS,
    ("POST", "/console/needs/{id:int}/withdraw"): NEED_WORKERS,
    ("GET", "/console/labour"): READERS | {Role.COLLABORATOR},
    ("GET", "/console/labour/sheet"): READERS | {Role.COLLABORATOR},
    ("GET", "/console/labour/import"): NEED_WORKERS | {Role.COLLABORATOR},
    ("GET", "/console/labour/import/sample"): NEED_WORKERS | {Role.COLLABORATOR},
    ("POST", "/console/labour/import"): NEED_WORKERS | {Role.COLLABORATOR},
    ("GET", "/console/labour/new"): NEED_WORKERS | {Role.COLLABORATOR},
    ("POST", "/console/labour/new"): NEED_WORKERS | {Role.COLLABORATOR},
    ("GET", "/console/labour/{id:int}"): READERS | {Role.COLLABORATOR},
    ("POST", "/console/labour/{id:int}/change"): NEED_WORKERS | {Role.COLLABORATOR},
    ("POST", "/console/labour/told/{id:int}"): NEED_WORKERS | {Role.COLLABORATOR},
    ("GET", "/console/market"): READERS,
    ("GET", "/console/market/sheet"): READERS,
    ("GET", "/console/market/{id:int}"): READERS,
    ("POST", "/console/market/{id:int}/verify"): ANSWERERS,
    ("POST", "/console/market/{id:int}/refuse"): ANSWERERS,
    ("POST", "/console/market/{id:int}/close"): ANSWERERS,
    ("POST", "/console/market/{id:int}/goods"): ANSWERERS,
    ("GET", "/console/components"): EVERYBODY,
    ("GET", "/console/calendar"): CAMPAIGN_READERS,
    ("GET", "/console/schedules/new"): WRITERS,
    ("POST", "/console/schedules/new"): WRITERS,
    ("GET", "/console/schedules/{id:int}"): CAMPAIGN_READERS,
    ("POST", "/console/schedules/{id:int}/submit"): WRITERS,
    ("POST", "/console/schedules/{id:int}/approve"): APPROVERS,
    ("POST", "/console/schedules/{id:int}/stop"): CONTROLLERS,
    ("GET", "/console/schedules/{id:int}/posts/{post:int}"): CAMPAIGN_READERS,
    ("POST", "/console/schedules/{id:int}/posts/{post:int}/reword"): WRITERS,
    ("POST", "/console/schedules/{id:int}/posts/{post:int}/skip"): CONTROLLERS,
    ("GET", "/console/content"): CONTENT_READERS,
    ("GET", "/console/content/{place}/topics/{topic}"): CONTENT_READERS,
    ("GET", "/console/content/{place}/plan/{part}"): CONTENT_READERS,
    ("GET", "/console/content/{place}/answer"): CONTENT_WRITERS,
    ("GET", "/console/content/{place}/office/{subject}"): CONTENT_WRITERS,
    ("POST", "/console/content/{place}/office/{subject}"): CONTENT_WRITERS,
    ("GET", "/console/content/{place}/hamlet"): CONTENT_WRITERS,
    ("GET", "/console/content/{place}/hamlet/{subject}"): CONTENT_WRITERS,
    ("POST", "/console/content/{place}/hamlet/{subject}"): CONTENT_WRITERS,
    ("GET", "/console/content/{place}/answer/{subject}"): CONTENT_WRITERS,
    ("POST", "/console/content/{place}/answer/{subject}"): CONTENT_WRITERS,
    ("GET", "/console/content/changes/{id:int}"): CONTENT_READERS,
    ("POST", "/console/content/changes/{id:int}/approve"): APPROVERS,
    ("POST", "/console/content/changes/{id:int}/return"): APPROVERS,
    ("POST", "/console/content/changes/{id:int}/withdraw"): CONTENT_WRITERS,
    ("GET", "/console/learning"): TEACHERS,
    ("GET", "/console/learning/{id:int}"): TEACHERS,
    ("POST", "/console/learning/{id:int}/propose"): TEACHERS,
    ("POST", "/console/learning/{id:int}/accept"): APPROVERS,
    ("POST", "/console/learning/{id:int}/drop"): TEACHERS,
    ("GET", "/console/work/picture"): TOTALS,
    ("GET", "/console/work/picture/sheet"): TOTALS,
    ("GET", "/console/work/events"): CAMPAIGN_READERS,
    ("GET", "/console/work/events/{place}/new"): WRITERS,
    ("POST", "/console/work/events/{place}/new"): WRITERS,
    ("GET", "/console/work/events/{id:int}"): CAMPAIGN_READERS,
    ("GET", "/console/work/events/{id:int}/edit"): WRITERS,
    ("POST", "/console/work/events/{id:int}/edit"): WRITERS,
    ("POST", "/console/work/events/{id:int}/verify"): APPROVERS,
    ("POST", "/console/work/events/{id:int}/take-back"): WRITERS,
    ("POST", "/console/work/events/{id:int}/cancel"): CONTROLLERS,
    ("POST", "/console/work/events/{id:int}/invite"): WRITERS,
    ("GET", "/console/work/events/{id:int}/list"): CONTROLLERS,
    ("GET", "/console/work/events/{id:int}/sheet"): CONTROLLERS,
    ("POST", "/console/work/events/{id:int}/list/came"): CONTROLLERS,
    ("POST", "/console/work/events/{id:int}/list/walk-ins"): CONTROLLERS,
    ("GET", "/console/reports"): TOTALS,
    ("GET", "/console/reports/rows"): READERS,
    ("GET", "/console/reports/docx"): TOTALS,
    ("GET", "/console/reports/pdf"): TOTALS,
    ("GET", "/console/reports/xlsx"): TOTALS,
    ("GET", "/console/work"): CAMPAIGN_READERS,
    ("GET", "/console/work/new/{place}"): WRITERS,
    ("POST", "/console/work/new/{place}"): WRITERS,
    ("GET", "/console/work/import/{place}"): WRITERS,
    ("POST", "/console/work/import/{place}"): WRITERS,
    ("POST", "/console/work/import/{place}/put"): WRITERS,
    ("POST", "/console/work/import/{place}/drop"): WRITERS,
    ("GET", "/console/work/{id:int}"): CAMPAIGN_READERS,
    ("GET", "/console/work/{id:int}/edit"): WRITERS,
    ("POST", "/console/work/{id:int}/edit"): WRITERS,
    ("POST", "/console/work/{id:int}/verify"): APPROVERS,
    ("POST", "/console/work/{id:int}/seats"): CONTROLLERS,
    ("POST", "/console/work/{id:int}/close"): CONTROLLERS,
}
# Rooms after which an officer may not be signed in any more, or which one's own acts close: entered by somebody new.
ALONE = re.compile(r"/console/(sign-out|account|officers)|/approve$")
OPEN = {(room.method, room.path) for room in ROOMS if room.scope is Scope.OPEN}


def test_every_route_has_its_roles() -> None:
    assert {(room.method, room.path) for room in ROOMS} == set(TABLE)
    assert len(ROOMS) == len(TABLE), "a route stands in the table once"


async def ask(desk: Desk, method: str, path: str) -> tuple[int, str]:
    """Ask for a route as this officer, with a form of ours, about question 1; gives status and page."""
    address = path.replace("{id:int}", "1").replace("{post:int}", "1").replace("{token}", "no-such-link")
    subject = "phong-vhxh" if "/office/" in path else "thon-5" if "/hamlet/" in path else "legal-aid"
    for name, value in (("place", "dak-cam"), ("topic", "legal-aid"), ("part", "targets"), ("subject", subject)):
        address = address.replace(f"{{{name}}}", value)
    address = address.replace("{place}", "dak-cam").replace("{target}", "clean-water.share")
    if method == "GET":
        answer = await desk.client.get(address)
        return answer.status_code, answer.text
    await desk.open("/console")
    guard = {"form": desk.page.forms[0].fields["form"]} if desk.page.forms else {}
    answer = await desk.client.post(address, data=guard, headers={"Sec-Fetch-Site": "same-origin"})
    return answer.status_code, answer.text


def is_in(method: str, path: str, status: int) -> bool:
    """Whether the room was entered: what it then says of an empty form or of a number is its own affair."""
    if path in ("/console/start/{token}", "/console/account/sessions/{id:int}/end") or "/officers/{id:int}" in path:
        return status != 403  # "no such link", "no such session": told by the room itself
    return status in (200, 303, 409, 422)


async def reported(app: App) -> None:
    """What the rooms of figures, tasks, events, needs, households and the market show, each with the number 1."""
    water = NewReported(
        locality="dak-cam",
        subject="target:clean-water.share",
        numbers={"share": Decimal(97)},
        as_of=app.clock.now().date(),
        document="x",
    )
    async with app.storage.write() as uow:
        assert await uow.progress.add(water, "Thu", app.clock.now(), after=0) == 1
        task = NewTask(locality="dak-cam", office="phong-vhxh", text="Báo tin", due=app.clock.now().date())
        assert await uow.tasks.add(task, "Thu", app.clock.now()) == 1
        assert await uow.events.add("dak-cam", an_event(), by="Thu", now=app.clock.now()) == 1
        assert await uow.stated.add(a_need(), app.clock.now()) == 1
        await uow.labour.write("dak-cam", [a_home()], By(name="Thu"), app.clock.now())
        workers = Workers(adults=1, stable=0, unstable=0, seeking=1)
        await uow.labour.tell(1, workers, app.clock.now(), locality="dak-cam", hamlet="thôn 3")
        assert await uow.market.add(a_post(), app.clock.now(), app.clock.now().date()) == 1
        await uow.commit()


async def taught(app: App) -> None:
    """A course of Đăk Cấm with somebody on its list, each with the number 1."""
    one = an_offer(kind=OfferKind.COURSE, title="Nấu ăn")
    now = app.clock.now()
    async with app.storage.write() as uow:
        assert (await uow.work.add("dak-cam", [one], by="Thu", now=now)).new == (1,)
        await uow.work.step(1, OfferState.DRAFT, OfferState.VERIFIED, verified_by="Duy", verified_at=now)
        on, learner = now.date(), Learner(name="Thử")
        await uow.training.join(1, learner, code="K7M4P", by="Thu", now=now, on=on, contact_id=None)
        assert await uow.surveys.add("dak-cam", on, on, by="Thu", now=now) == 1
        await uow.commit()


async def interested(app: App) -> None:
    """Somebody who looks for work and the interest of somebody in a vacancy, each with the number 1."""
    assert await leads(app) == [1]
    now = app.clock.now()
    async with app.storage.write() as uow:
        yes = Consent(purpose=Purpose.WORK, granted_at=now, expires_at=now.replace(year=2027), wording="work.ask")
        await uow.people.consent(1, yes)
        await uow.connection.execute(update(contacts).where(contacts.c.id == 1).values(locality="dak-cam"))
        await uow.work.keep_profile(1, Profile(), now)
        await uow.commit()


@pytest.mark.thorough
@pytest.mark.parametrize("role", Role)
async def test_each_role_in_each_room(app: App, asks: Asks, notes: Notes, plans: Plans, role: Role) -> None:
    paper = attachment_to_json(await app.files.put("to-roi.pdf", "application/pdf", b"%PDF-1.7"))
    assert await asks() == await notes(attachments=[paper]) == (await plans()).id == 1
    assert await proposed(app) == await misread(app) == 1
    await reported(app)
    await taught(app)
    await interested(app)
    wrong = []
    desk = None
    for number, ((method, path), allowed) in enumerate(TABLE.items()):
        if desk is None or ALONE.search(path):
            desk = await signed_in(app, f"{role} {number}", Grant(role=role, locality="dak-cam"))
        status, _ = await ask(desk, method, path)
        if is_in(method, path, status) is not (role in allowed):
            wrong.append(f"{method} {path}: {status}")
        desk = None if ALONE.search(path) else desk
    assert wrong == []


@pytest.mark.parametrize("role", Role)
async def test_what_is_of_another_place_is_not_there(
    app: App, asks: Asks, notes: Notes, plans: Plans, role: Role
) -> None:
    """The answer is the same as for a number that nobody has, to the letter."""
    assert await asks() == await notes() == (await plans()).id == 1
    desk = await signed_in(app, "Somebody", Grant(role=role, locality="di-su"))
    for method, path in TABLE:
        if not any(f"/{one}/{{id:int}}" in path for one in ("questions", "notices", "schedules")):
            continue
        status, page = await ask(desk, method, path)
        missing, nothing = await ask(desk, method, path.replace("{id:int}", "999"))
        assert (status, missing) == (404, 404)
        plain = [text.partition("<main")[2].partition("</main>")[0] for text in (page, nothing)]
        assert plain[0] == plain[1] != ""
    refused = [row for row in (await everything(app.storage))["audit_log"] if row["action"] == "refused"]
    assert {row["subject"] for row in refused} == {"question:1", "campaign:1", "schedule:1"}


async def test_what_is_of_another_office_is_not_there(app: App, asks: Asks) -> None:
    await asks(office="kinh-te")
    desk = await signed_in(app, "Somebody", Grant(role=Role.ANSWERER, locality="dak-cam", office="van-hoa"))
    assert (await desk.open("/console/questions/1")).status == 404
    assert "dột" not in (await desk.open("/console/questions")).text
    assert "dột" not in (await desk.open("/console")).text


async def test_lists_hold_what_is_of_ones_own_places(app: App, asks: Asks) -> None:
    await asks("K7M4PX", "của Đăk Cấm")
    await asks("K7M4PY", "của Dị Sử", locality="di-su")
    await asks("K7M4PZ", "của chưa rõ nơi", locality=None)
    desk = await signed_in(app, "Somebody", Grant(role=Role.VIEWER, locality="di-su"))
    for path in ("", "/questions", "/questions?locality=dak-cam", "/questions?show=all"):
        page = await desk.open(f"/console{path}")
        assert "của Dị Sử" in page.text
        assert "của Đăk Cấm" not in page.text and "của chưa rõ nơi" not in page.text
    chief = await signed_in(app, "Chief", Grant(role=Role.ADMINISTRATOR))
    page = await chief.open("/console/questions")
    assert all(one in page.text for one in ("của Dị Sử", "của Đăk Cấm", "của chưa rõ nơi"))


async def test_who_is_not_signed_in_gets_nothing_but_the_door(app: App, asks: Asks) -> None:
    assert await asks() == 1
    async with client_of(app.web) as client:
        for method, path in TABLE.keys() - OPEN:
            address = path.replace("{id:int}", "1").replace("{post:int}", "1")
            answer = await client.request(method, address)
            expected = 303 if method == "GET" else 403
            assert (answer.status_code, "dột" in answer.text) == (expected, False), address


async def test_an_administrator_of_a_place_manages_its_officers_only(app: App) -> None:
    here = await signed_in(app, "Here", Grant(role=Role.ADMINISTRATOR, locality="dak-cam"))
    await signed_in(app, "There", Grant(role=Role.VIEWER, locality="di-su"))
    two = [Grant(role=Role.VIEWER, locality=one) for one in ("di-su", "dak-cam")]
    both = await signed_in(app, "Both", *two)
    mine = await signed_in(app, "Mine", Grant(role=Role.VIEWER, locality="dak-cam"))
    page = await here.open("/console/officers")
    assert "Mine" in page.text and "There" not in page.text and "Both" not in page.text
    guard = page.forms[0].fields
    assert both.officer is not None and mine.officer is not None
    assert (await here.post(f"/console/officers/{both.officer.id}/link", guard)).status == 404
    assert (await here.post(f"/console/officers/{mine.officer.id}/link", guard)).status == 200
    assert "https://chungtay.example/console/start/" in here.page.text
