"""policy-answers: questions on all forty topics, in anybody's spelling, get a sourced answer; the rest a polite no."""

import pytest

from tests.capabilities.asking import sourced, told
from tests.support.talk import Talk

# A question for each topic, and what its answer begins with.
QUESTIONS = (
    ("thu nhập bao nhiêu thì là hộ nghèo", "Mức xét hộ nghèo"),
    ("nha moi thoat ngheo con duoc gi khong", "Mới thoát nghèo"),
    ("muốn xin xét hộ nghèo thì nộp đơn ở đâu", "Xét hộ nghèo"),
    ("mất giấy chứng nhận hộ nghèo", "Giấy hộ nghèo"),
    ("muốn đăng ký thoát nghèo", "Ghi tên thoát nghèo"),
    ("nhà nước giúp tìm việc làm thế nào", "Tìm việc"),
    ("đi xuất khẩu lao động hộ nghèo được hỗ trợ gì", "Làm ở nước ngoài"),
    ("hoc nghe mien phi", "Học nghề"),
    ("xin thẻ bhyt hộ nghèo", "Thẻ bảo hiểm y tế"),
    ("viện phí nhiều quá có được giúp không", "Tiền viện phí"),
    ("con suy dinh dưỡng", "Dinh dưỡng mẹ, trẻ"),
    ("miễn học phí", "Tiền học phí"),
    ("tiền ăn trưa mẫu giáo", "Sách vở, ăn trưa"),
    ("sinh viên vay vốn", "Vay cho con đi học"),
    ("vay vốn nuôi bò", "Vay vốn làm ăn"),
    ("vay vốn giải quyết việc làm", "Vay tạo việc làm"),
    ("nhà dột muốn sửa", "Làm nhà, sửa nhà"),
    ("nước giếng đục không dùng được", "Nước sạch"),
    ("xây nhà vệ sinh", "Nhà vệ sinh"),
    ("vay làm nước sạch vệ sinh", "Vay làm nước sạch"),
    ("hỗ trợ internet cho hộ nghèo", "Điện thoại, mạng"),
    ("loa phường hỏng rồi", "Nghe, đọc tin"),
    ("tien dien ho ngheo", "Tiền điện"),
    ("nhờ luật sư miễn phí", "Luật sư giúp"),
    ("trợ cấp cho người già 80 tuổi", "Tiền nhận mỗi tháng"),
    ("nhà cháy được giúp gì", "Giúp gấp"),
    ("quà tết cho hộ nghèo", "Quà Tết"),
    ("tham gia mô hình nuôi dê", "Cùng nuôi trồng"),
    ("xin giống lúa", "Giống, phân bón"),
    ("muốn mở quán buôn bán nhỏ", "Tự mở làm ăn"),
    ("quỹ vì người nghèo giúp được gì", "Quỹ Vì người nghèo"),
    ("tháng cao điểm vì người nghèo là tháng nào", "Tháng cao điểm"),
    ("danh sách ai được nhận hỗ trợ dán ở đâu", "Ai đã nhận gì"),
    ("người dân tộc thiểu số được ưu tiên gì", "Đồng bào dân tộc"),
    ("nhà có liệt sĩ được ưu tiên gì", "Nhà có người có công"),
    ("người khuyết tật được gì", "Người khuyết tật"),
    ("phụ nữ nghèo được ưu tiên gì", "Ưu tiên phụ nữ"),
    ("ủy ban mở cửa mấy giờ", "Hỏi ở phòng nào"),
    ("muốn khiếu nại kết quả", "Báo việc, góp ý"),
    ("kế hoạch giảm nghèo của phường", "Kế hoạch"),
)


@pytest.mark.parametrize(("question", "topic"), QUESTIONS)
def test_each_topic_is_answered_or_offered_with_its_source(talk: Talk, question: str, topic: str) -> None:
    talk.press("start:dak-cam")
    answer = talk(question)
    assert topic in answer
    if "Bà con hỏi việc nào" in answer:
        answer = told(talk, topic)  # two were about equally likely: asked, and chosen
    assert sourced(answer), answer
    assert "[Gặp cán bộ]" in answer


@pytest.mark.parametrize("question", ["giá vàng hôm nay bao nhiêu", "ket qua xo so toi nay", "đội tuyển đá mấy giờ"])
def test_what_is_not_ours_is_declined_with_a_way_on(talk: Talk, question: str) -> None:
    talk.press("start:dak-cam")
    assert "Thẻ bảo hiểm y tế" in told(talk, "Thẻ bảo hiểm y tế", "Theo Luật")
    answer = talk(question)
    assert "Chung Tay không giúp được" in answer or "Chung Tay chưa rõ ý" in answer
    assert "[Gặp cán bộ]" in answer
    assert "Theo Luật" not in answer
