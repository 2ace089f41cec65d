"""A corpus so small that a model of it is trained in a moment, for the sample packs of tests/content."""

import json
import shutil
from pathlib import Path

SAMPLE = Path(__file__).parents[1] / "content" / "sample"
ASKED = (
    "{} thì hỏi ai",
    "cho tôi hỏi {}",
    "{} được bao nhiêu",
    "bao giờ có {}",
    "muốn xin {}",
    "{} ở đâu",
    "nhà tôi {}",
)
ABOUT = {
    "grain": ("thóc giống", "phát thóc", "hạt giống lúa"),
    "bridge": ("sửa cầu", "cây cầu gãy", "cầu qua suối"),
    "desk": ("phòng nào lo", "chỗ tiếp dân", "văn phòng xã"),
    "action:officer": ("gặp cán bộ", "nói chuyện với người thật", "cán bộ gọi lại"),
    "none": ("giá vàng", "kết quả bóng đá", "thời tiết Đà Lạt"),
    "unclear": ("cái đó", "việc hôm trước", "chuyện kia"),
    "danger:disaster": ("nước lũ ngập nhà", "sạt lở đất", "lũ cuốn"),
    "danger:hunger": ("đói lả", "hết gạo", "nhịn ăn"),
    "danger:medical": ("co giật", "ngất xỉu", "uống thuốc sâu"),
    "danger:suicide": ("muốn chết", "chán sống", "không thiết sống"),
    "danger:violence": ("bị chồng đánh", "bị bạo hành", "bị đuổi đánh"),
    "fraud": ("chuyển tiền phí", "đọc mã OTP", "nộp tiền cọc"),
    "smalltalk:greeting": ("xin chào", "chào cán bộ", "alo"),
}
GOES_ON = ("cần giấy gì", "bao lâu thì có", "mấy ngày", "có mất tiền không", "nộp ở đâu", "ai được")


def sample_packs(folder: Path) -> Path:
    """A copy of the sample packs with this corpus; gives its folder."""
    packs = folder / "packs"
    shutil.copytree(SAMPLE, packs)
    groups = [{"label": label, "utterances": _rows(label, about)} for label, about in ABOUT.items()]
    leads = [
        *({"text": text, "who": f"hỏi tiếp {number}", "leads": "stays"} for number, text in enumerate(GOES_ON)),
        *({"text": f"thế còn {one}", "who": one, "leads": "bridge"} for one in ABOUT["bridge"]),
        *({"text": f"còn {one} nữa", "who": f"{one} nữa", "leads": "grain"} for one in ABOUT["grain"]),
    ]
    for name, data in (("all", {"groups": groups}), ("followups", {"followups": leads})):
        path = packs / "vn" / "utterances" / f"{name}.yaml"
        path.parent.mkdir(exist_ok=True)
        path.write_text(json.dumps(data, ensure_ascii=False), "utf-8")  # which is YAML
    return packs


def _rows(label: str, about: tuple[str, ...]) -> list[dict[str, str]]:
    said = [asked.format(one) for one in about for asked in ASKED]
    return [{"text": text, "who": f"{label} {number}"} for number, text in enumerate(said)]
