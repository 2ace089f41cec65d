"""audience-targeting: whom a notice is for, who is left out and why, and what each of them reads.

Seen through what `campaign new` says, the ledger, and people's phones.
"""

from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass

import pytest

from tests.capabilities.ward import Neighbour, Ward, times, ward
from tests.support.telegram.people import Person

FILE = """
kind = "notice"
title = "Phát gạo"
source = "Kế hoạch giảm nghèo của phường"
text.vi = "{text}"
text.en = "{english}"
[audience]
{audience}
[sending]
urgent = true
hold_back_seconds = 0
"""
PLACE = 'localities = ["dak-cam"]'


@dataclass(frozen=True, kw_only=True)
class Town:
    """People by what is special about them."""

    ward: Ward
    anh: Person  # poor, in thôn 1
    binh: Person  # near poor, in thôn 2, wants news of school fees
    carol: Person  # poor, in thôn 1, reads English
    dung: Person  # poor, in thôn 3; a household with Em
    em: Person
    phuc: Person  # gets along, in thôn 2
    giang: Person  # poor, in another place
    son: Person  # poor, stopped notices
    xuan: Person  # poor, blocks us
    newcomer: Person  # on no list

    @property
    def everybody(self) -> Sequence[Person]:
        """All of them."""
        return [one for one in vars(self).values() if isinstance(one, Person)]


@pytest.fixture(scope="module")
async def town(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Town]:
    """The service runs; the list is in, and people have said what they said."""
    async with ward(tmp_path_factory.mktemp("ward")) as here:
        await here.started()
        anh, binh, carol, dung, em, phuc, giang, son, xuan, newcomer = here.phones(10)
        await here.listed(
            (
                Neighbour(phone=anh, hamlet="Thôn 1"),
                Neighbour(phone=binh, hamlet="Thôn 2", status="near_poor", topics="tuition"),
                Neighbour(phone=carol, hamlet="Thôn 1", language="en"),
                Neighbour(phone=dung, hamlet="Thôn 3", household="H1"),
                Neighbour(phone=em, hamlet="Thôn 3", household="H1"),
                Neighbour(phone=phuc, hamlet="Thôn 2", status="average"),
                Neighbour(phone=giang, locality="di-su"),
                Neighbour(phone=son),
                Neighbour(phone=xuan),
            )
        )
        son.says("dừng nhận tin")
        newcomer.says("/start dak-cam")
        xuan.blocks()
        await here.until(lambda: son.shown and newcomer.shown)
        await here.telegram.quiet()
        yield Town(
            ward=here, anh=anh, binh=binh, carol=carol, dung=dung, em=em, phuc=phuc, giang=giang, son=son, xuan=xuan,
            newcomer=newcomer,
        )  # fmt: skip


def to(audience: str, text: str = "Phường phát gạo.", english: str = "Rice is handed out.") -> str:
    """A notice to these."""
    return FILE.format(audience=audience, text=text, english=english)


POOR, THERE = 'household_status = ["poor"]', 'localities = ["dak-cam"]\nhousehold_status = ["poor", "near_poor"]'


@pytest.mark.parametrize(
    ("audience", "meant", "reached"),
    [
        (PLACE, 9, 5),  # all but Giang; of them not Em (household), Sơn, Xuân, the newcomer
        ('localities = ["di-su"]', 1, 1),
        (f'{PLACE}\nhamlets = ["thon 1"]', 2, 2),  # Anh, Carol: however the hamlet is spelt
        (POOR, 7, 4),  # Anh, Carol, Dung and Em, Giang, Sơn, Xuân
        (THERE, 7, 4),  # Bình, and not Giang
        (f'{PLACE}\ntopics = ["tuition"]', 1, 1),
        (f'{PLACE}\nlanguages = ["en"]', 1, 1),
        (f'{PLACE}\nhousehold_status = ["poor"]\nhamlets = ["Thôn 2"]', 0, 0),
        (f'{PLACE}\nany = [{{hamlets = ["Thôn 2"]}}, {{languages = ["en"]}}]', 3, 3),  # Bình, Phúc, Carol
        (f'{PLACE}\nhamlets = ["Thôn 1", "Thôn 2"]\nnot = {{household_status = ["poor"]}}', 2, 2),  # Bình, Phúc
        (f'{PLACE}\nnot = {{any = [{{household_status = ["poor"]}}, {{topics = ["tuition"]}}]}}', 2, 1),  # Phúc
    ],
)  # fmt: skip
async def test_who_is_meant(town: Town, audience: str, meant: int, reached: int) -> None:
    _, told = await town.ward.drafted(to(audience))
    assert f"{meant} people are meant, {reached} of them can be written to" in told


async def test_who_is_left_out_is_told_with_the_reason(town: Town) -> None:
    _, told = await town.ward.drafted(to(PLACE))
    assert "9 people are meant, 5 of them can be written to" in told
    left_out = {line for line in told.splitlines() if line.startswith("left out")}
    reasons = ("stopped", "no consent", "no address", "household")
    assert left_out == {f"left out: 1 ({reason})" for reason in reasons}


async def test_the_samples_are_in_each_person_s_language(town: Town) -> None:
    _, told = await town.ward.drafted(to(f'{PLACE}\nhamlets = ["Thôn 1"]'))
    assert told.count("Phường phát gạo.") == told.count("Rice is handed out.") == 1
    assert "Tin của Phường Đăk Cấm:\n" in told and "Nguồn: Kế hoạch giảm nghèo" in told and "dừng nhận tin" in told
    _, told = await town.ward.drafted(to(f'{PLACE}\nhamlets = ["Thôn 2"]'))
    assert "Phường phát gạo." in told and "Rice" not in told


@pytest.mark.thorough
async def test_one_message_a_household_another_way_and_a_correction_to_those_reached(town: Town) -> None:
    first, right = "Phát gạo thứ Hai.", "Sửa lại: phát gạo thứ Ba."
    town.dung.deactivates()  # of which nobody knows until something is sent
    number = await town.ward.approved(to(f'{THERE}\nnot = {{topics = ["tuition"]}}', first, "Rice on Monday."))
    done = await town.ward.comes_to(number, "finished")
    assert done["counts"] == {"sent": 3, "failed": 1}
    english = times(town.carol, "Rice on Monday.")
    assert english == 1 and times(town.carol, first) == 0
    assert [one for one in town.everybody if times(one, first)] == [town.anh, town.em]
    assert times(town.anh, first) == times(town.em, first) == 1
    states = {row["name"]: row["state"] for row in await town.ward.table("ledger", number)}
    out = dict.fromkeys((one.user.first_name for one in (town.son, town.xuan)), "left out")
    came = dict.fromkeys((one.user.first_name for one in (town.anh, town.carol, town.em)), "sent")
    assert states == {**out, **came, town.dung.user.first_name: "failed"}
    corrected, told = await town.ward.drafted(to(f'{PLACE}\nreached = ["{number}"]', right, "Rice on Tuesday."))
    assert "3 people are meant, 3 of them can be written to" in told
    await town.ward.done("campaign", "submit", corrected, by="Lan")
    await town.ward.done("campaign", "approve", corrected, by="Minh")
    assert (await town.ward.comes_to(corrected, "finished"))["counts"] == {"sent": 3}
    assert [one for one in town.everybody if times(one, right)] == [town.anh, town.em]
    assert times(town.carol, "Rice on Tuesday.") == 1
