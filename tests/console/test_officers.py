"""Colleagues on the page: added with a link, given and deprived of roles, ended; by who manages their places alone."""

import pytest

from bot.app import App
from core.officers import Grant, Officer, Role
from tests.console.desk import Desk, signed_in
from tests.console.test_forms import SCRIPT
from tests.support.clock import FixedClock
from tests.support.rows import everything

PAGE = "/console/officers"


async def found(app: App, name: str) -> Officer:
    async with app.storage.read() as uow:
        one = await uow.officers.find(name)
    assert one is not None
    return one


async def here(app: App) -> Desk:
    return await signed_in(app, "Mai", Grant(role=Role.ADMINISTRATOR, locality="dak-cam"))


async def test_somebody_new_gets_a_link_that_lets_them_in(app: App, chief: Desk) -> None:
    await chief.open(PAGE)
    page = await chief.send("/new", "Thêm và tạo đường dẫn", name="Chị Nga", role="answerer", where="dak-cam/van-hoa")
    assert page.status == 422 and "Chọn nơi người ấy làm." in page.alerts[0], "no such office"
    assert page.form("/new").fields["name"] == "Chị Nga"
    office = app.knowledge.content.locality("dak-cam").offices[0]
    page = await chief.send("/new", name="Chị Nga", role="answerer", where=f"dak-cam/{office.id}")
    assert "Đường dẫn cho Chị Nga" in page.text and "/console/start/" in page.text
    assert (await found(app, "Chị Nga")).grants == (Grant(role=Role.ANSWERER, locality="dak-cam", office=office.id),)
    assert f"Người trả lời, {office.name.vi}, phường Đăk Cấm" in page.text
    link = page.html.partition("https://chungtay.example")[2].partition("<")[0]
    assert (await chief.client.get(link)).status_code == 200
    log = [row for row in (await everything(app.storage))["audit_log"] if row["action"] == "officer.granted"]
    assert log[-1]["actor"] == "officer:Hoa"


async def test_sent_twice_somebody_is_added_once(app: App, chief: Desk) -> None:
    form = {**(await chief.open(PAGE)).form("/new").fields, "name": "Nga", "role": "viewer", "where": "dak-cam"}
    await chief.post(f"{PAGE}/new", form)
    page = await chief.post(f"{PAGE}/new", form)
    assert page.status == 422 and "Đã có người tên này." in page.alerts[0]
    assert [one["name"] for one in (await everything(app.storage))["officers"]].count("Nga") == 1


@pytest.mark.thorough
@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"name": " "}, "Ghi tên người ấy"),
        ({"name": "x" * 61}, "Ghi tên người ấy"),
        ({"name": "operator"}, "Ghi tên người ấy"),
        ({"name": "Hoa"}, "Đã có người tên này."),
        ({"name": "hoà"}, "Đã có người tên này."),
        ({"role": "employer"}, "Chọn việc người ấy làm."),
        ({"where": "mars"}, "Chọn nơi người ấy làm."),
    ],
)
async def test_what_is_wrong_is_said_at_its_field(chief: Desk, app: App, fields: dict[str, str], said: str) -> None:
    await chief.open(PAGE)
    page = await chief.send("/new", **{"name": "Nga", "role": "viewer", "where": "dak-cam", **fields})
    assert page.status == 422 and said in page.alerts[0] and 'aria-invalid="true"' in page.html
    assert len((await everything(app.storage))["officers"]) == 1


async def test_roles_are_given_and_taken_away(app: App, chief: Desk, lan: Desk) -> None:
    assert lan.officer is not None
    page = await chief.open(PAGE)
    page = await chief.open(page.links["Lan"])
    page = await chief.send("/role", role="editor", where="di-su")
    place = app.knowledge.content.locality("di-su").place.vi
    assert page.statuses == ["✓ Đã đổi vai trò."] and f"Người soạn, {place}" in page.text
    assert len((await found(app, "Lan")).grants) == 2
    page = await chief.send("/revoke")
    assert len((await found(app, "Lan")).grants) == 1
    page = await chief.send("/role", role="editor")
    assert page.status == 422 and "Chọn nơi người ấy làm." in page.alerts[0]


