"""Every way in which a pack can be wrong is found, with the file, the line and the field to mend."""

# ruff: noqa: E501 - a case is one line of its table

import unicodedata
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from content.faults import Fault
from content.loader import check_packs, load_catalogue
from core.errors import ContentError

pytestmark = pytest.mark.thorough

GRAIN, FIGURES = "vn/policies/grain.yaml", "vn/figures/grain.yaml"
TOPICS, PLACE, PLAN = "vn/topics.yaml", "lang-mau/locality.yaml", "lang-mau/plan.yaml"
TODAY = date(2026, 11, 20)

# file, what stands there, what is put in its place, lines below it at which the fault stands, field, part of the fault
KINDS = {
    "unknown key": (GRAIN, "caution: true", "cautoin: true", 0, "cautoin", 'unknown key "cautoin" -- write "caution"'),
    "unknown topic of a file": (GRAIN, "topic: grain", "topic: grian", 0, "topic", 'no topic "grian"'),
    "unknown next topic": (GRAIN, "next: [bridge]", "next: [brigde]", 0, "next[0]", 'no other topic "brigde"'),
    "unknown source": (GRAIN, "sources: [S2]", "sources: [S99]", 0, "lines.who.sources[0]", 'no source "S99"'),
    "unknown source of a value": (FIGURES, "sources: [S3]", "sources: [S98]", 0, "[1].values[0].sources[0]", "S98"),
    "unknown figure": (GRAIN, "nhiều nhất {days}.", "nhiều nhất {dayz}.", 0, "lines.time.text.vi", 'no figure "dayz"'),
    "unreadable place": (GRAIN, "nhiều nhất {days}.", "nhiều nhất {Days}.", 0, "lines.time.text.vi", "cannot be read"),
    "open brace": (GRAIN, "nhà có ruộng ở {place}.", "nhà có ruộng ở {place.", 0, "lines.who.text.vi", "a brace"),
    "places differ": (GRAIN, "at most {days}.", "at most a week.", 0, "lines.time.text.en", "same places"),
    "unknown base": (FIGURES, "from_figures: [pay, days]", "from_figures: [pay, x]", 0, "[3].values[0].from_figures[1]", '"x"'),
    "unknown office": (PLACE, "lead: [phong-lua]", "lead: [phong-x]", 0, "who[0].lead[0]", 'no office "phong-x"'),
    "unknown helper of a duty": (PLACE, '- {text: {vi: "phát thóc giống"', '- {also: [phong-x], text: {vi: "phát thóc giống"', 0, "offices[0].duties[0].also[0]", 'no other office "phong-x"'),
    "duty every so often": (PLACE, '- {text: {vi: "phát thóc giống"', '- {every: month, text: {vi: "phát thóc giống"', 0, "offices[0].duties[0].every", 'unknown value "month"'),
    "goal without a number": (PLAN, 'en: "Good seed for every household."}', 'en: "Good seed for every household."}\n    goals: {share: at-least}', 1, "targets[0].goals.share", 'no number "share"'),
    "goal of what was counted": (PLAN, "kind: actual", "kind: actual\n    goals: {poor-rate: at-most}", 1, "poverty[0].goals.poor-rate", "is no goal"),
    "unknown pack": ("lang-mau/pack.yaml", "extends: vn", "extends: vm", 0, "extends", 'no pack "vm"'),
    "wrong pack id": ("lang-mau/pack.yaml", "id: lang-mau\ntitle", "id: lang\ntitle", 0, "id", "not the name of the folder"),
    "later value begins on an unknown day": (FIGURES, "{from: 2026-01-01, to: 2026-12-31, value: 1500000", "{from: 2026-01-01, from_known: false, to: 2026-12-31, value: 1500000", 0, "[0].values[1].from_known", "must be known"),
    "overlap": (FIGURES, "to: 2025-12-31", "to: 2026-01-31", 1, "[0].values[1].from", "two values hold on 2026-01-01"),
    "gap": (FIGURES, "to: 2025-12-31", "to: 2025-11-30", 1, "[0].values[1].from", "no value holds from 2025-12-01"),
    "dates the wrong way": (FIGURES, "to: 2025-12-31", "to: 2024-12-31", 0, "[0].values[0]", "before 'from'"),
    "missing translation": (TOPICS, 'title: {vi: "Sửa cầu", en: "Mending the bridge"}', 'title: {vi: "Sửa cầu"}', 0, "[1].title.en", 'missing translation "en"'),
    "repeated topic": (TOPICS, "id: bridge", "id: grain", 0, "[1].id", 'topic "grain" exists already, at vn/topics.yaml:1'),
    "address of another": (TOPICS, 'button: {vi: "Sửa cầu", en: "The bridge"}', 'slug: grain, button: {vi: "Sửa cầu", en: "The bridge"}', 0, "[1].slug", 'the page of "grain" has this address'),
    "repeated button": (TOPICS, 'button: {vi: "Sửa cầu", en: "The bridge"}', 'button: {vi: "Thóc giống", en: "The bridge"}', 0, "[1].button.vi", 'the button of "grain" says the same'),
    "repeated source": ("vn/sources.yaml", "id: S2", "id: S1", 0, "[1].id", 'source "S1" exists already'),
    "repeated figure": (FIGURES, "- id: rumour", "- id: days", 0, "[2].id", 'figure "days" exists already'),
    "repeated key": (GRAIN, "valid_to: null", "valid_from: 2026-01-01", 0, "valid_from", "stands here twice, first on line 2"),
    "broken YAML": (GRAIN, "caution: true", "caution: [true", 1, "", "broken YAML"),
    "NFD": (GRAIN, "Được, nếu nhà có ruộng.", unicodedata.normalize("NFD", "Được, nếu nhà có ruộng."), 0, "", "not NFC"),
    "ambiguous scalar": (GRAIN, "caution: true", "caution: yes", 0, "caution", "can be read in two ways"),
    "no such day": (GRAIN, "valid_to: null", "valid_to: 2026-02-30", 0, "valid_to", "no day of the calendar"),
    "anchor": (GRAIN, "next: [bridge]", "next: &a [bridge]\nx: *a", 0, "", "anchors"),
    "unknown unit": (FIGURES, "unit: vnd-month", "unit: euro", 0, "[0].unit", 'unknown value "euro"'),
    "unknown confidence": (GRAIN, "confidence: recalled", "confidence: sure", 0, "lines.how.confidence", '"sure"'),
    "value of another kind": (FIGURES, "value: 900000", 'value: "900000"', 0, "[0].values[0].value", "is no vnd-month"),
    "missing key": (FIGURES, "value: 900000, ", "", 0, "[0].values[0].value", 'missing key "value"'),
    "quoted without source": (FIGURES, "confidence: quoted, sources: [S3]", "confidence: quoted", 0, "[1].values[0].confidence", "without a source"),
    "computed from nothing": (FIGURES, "from_figures: [pay, days]", "from_figures: []", 0, "[3].values[0].confidence", "belong together"),
    "claim without confidence": (GRAIN, "    advice: true\n", "", -2, "details[1]", "a claim without confidence"),
    "button of a detail too long": (GRAIN, 'title: {vi: "Cả năm", en: "In a year"}', 'title: {vi: "Cả năm", en: "In a year"}\n    button: {vi: "Xem tiền của cả năm nay", en: "See the year"}', 1, "details[0].button.vi", 'A5: the button'),
    "button of a detail that is a topic's": (GRAIN, 'title: {vi: "Cả năm", en: "In a year"}', 'title: {vi: "Cả năm", en: "In a year"}\n    button: {vi: "Xem cả năm", en: "The bridge"}', 1, "details[0].button.en", 'A5: the button "The bridge" is already that of topic bridge'),
    "a notice without confidence": (GRAIN, "caution: true", 'notice:\n  text: {vi: "Sắp đổi.", en: "A change."}\ncaution: true', 0, "notice", "a claim without confidence"),
    "digit in a text": (GRAIN, "Được, nếu nhà có ruộng.", "Được, nếu nhà có 3 sào ruộng.", 0, "answer.vi", 'digits "3"'),
    "date in a text": (GRAIN, "Được, nếu nhà có ruộng.", "Được, đến 20/11/2026.", 0, "answer.vi", 'digits "20"'),
    "bound not told": (GRAIN, "nhiều nhất {days}.", "mất {days}.", 0, "lines.time.text.vi", "at_most"),
    "voice: exclamation": (GRAIN, "Được, nếu nhà có ruộng.", "Được, nếu nhà có ruộng!", 0, "answer.vi", "V4: "),
    "voice: word": (GRAIN, "Bà con cứ hỏi trưởng thôn.", "Bà con yên tâm là được.", 0, "details[1].text.vi", 'W2: "yên tâm là được"'),
    "voice: abbreviation": (GRAIN, "Bà con cứ hỏi trưởng thôn.", "Bà con hỏi UBND xã.", 0, "details[1].text.vi", 'W4: "UBND"'),
    "voice: answer too long": (GRAIN, "Được, nếu nhà có ruộng.", "Được. " * 16, 0, "answer.vi", "A1: "),
    "voice: long sentence": (GRAIN, "Bà con cứ hỏi trưởng thôn.", "Bà " * 17 + "con.", 0, "details[1].text.vi", "A3: 18 words"),
    "voice: long button": (TOPICS, 'button: {vi: "Sửa cầu"', 'button: {vi: "Sửa cầu cho cả bản đi lại"', 0, "[1].button.vi", "A5: "),
    "basis not listed": (GRAIN, "    sources: [S2]", '    sources: [S2]\n    basis: ["Luật 1/2020/QH14"]', 1, "lines.who.basis[0]", "not in legal_basis"),
    "topic without an office": (PLACE, "not_named: [desk]", "not_named: []", 0, "", 'who handles "desk"'),
    "topic with two": (PLACE, "not_named: [desk]", "not_named: [desk, grain]", 0, "not_named[1]", "already says who"),
    "section": (PLACE, 'section: "mục V.2"', 'section: "5.2"', 0, "named_no_office[0].section", "wrong form"),
    "unknown plan source": (PLACE, "source: S4", "source: S5", 0, "plan.source", 'no source "S5"'),
}  # fmt: skip


