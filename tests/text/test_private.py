"""What leads to a person is found in a text; what only looks like it is not."""

import pytest

from core.private import private

PERSONAL = [
    *("gọi 0912 345 678", "0912.345.678", "+84 912-345-678", "điện thoại bàn 0260 386 2345", "so 0912345678 nha"),
    *("căn cước 052190001234", "chứng minh 233 123 456", "thẻ GD4797922334455", "số sổ 5216 000 123"),
    *("stk 19034567890123 ngân hàng", "9704 1234 5678 9012", "không chín một hai ba bốn năm sáu bảy tám"),
    *(
        "viết cho tu.nguyen@ward.example",
        "zalo.me/nhatoi",
        "https://a.example/b",
        "www.a.example",
        "fb.com/tu",
        "nhắn @tunguyen",
    ),
]
NOBODYS = [
    *("vay 10.000.000 đồng", "vay 50000000 được không", "thu nhập 1.500.000 đến 2.000.000 đồng", "100 triệu"),
    *("từ 20/11/2026 đến 30/12/2026", "ngày 20.11.2026", "giai đoạn 2021-2025", "Nghị định 07/2021/NĐ-CP"),
    *("nhà 3 người, 2 con 5 tuổi và 7 tuổi", "hai ba bốn năm nay chưa có", "gọi 115", "nhà mình dột."),
]


@pytest.mark.parametrize("text", PERSONAL)
def test_what_leads_to_a_person(text: str) -> None:
    assert private(text) is not None


@pytest.mark.parametrize("text", NOBODYS)
def test_what_leads_to_nobody(text: str) -> None:
    assert private(text) is None
