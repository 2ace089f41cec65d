"""What a place has when its console is looked at: something in every room."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

from content.series.proposing import propose
from content.targets import RATE_UNITS
from core.campaigns import CampaignState, read_notice
from core.events import EventState
from core.labour import By
from core.leads import LeadState, LeadStep
from core.market import PostState, Side
from core.progress import NewReported, Standing
from core.seekers import NewSeeker, SeekerFacts
from core.tasks import NewTask
from core.work import Hindrance, OfferState, Paid, Profile
from tests.browser.conftest import Server
from tests.console.changes import DESK, in_force, misread, proposed
from tests.console.courses import course, joined
from tests.console.test_leads import leads
from tests.console.test_surveys import answered
from tests.support.rows import a_home, a_need, a_post, an_event, an_offer, make_person

YEAR = timedelta(days=365)


async def noticed(server: Server) -> None:
    """A notice that waits for an approval, one that is being sent, and a year of the weekly segment."""
    content, today = server.app.knowledge.content, server.app.clock.now().date()
    data = {"kind": "notice", "source": "Kế hoạch đào tạo nghề", "text": {"vi": "Mở lớp may sáng thứ Hai."}}
    async with server.app.storage.write() as uow:
        states = {"Lớp may chờ duyệt": CampaignState.SUBMITTED, "Lớp may tạm dừng": CampaignState.PAUSED}
        for title, state in states.items():
            notice = read_notice({**data, "title": title, "audience": {"localities": ["dak-cam"]}})
            number = await uow.campaigns.add(notice, by="Thu", now=server.app.clock.now())
            await uow.campaigns.step(number, CampaignState.DRAFT, state, starts_at=server.app.clock.now())
        posts, _ = propose(content, content.series(locality="dak-cam")["weekly"], "dak-cam", today, today + YEAR)
        await uow.schedules.add("weekly", "dak-cam", posts, by="Thu", now=server.app.clock.now())
        await uow.commit()


async def told(server: Server) -> None:
    """What the place says besides the packs: in force, waiting, to be looked at again; and words not understood."""
    await in_force(server.app)
    await in_force(server.app, DESK, ground="of older packs")
    await proposed(server.app, DESK)
    await misread(server.app)


async def sold(server: Server) -> None:
    """Posts of the market: one with signs of fraud, one that waits with long words, and one that is shown."""
    now = server.app.clock.now()
    posts = (
        a_post("gà giống rẻ, chuyển khoản cọc trước 500k giữ hàng", phone="0900000222"),
        a_post("măng khô " * 8, amount="30 kg", when="trước Tết", hamlet="Thôn 4", price="180 nghìn một kg"),
        a_post("cần mua gà", side=Side.WANTED, name="Quán Hai Lan", reach="0900000333"),
    )
    async with server.app.storage.write() as uow:
        for post in posts:
            assert await uow.market.add(post, now, now.date())
        one = await uow.market.get(3)
        assert one is not None
        assert await uow.market.step(one, PostState.VERIFIED, by="Lan", now=now)
        await uow.commit()


async def taught(server: Server) -> None:
    """A course with people on its list, and a survey with answers."""
    number = await course(server.app)
    await joined(server.app, number, "Nguyễn Thị Thử", "Trần Văn Mẫu", "Y Cúc", phone="0912345678")
    today = server.app.clock.now().date()
    async with server.app.storage.write() as uow:
        assert await uow.surveys.add("dak-cam", today, today, by="Thu", now=server.app.clock.now()) == 1
        await uow.commit()
    await answered(server.app, 30, "sewing-group")
    await answered(server.app, 12, "farm", "thôn 2", season="late")


async def reported(server: Server) -> None:
    """A figure of a goal, which waits, a year's rates, and a task."""
    today = server.app.clock.now().date()
    water = NewReported(
        locality="dak-cam",
        subject="target:clean-water.share",
        numbers={"share": Decimal("97.5")},
        as_of=today,
        document="Báo cáo 12/BC-UBND của Phòng Kinh tế, Hạ tầng và Đô thị phường",
    )
    rates = {name: Decimal(number) for number, name in enumerate(RATE_UNITS, start=1)}
    year = replace(water, subject="rates:2025", numbers=rates, document_day=today)
    async with server.app.storage.write() as uow:
        for one in (water, year):
            await uow.progress.add(one, "Thu", server.app.clock.now(), after=0)
        task = NewTask(locality="dak-cam", office="phong-vhxh", text="Báo tin cho bà con", due=today)
        await uow.tasks.add(task, "Thu", server.app.clock.now())
        await uow.stated.add(a_need(words="vay mua bò"), server.app.clock.now())
        await uow.labour.write("dak-cam", [a_home(), a_home("DC-002", (2, 0, 0, 1))], By(), server.app.clock.now())
        await uow.progress.step(2, Standing.APPROVED, "Duy", server.app.clock.now())
        await uow.commit()


async def announced(server: Server) -> None:
    """A job fair with a change that waits and somebody who comes, and vacancies of this quarter."""
    now = server.app.clock.now()
    begins = now + timedelta(days=7)
    event = an_event(starts_at=begins, ends_at=begins + timedelta(hours=3), seats=40, employers="Công ty Mẫu")
    person = await make_person(server.app.storage, "comes")
    async with server.app.storage.write() as uow:
        number = await uow.events.add("dak-cam", event, by="Thu", now=now)
        one = await uow.events.get(number)
        assert one is not None
        other = replace(event, place="Sân trường")
        await uow.events.step(one, state=EventState.VERIFIED, verified_by="Minh", proposed=other)
        await uow.events.take(number, person.contact.id, now)
        offers = [an_offer(title=f"May {each}", seats=9, paid=Paid.MONTH, wage_from=7_000_000) for each in range(6)]
        for offer in (await uow.work.add("dak-cam", offers, by="Thu", now=now)).new:
            await uow.work.step(offer, OfferState.DRAFT, OfferState.VERIFIED, verified_by="Minh", verified_at=now)
        await uow.commit()


async def sought(server: Server) -> None:
    """Two people interested in one vacancy, who looks for such work in the chat, and whom an officer wrote down."""
    now, looks = server.app.clock.now(), Profile(can=("sewing-group",), wants=("sewing-group",))
    home = {"hamlet": "Thôn 3", "household_status": "near-poor"}
    shy, known = await leads(server.app, 2, title="Công nhân may áo khoác xuất khẩu " * 3, reference="VL-7" * 9, **home)
    facts = SeekerFacts(
        hamlet="",
        status="poor",
        name="Nguyễn Thị Hoàng Thử Nghiệm",
        phone="0912345678",
        profile=replace(looks, held=tuple(Hindrance)),
        may_pass=True,
    )
    async with server.app.storage.write() as uow:
        await uow.leads.allow(known, officer=True, employer=True, phone="0987654321")
        first, one = [await uow.leads.get(number) for number in (shy, known)]
        assert one is not None and first is not None and first.contact_id is not None
        step = LeadStep(at=now, act=LeadState.INTERVIEW, by="Thu", text="hẹn sáng thứ Hai " * 10)
        assert await uow.leads.step(one, LeadState.INTERVIEW, step)
        await uow.work.keep_profile(first.contact_id, looks, now)
        new = NewSeeker(locality="dak-cam", facts=facts, until=now + YEAR)
        await uow.seekers.enter(new, "Thu", now)
        await uow.commit()
