"""yearly-content-swap: an officer's file takes the place of ours, without code, and every reply follows."""

import shutil
from pathlib import Path

from content.loader import PACKS_DIR
from tests.support.service import chungtay_here

# What a made-up plan calls things: every name of ours that a citizen reads, and its replacement.
NAMES = {
    "Phòng Kinh tế, Hạ tầng và Đô thị phường": "Phòng Ruộng Vườn phường",
    "Phòng Văn hóa - Xã hội phường": "Phòng Đèn Sách phường",
    "Văn phòng Hội đồng nhân dân và Ủy ban nhân dân phường": "Văn phòng Mẫu phường",
    "Kế hoạch giảm nghèo 2025-2030 của phường Đăk Cấm": "Kế hoạch mẫu 2026-2030 của phường Đăk Cấm",
    "period_from: 2025": "period_from: 2026",
}


def swapped(data_dir: Path) -> None:
    """The files of Đăk Cấm as another plan would have them, laid over ours in the data folder."""
    target = data_dir / "packs" / "dak-cam"
    shutil.copytree(PACKS_DIR / "dak-cam", target)
    for path in target.glob("*.yaml"):
        text = path.read_text("utf-8")
        for old, new in NAMES.items():
            text = text.replace(old, new)
        if path.name == "plan.yaml":
            text = text.replace("value: 21,", "value: 77,").replace("value: 0.27,", "value: 7.77,")
        path.write_text(text, "utf-8")


def said(data_dir: Path, *lines: str) -> str:
    done = chungtay_here("chat", "--locality", "dak-cam", data_dir=data_dir, stdin="\n".join(lines))
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_every_reply_of_the_place_follows_its_new_files(tmp_path: Path) -> None:
    swapped(tmp_path)
    topics = chungtay_here("content", "diff", str(PACKS_DIR), str(tmp_path / "all"), data_dir=tmp_path)
    assert topics.returncode != 0  # no such folder: told, not guessed
    told = said(
        tmp_path,
        "ai lo việc xét hộ nghèo",
        "học nghề ai lo",
        "trợ giúp pháp lý ở đâu",
        "tỷ lệ hộ nghèo bao nhiêu",
        "kế hoạch có nói tới internet không",
        "quỹ vì người nghèo ai lo",
    )
    assert "Phòng Ruộng Vườn phường" in told and "Phòng Đèn Sách phường" in told and "Văn phòng Mẫu phường" in told
    assert "77 hộ" in told and "7,77 phần trăm" in told
    assert "Kế hoạch mẫu 2026-2030" in told
    assert not [old for old in NAMES if old in told]
    assert "21 hộ" not in told


def test_what_changed_for_citizens_can_be_read_beforehand(tmp_path: Path) -> None:
    swapped(tmp_path)
    whole = tmp_path / "whole"
    shutil.copytree(PACKS_DIR, whole)
    before = whole.rename(tmp_path / "before")
    done = chungtay_here("content", "diff", str(before), "2026-11-20", "--locality", "dak-cam", data_dir=tmp_path)
    assert done.returncode == 0, done.stderr
    told = [line.partition(" / ")[0] for line in done.stdout.splitlines() if " / " in line and line[0].isalpha()]
    assert len(set(told)) == 40  # every topic of the place: its plan has another name


def test_a_broken_file_stops_the_start_with_its_place(tmp_path: Path) -> None:
    swapped(tmp_path)
    path = tmp_path / "packs" / "dak-cam" / "plan.yaml"
    path.write_text(path.read_text("utf-8").replace("kind: actual", "kind: gone", 1), "utf-8")
    done = chungtay_here("chat", "--locality", "dak-cam", data_dir=tmp_path, stdin="menu\n")
    assert done.returncode == 1
    assert "packs/dak-cam/plan.yaml:" in done.stderr and "gone" in done.stderr
