"""population-data-link: a prepared list in and out in one layout, by a local code; never an identity number."""

from core.officers import Role
from tests.capabilities.office import Office
from tests.web.conftest import client_of
from tests.web.visiting import Visitor

HEAD = 'Mã hộ,"Thôn, tổ",Diện hộ,Trong tuổi lao động,Việc ổn định,Việc không ổn định,Đang tìm việc,Ngày nắm'
IMPORT = "/console/labour/import?at=dak-cam"


def rows(*changed: int) -> str:
    lines = [f"DC-{one:03},thôn 3,hộ nghèo,2,{int(one in changed)},0,1,01/11/2026" for one in range(10)]
    return "\n".join([HEAD, *lines, ""])


async def test_two_changed_records_are_the_two_rows_that_differ(here: Office) -> None:
    from io import BytesIO

    from openpyxl import load_workbook

    thu = await here.officer("Thu", Role.EDITOR)

    async def put_in(text: str) -> str:
        form = (await thu.open(IMPORT)).form("/import")
        page = await thu.post(form.action, form.fields, files={"list": ("ds.csv", text.encode(), "text/csv")})
        return " ".join(page.text.split())

    async def out() -> list[tuple[object, ...]]:
        answer = await thu.client.get("/console/labour/sheet?at=dak-cam")
        return list(load_workbook(BytesIO(answer.content)).active.iter_rows(values_only=True))

    refused = await put_in(rows() + "079085001234,thôn 3,hộ nghèo,2,0,0,1,01/11/2026\n")
    assert "dòng 12: mã hộ giống số căn cước" in refused and len(await out()) == 1, "nothing of it is kept"
    assert "có cột" in await put_in(f"{HEAD},Số căn cước\n")
    await put_in(rows())
    before = await out()
    for number in (3, 7):
        await thu.open(f"/console/labour/{number}")
        await thu.send("/change", status="poor", stable="1")
    after = await out()
    assert [one for one, (was, now) in enumerate(zip(before, after, strict=True)) if was != now] == [3, 7]
    page = await thu.open("/console/labour?at=dak-cam")
    assert "không nối với cơ sở dữ liệu quốc gia về dân cư" in page.text


async def test_a_typed_number_of_twelve_digits_is_kept_as_dots(here: Office) -> None:
    citizen = Visitor(client_of(here.app.web))
    await citizen.open("/?at=dak-cam")
    page = await citizen.say("căn cước của tôi 079085001234, cho hỏi vay vốn")
    assert "079085001234" not in page.html
    async with here.app.storage.read() as uow:
        kept = str(await uow.people.export(1))
    assert "079085001234" not in kept and "●●●●●●●●●●34" in kept
