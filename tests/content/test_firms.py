"""licensed-firms.yaml: read with file and line, and found by name in any spelling, never by one only alike."""

import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from content.firms import Firm, Standing, meant, own_words
from content.loader import check_packs, load_catalogue
from core.errors import ContentError

SAMPLE = Path(__file__).parent / "sample"
TODAY = date(2026, 11, 20)
LIST = """\
- name: "Công ty TNHH Nhân lực Mẫu Số Một"
  also: ["Mẫu Một"]
  licence: "00/GP-MAU"
  from: 2024-01-15
  to: 2029-01-14
  source: "Công văn mẫu 00/SNV-VL"
  checked: 2026-11-01
- name: "Công ty Cổ phần Mẫu Số Hai"
  licence: "01/GP-MAU"
  from: 2020-01-15
  source: "Công văn mẫu 00/SNV-VL"
  checked: 2026-11-01
"""


@pytest.fixture
def packs(tmp_path: Path) -> Callable[[str], Path]:
    """The sample packs with this list in the national one."""

    def written(text: str) -> Path:
        folder = tmp_path / "packs"
        shutil.copytree(SAMPLE, folder)
        (folder / "vn" / "licensed-firms.yaml").write_text(text, "utf-8")
        return folder

    return written


def test_the_list_is_read(packs: Callable[[str], Path]) -> None:
    firms = load_catalogue(packs(LIST)).firms
    assert [(firm.name, firm.licence, firm.to) for firm in firms] == [
        ("Công ty TNHH Nhân lực Mẫu Số Một", "00/GP-MAU", date(2029, 1, 14)),
        ("Công ty Cổ phần Mẫu Số Hai", "01/GP-MAU", None),
    ]


def test_without_a_file_there_is_no_firm() -> None:
    assert load_catalogue().firms == ()


WRONG = {
    "unknown key": ("licence:", "license:", 3, "[0]", 'unknown key "license"'),
    "no licence": ('  licence: "00/GP-MAU"\n', "", 1, "[0].licence", 'missing key "licence"'),
    "no day": ("2024-01-15", "2024-02-30", 4, "[0].from", "no day of the calendar"),
    "days the wrong way": ("to: 2029-01-14", "to: 2023-01-14", 1, "[0]", '"to" (2023-01-14) is before "from"'),
    "a name of everybody": ("Nhân lực Mẫu Số Một", "Nhân lực Quốc tế", 1, "[0]", "has no word of its own"),
    "a licence twice": ("01/GP-MAU", "00/GP-MAU", 9, "[1].licence", "stands at vn/licensed-firms.yaml:1 already"),
    "no list": (LIST, "name: x\n", 1, "", "must be a list"),
}


@pytest.mark.parametrize("kind", WRONG)
def test_a_fault_is_told_with_its_line(packs: Callable[[str], Path], kind: str) -> None:
    there, instead, line, field, what = WRONG[kind]
    folder = packs(LIST.replace(there, instead, 1))
    faults = [fault for fault in check_packs(TODAY, folder).faults if fault.file == "vn/licensed-firms.yaml"]
    assert any(fault.line == line and fault.field.startswith(field) and what in str(fault) for fault in faults), faults
    with pytest.raises(ContentError, match=r"vn/licensed-firms\.yaml"):
        load_catalogue(folder)


def firm(name: str, *also: str, to: date | None = None) -> Firm:
    return Firm.model_validate(
        {
            "name": name,
            "also": also,
            "licence": name,
            "from": date(2026, 1, 1),
            "to": to,
            "source": "x",
            "checked": TODAY,
        }
    )


MAI, MAI_TWO = firm("Công ty TNHH Nhân lực Sao Mai", "SAMACO"), firm("Công ty Cổ phần Sao Mai Xanh")


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("công ty Sao Mai", [MAI]),
        ("CTY SAO MAI", [MAI]),
        ("sao mai", [MAI]),
        ("samaco", [MAI]),
        ("Công ty CP xuất khẩu lao động Sao Mai", [MAI]),
        ("sao mai xanh", [MAI_TWO]),
        ("sao mai vang", []),
        ("mai", []),
        ("công ty", []),
        ("", []),
    ],
)
def test_a_firm_is_found_by_its_own_words(asked: str, found: list[Firm]) -> None:
    assert meant(asked, [MAI, MAI_TWO]) == found


def test_what_names_have_in_common_is_no_word_of_their_own() -> None:
    assert own_words("Tổng công ty Cổ phần Đầu tư Thương mại Quốc tế Việt Nam") == ()


def test_a_licence_holds_on_its_first_and_last_day() -> None:
    one = firm("Sao Mai", to=date(2026, 12, 31))
    days = (date(2025, 12, 31), date(2026, 1, 1), date(2026, 12, 31), date(2027, 1, 1))
    assert [one.standing(day) for day in days] == [Standing.NOT_YET, Standing.VALID, Standing.VALID, Standing.EXPIRED]
    assert firm("Sao Mai").standing(date(2050, 1, 1)) is Standing.VALID
