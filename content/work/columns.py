"""Which column of a list holds what, by the heads that offices write; and where in a sheet the heads stand."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from content.work.sheets import Row
from core.text import fold

LOOKED_AT = 10  # rows in which the heads may stand
LEAST = 3  # columns that must be known in a row of heads

COLUMNS: Mapping[str, tuple[str, ...]] = {
    "number": ("stt", "tt", "số tt", "số thứ tự"),
    "title": (
        *(
            "vị trí việc làm",
            "vị trí tuyển dụng",
            "vị trí",
            "vị trí cần tuyển",
            "công việc",
            "tên công việc",
            "tên việc",
        ),
        *("việc", "việc làm", "việc cần tuyển", "chức danh", "nghề tuyển", "vị trí công việc", "ngành nghề tuyển dụng"),
    ),
    "course": ("tên lớp", "lớp", "tên khóa học", "khóa học", "nghề đào tạo", "lớp nghề", "tên nghề", "tên lớp nghề"),
    "occupation": ("nghề", "ngành nghề", "nghề nghiệp", "ngành"),
    "employer": (
        *("đơn vị", "đơn vị tuyển dụng", "doanh nghiệp", "công ty", "tên công ty", "tên doanh nghiệp", "tên đơn vị"),
        *("nơi tuyển", "người sử dụng lao động", "cơ sở", "cơ sở đào tạo", "đơn vị đào tạo", "trường", "nơi đào tạo"),
    ),
    "place": (
        *("nơi làm việc", "địa điểm", "địa điểm làm việc", "địa chỉ làm việc", "địa chỉ", "địa bàn", "nơi học"),
        "địa điểm học",
    ),
    "wage": (
        "lương",
        "mức lương",
        "thu nhập",
        "tiền lương",
        "tiền công",
        "mức thu nhập",
        "lương tháng",
        "mức lương tháng",
    ),
    "wage_from": ("lương từ", "mức lương từ", "thu nhập từ", "lương thấp nhất", "mức lương thấp nhất"),
    "wage_to": ("lương đến", "mức lương đến", "thu nhập đến", "lương cao nhất", "mức lương cao nhất"),
    "hours": ("thời gian làm việc", "giờ làm", "giờ làm việc", "ca làm", "ca", "thời gian làm", "ca làm việc"),
    "age": ("tuổi", "độ tuổi", "yêu cầu độ tuổi", "yêu cầu tuổi"),
    "sex": ("giới tính", "nam nữ", "yêu cầu giới tính"),
    "health": ("sức khỏe", "yêu cầu sức khỏe"),
    "basis": ("căn cứ", "căn cứ pháp lý"),
    "papers": ("hồ sơ", "giấy tờ", "hồ sơ gồm", "hồ sơ cần có", "giấy tờ cần có"),
    "degree": ("trình độ", "bằng cấp", "trình độ chuyên môn", "yêu cầu trình độ", "học vấn", "trình độ học vấn"),
    "seats": (
        *("số lượng", "sl", "số lượng tuyển", "chỉ tiêu", "số người", "số lượng cần tuyển", "số học viên", "sĩ số"),
        "số lượng lao động",
    ),
    "deadline": (
        *("hạn", "hạn nộp", "hạn nộp hồ sơ", "hạn cuối", "thời hạn", "hạn đăng ký", "ngày hết hạn", "hạn tuyển"),
        *("thời hạn nộp hồ sơ", "hạn nhận hồ sơ"),
    ),
    "contact": ("liên hệ", "người liên hệ", "thông tin liên hệ"),
    "phone": ("điện thoại", "số điện thoại", "sđt", "số đt", "điện thoại liên hệ", "sđt liên hệ"),
    "licence": ("giấy phép", "mã số thuế", "mst", "số giấy phép", "giấy phép kinh doanh", "mã số doanh nghiệp"),
    "lodging": ("chỗ ở", "ăn ở", "xe đưa đón", "đưa đón", "chỗ ở xe đưa đón"),
    "level": ("trình độ đào tạo", "cấp đào tạo", "bậc đào tạo"),
    "length": ("thời gian học", "thời gian đào tạo", "thời lượng"),
    "support": ("hỗ trợ", "chế độ hỗ trợ", "chế độ", "mức hỗ trợ"),
    "priority": ("ưu tiên", "đối tượng", "đối tượng ưu tiên", "đối tượng học"),
    "opens": ("khai giảng", "ngày khai giảng", "dự kiến khai giảng"),
    "latitude": ("vĩ độ", "lat"),
    "longitude": ("kinh độ", "lng", "lon"),
    "reference": ("mã tin", "mã việc", "mã việc làm", "mã tin tuyển dụng", "mã số tin"),
    "note": ("ghi chú", "mô tả", "yêu cầu", "yêu cầu khác", "mô tả công việc"),
}
_NAMED = {fold(one): name for name, others in COLUMNS.items() for one in others}
_ENDS = frozenset(map(fold, ("từ", "đến", "tới", "thấp nhất", "cao nhất")))
_WAGES: Mapping[str, str] = {"tu": "wage_from", "den": "wage_to", "toi": "wage_to"}
_OF_COURSES = frozenset({"course", "length", "opens", "level"})


@dataclass(frozen=True, slots=True)
class Heads:
    """Where the columns of a sheet stand, and how they are headed."""

    places: Mapping[str, int]
    said: Mapping[str, str]
    unread: tuple[str, ...]
    last: int  # the index of the last row of heads

    @property
    def courses(self) -> bool:
        """Whether it is a list of courses."""
        return len(_OF_COURSES & self.places.keys()) > ("title" in self.places)


def heads_of(rows: Sequence[Row]) -> Heads | None:
    """The heads of a sheet: the row of the first ten of which most is known, with a second one below it."""
    best: Heads | None = None
    for at, row in enumerate(rows[:LOOKED_AT]):
        below = rows[at + 1] if at + 1 < len(rows) else None
        both = _two(at, row.cells, below.cells) if below is not None else None
        for found in (_read(at, row.cells), both):
            if found is not None and (best is None or len(found.places) > len(best.places)):
                best = found
    return best if best is not None and len(best.places) >= LEAST else None


def _two(at: int, upper: Sequence[str], lower: Sequence[str]) -> Heads | None:
    """Two rows of heads: "Mức lương" over "Từ" and "Đến"; a merged cell over both says the same twice."""
    both, last = [], ""
    for one, other in zip(upper, lower, strict=False):
        last = one or last
        over = last if not one and fold(_plain(other)) in _ENDS else one  # cells above "Đến" that were not merged
        both.append(over if over == other or not other else f"{over} {other}".strip())
    return _read(at + 1, both)


def _read(at: int, cells: Sequence[str]) -> Heads | None:
    places: dict[str, int] = {}
    unread = []
    for place, cell in enumerate(cells):
        name = column(cell)
        if name is None:
            unread += [cell] if cell else []
        elif name not in places:
            places[name] = place
    said = {name: cells[place] for name, place in places.items()}
    return Heads(places, said, tuple(dict.fromkeys(unread)), at) if places else None


def column(head: str) -> str | None:
    """Which column a head means; what stands in brackets, or behind a colon, is a remark.

    >>> column("Mức lương (triệu đồng/tháng)"), column("SĐT"), column("Hài lòng")
    ('wage', 'phone', None)
    """
    folded = fold(_plain(head))
    name = _NAMED.get(folded)
    if name is None:  # "Mức lương/tháng" above "Từ"
        over, _, end = folded.rpartition(" ")
        name = _WAGES.get(end) if _NAMED.get(over) == "wage" else None
    return name


def _plain(head: str) -> str:
    return re.sub(r"\(.*?\)|\*|:.*", " ", head).replace("/", " ")