@pytest.mark.parametrize("kind", KINDS)
def test_each_fault_is_told_with_file_line_and_field(
    kind: str, edit: Callable[[str, str, str], int], faults: Callable[[], list[Fault]]
) -> None:
    file, old, new, below, field, what = KINDS[kind]
    line = edit(file, old, new) + below
    found = [fault for fault in faults() if what in str(fault)]
    assert found, "\n".join(map(str, faults())) or "no fault at all"
    told = found[0]
    if kind in {"topic without an office"}:
        line = 1  # it stands nowhere: the file as a whole
    if kind == "anchor":
        line, field = line + 1, "x"
    assert (told.file, told.line, told.field) == (file, line, field)
    assert told.mend


@pytest.mark.parametrize("kind", KINDS)
def test_a_broken_pack_never_loads(kind: str, edit: Callable[[str, str, str], int], packs: Path) -> None:
    file, old, new, *_ = KINDS[kind]
    edit(file, old, new)
    with pytest.raises(ContentError, match=r"\d+ faults"):
        load_catalogue(packs)


def test_the_sample_itself_is_sound(packs: Path) -> None:
    assert check_packs(TODAY, packs).faults == ()


def test_all_faults_come_at_once(edit: Callable[[str, str, str], int], packs: Path) -> None:
    edit(GRAIN, "caution: true", "cautoin: true")
    edit(TOPICS, "id: bridge", "id: bridge\n  extra: 1")
    edit(FIGURES, "unit: vnd-month", "unit: euro")
    files = {fault.file for fault in check_packs(TODAY, packs).faults}
    assert {GRAIN, TOPICS, FIGURES} <= files