async def test_whoever_is_ended_is_out_at_once(app: App, chief: Desk, lan: Desk) -> None:
    assert (await lan.open()).url.path == "/console"
    page = await chief.open((await chief.open(PAGE)).links["Lan"])
    page = await chief.send("/retire", "Cho thôi làm ở đây")
    assert page.statuses == ["✓ Người ấy không vào được nữa."] and "Đã thôi làm ở đây" in page.text
    assert (await lan.open()).url.path == "/console/sign-in"


async def test_nobody_locks_themselves_out(app: App, chief: Desk) -> None:
    page = await chief.open((await chief.open(PAGE)).links["Hoa"])
    assert not [form for form in page.forms if form.action.endswith("/retire")]
    page = await chief.send("/revoke")
    assert page.status == 422 and "Không tự bỏ quyền quản trị của mình được." in page.alerts[0]
    assert (await found(app, "Hoa")).grants
    assert chief.officer is not None
    forced = {"form": page.form("/revoke").fields["form"]}
    assert (await chief.post(f"{PAGE}/{chief.officer.id}/retire", forced)).status == 422
    assert (await found(app, "Hoa")).retired_at is None


@pytest.mark.thorough
async def test_an_administrator_of_a_place_gives_nothing_beyond_it(app: App, lan: Desk) -> None:
    mai = await here(app)
    page = await mai.open(PAGE)
    assert 'value="di-su"' not in page.html and 'value="*"' not in page.html
    for where in ("di-su", "*", "", "/", "dak-cam/no-such"):
        page = await mai.send("/new", name="Nga", role="viewer", where=where)
        assert page.status == 422, where
    # Of another place: not there, whatever is asked.
    there = await signed_in(app, "Bình", Grant(role=Role.VIEWER, locality="di-su"))
    assert there.officer is not None
    guard = {"form": page.form("/new").fields["form"]}
    for act in ("role", "revoke", "retire", "link"):
        assert (await mai.post(f"{PAGE}/{there.officer.id}/{act}", guard)).status == 404
    assert (await mai.open(f"{PAGE}/{there.officer.id}")).status == 404


@pytest.mark.thorough
async def test_whoever_left_with_roles_elsewhere_is_not_brought_back(app: App, clock: FixedClock) -> None:
    both = (Grant(role=Role.ADMINISTRATOR, locality="di-su"), Grant(role=Role.VIEWER, locality="dak-cam"))
    gone = await signed_in(app, "Bình", *both)
    assert gone.officer is not None
    async with app.storage.write() as uow:
        await uow.officers.retire(gone.officer.id, clock.now())
        await uow.commit()
    mai = await here(app)
    await mai.open(PAGE)
    page = await mai.send("/new", name="Bình", role="viewer", where="dak-cam")
    assert page.status == 422 and (await found(app, "Bình")).retired_at is not None


async def test_script_in_a_name_is_words(chief: Desk) -> None:
    await chief.open(PAGE)
    page = await chief.send("/new", name=SCRIPT[:60], role="viewer", where="dak-cam")
    assert SCRIPT[:60] not in page.html


async def test_what_was_typed_outlives_the_session(app: App, chief: Desk, clock: FixedClock) -> None:
    form = (await chief.open(PAGE)).form("/new").fields
    clock.advance(days=2)
    page = await chief.post(f"{PAGE}/new", {**form, "name": "Chị Nga", "role": "viewer", "where": "dak-cam"})
    assert page.url.path == "/console/sign-in"
    assert chief.officer is not None
    async with app.storage.read() as uow:
        assert PAGE in await uow.forms.drafts(chief.officer.id, clock.now())