def test_the_error_of_loading_names_the_first_faults_and_how_many(
    edit: Callable[[str, str, str], int], packs: Path
) -> None:
    line = edit(GRAIN, "next: [bridge]", "next: [brigde]")
    with pytest.raises(ContentError) as caught:
        load_catalogue(packs)
    assert f"{GRAIN}:{line}: next[0]:" in str(caught.value)
    assert "chungtay content check" in str(caught.value)


def test_a_file_that_is_not_utf_8_is_told_with_its_line(packs: Path) -> None:
    (packs / GRAIN).write_bytes(b"topic: grain\nanswer: \xe1\xba\n")
    found = check_packs(TODAY, packs).faults
    assert any((fault.file, fault.line, fault.what) == (GRAIN, 2, "is not UTF-8") for fault in found)


def test_an_empty_file_and_a_stranger_are_faults(packs: Path) -> None:
    (packs / GRAIN).write_bytes(b"")
    (packs / "vn" / "notes.txt").write_text("hello")
    (packs / "vn" / "utterances").mkdir()
    (packs / "vn" / "utterances" / "grain.yaml").write_text("- anything\n")
    (packs / "vn" / "lexicon").mkdir()
    (packs / "vn" / "lexicon" / "words.yaml").write_text("concepts: {borrowing: ['?!']}\n")
    what = {fault.file: fault.what for fault in check_packs(TODAY, packs).faults}
    assert what[GRAIN] == "is empty"
    assert what["vn/notes.txt"] == "is no file of a pack"
    assert what[str(packs / "vn" / "utterances" / "grain.yaml")].startswith("input should be a valid dictionary")
    assert what[str(packs / "vn" / "lexicon" / "words.yaml")] == "has no words"


def test_a_pack_without_its_head_is_a_fault(packs: Path) -> None:
    (packs / "lang-mau" / "pack.yaml").unlink()
    assert ("lang-mau/pack.yaml", "is missing") in [(one.file, one.what) for one in check_packs(TODAY, packs).faults]


def test_packs_that_extend_one_another_in_a_circle(edit: Callable[[str, str, str], int], packs: Path) -> None:
    line = edit("vn/pack.yaml", "extends: null", "extends: lang-mau")
    found = [one for one in check_packs(TODAY, packs).faults if one.file == "vn/pack.yaml" and "circle" in one.what]
    assert [one.line for one in found] == [line]


def test_a_folder_that_is_not_there_or_empty_is_one_clear_error(tmp_path: Path) -> None:
    with pytest.raises(ContentError, match="no such folder"):
        load_catalogue(tmp_path / "nowhere")
    with pytest.raises(ContentError, match="holds no pack"):
        load_catalogue(tmp_path)


def test_a_value_a_card_needs_is_a_fault_on_the_day_it_has_ended(packs: Path) -> None:
    report = check_packs(date(2027, 1, 1), packs)
    told = {(one.file, one.field): one.what for one in report.faults}
    assert told[(GRAIN, "lines.what.text")] == 'the value of "pay" ended on 2026-12-31, and this card rests on it'
    assert (GRAIN, "details[0].text") in told  # computed from it
    load_catalogue(packs)  # the server still starts, and says so to people


def test_a_first_day_that_is_not_known_cannot_be_told(
    edit: Callable[[str, str, str], int], faults: Callable[[], list[Fault]]
) -> None:
    edit(FIGURES, "{from: 2026-01-01, value: 7,", "{from: 2026-01-01, from_known: false, value: 7,")
    assert faults() == []
    written = '{vi: "nhiều nhất {days}.", en: "at most {days}."}'
    line = edit(GRAIN, written, '{vi: "từ {days:from}.", en: "from {days:from}."}')
    found = [one for one in faults() if "is not known (from_known: false)" in one.what]
    assert {(one.file, one.line, one.field) for one in found} == {
        (GRAIN, line, "lines.time.text.vi"),
        (GRAIN, line, "lines.time.text.en"),
    }


def test_a_list_filled_in_must_fit_one_message(
    edit: Callable[[str, str, str], int], faults: Callable[[], list[Fault]]
) -> None:
    written = '{vi: "Bà con cứ hỏi trưởng thôn.", en: "Just ask the head of the hamlet."}'
    edit(GRAIN, written, '{vi: "{offices}", en: "{offices}"}')
    assert faults() == []
    office = '  - {id: p%d, name: {vi: "Phòng Chung xã", en: "Common"}, matters: {text: {vi: "x", en: "x"}, section: "mục I"}}'
    edit(PLACE, "\nwho:", "".join("\n" + office % number for number in range(5)) + "\nwho:")
    assert [one.what for one in faults()] == [
        'lang-mau, en: "Ask more" lists more than 5 things',
        'lang-mau, vi: "Hỏi thêm" lists more than 5 things',
    ]
    edit(PLACE, '{vi: "thóc giống", en: "seed"}', '{vi: "' + "thóc giống, " * 30 + 'lúa", en: "seed"}')
    assert any("characters filled in, at most 320" in one.what for one in faults())


def test_a_value_that_ends_soon_is_a_warning_with_its_cards(packs: Path) -> None:
    warned = [one for one in check_packs(TODAY, packs).warnings if '"pay" ends on 2026-12-31' in one.what]
    assert [(one.file, one.line, one.field) for one in warned] == [(FIGURES, 6, "[0].values[1].to")]
    assert "cards: grain" in warned[0].what
    assert not any('"pay"' in one.what for one in check_packs(date(2026, 6, 1), packs).warnings)


def test_what_the_ward_should_fill_in_is_told_in_its_language(packs: Path) -> None:
    lines = check_packs(TODAY, packs).fill_in
    assert "xã Làng Mẫu: địa chỉ của Phòng Lúa gạo xã" in lines
    assert any(line.startswith("thị xã Mẫu: phòng nhận việc thay của Phòng Ruộng đất thị xã") for line in lines)


def test_our_own_packs_are_sound_today() -> None:
    assert [str(fault) for fault in check_packs(TODAY).faults] == []
