"""Signs that somebody is in danger, read from folded words so that any spelling counts.

Missing one may cost a life, a false alarm costs a message with telephone numbers: where a sign without diacritics has
two readings, the dangerous one counts, unless typed diacritics or the words around say otherwise. Each kind has what
tells it and what only looks like it: animals, machines, ways of speaking ("nóng muốn chết"), names of programmes
("xóa đói giảm nghèo") and questions about something that is over.
"""

import re

from content.understanding.windows import windows
from core.text import fold

# Words whose typed diacritics say that they are not đói, đánh, tự tử, tự vẫn, treo cổ, cứu, đâm or tát.
_ANOTHER_WORD = re.compile(
    r"\b(?:đòi|đợi|đôi|đối|đổi|đội|đời|dời|dội|dõi|dành|đành|từ từ|tư vấn|cờ|cựu|cừu|dám|đám|tật|tắt|tất|đáp|đắp"
    r"|chảy|chạy|lủ|lụ|mại|mãi|mai|giả|giá|bạo dạn|sập xệ|số|lỡ|gạo nếp)\b"
)
_GONE = "zq"  # stands in their place: no word, and folding leaves it alone

_ME = r"(?:toi|em|e|tui|minh|tao|chau|con|vo|me|ma|bo|ba|ong|be|nguoi|no|chi|nhau|han|hai)"
_KIN = r"(?:chong|cha|duong|bo|ba|ong|ong xa|thang|han|no|anh|con trai|con|lao|ho|vo)"
_FRONT = (
    r"(?:dang|hay|cu|toan|suot|lai|thuong xuyen|dem nao cung|ngay nao cung|lao vao|xong vao|vua|say|vo la"
    r"|nhau ve)"
)
_NOT_HIT = (
    r"(?! (?:gia|sach|muc|cho|dum|bac|bai|de|giay|may|ca|bat|bong|rang|van|vay|so|dau(?! (?:lam|qua|dau|don))"
    r"|roi|mat|du|thuc|luoi|dan|trong"
    r"|vang|thue|hieu|vat|tieng|phan|luong|doi|zq)\b)"
)
_RISING = r"(?:noc|mai|tran nha|gac|nguc|ngang co|toi co|den co|bung|that lung|dau goi|ngang nguoi)"
_BEAST = r"(?:bo|trau|lon|heo|ga|vit|lua|cay|rau|ca|tom|tieu|ca phe|vuon|ruong|de|cho|meo|may|xe|keo|san|dan)"

_VIOLENCE = (
    (
        r"\b(?:danh dap|bop co|hanh ha|(?:doa|doi|zq|dinh|se) giet|hiep dam|xam hai|bao hanh|danh (?:chet|ngat"
        r"|te|gay|bam)|loi \w+ (?:\w+ )?(?:ra )?danh|giet nguoi|bam dap|bam tim)\b"
    ),
    (
        r"\b(?:bao luc gia dinh|bi bao luc|bi (?:chem|dam chet|nhot(?! (?:ga|vit|lon|heo|bo|trau|cho|meo"
        r"|chim)\b)|danh den|do don)|nhot (?:toi|em|tui|con|vo|trong|o))\b"
    ),
    rf"\b{_KIN}(?: \w+){{0,4}} (?:danh|dap|tat|dam) {_ME}\b(?! (?:gia|bac|bai|so|de)\b)",
    rf"\bbi(?: \w+){{0,3}} hiep\b(?! (?:hoi|dinh|luc)\b)|\b{_KIN} (?:\w+ )?cam (?:dao|rua)\b",
    rf"\b{_KIN}(?: \w+){{0,2}} {_FRONT} danh\b{_NOT_HIT}",
    rf"\b{_FRONT} (?:danh|dap) {_ME}\b(?! (?:gia|so|bac|bai|de|trong|vay)\b)",
    (
        rf"\bbi(?: \w+){{1,4}} (?:danh{_NOT_HIT}|dap|nhot|lam dung)\b(?! (?:gia|lua|xe|ung|ga|vit|lon|heo|bo"
        rf"|trau|cho|meo|chim)\b)"
    ),
    rf"\bbi danh\b{_NOT_HIT}(?! (?:truot|thap|cap|rot)\b)",
    r"\bdanh (?:vo|con|me|bo) (?:\w+ )?(?:chay mau|da man|gay|tham te)",
    r"\b(?:doa|doi|dinh|se) (?:chem|dot nha|tat axit|dam chet)\b",
    r"\b(?:cam|vac|xach) (?:dao|rua|ma tau|gay)(?: \w+){0,2} (?:duoi|dam|doa|chem|danh|ranh)\b",
    r"\b(?:bi|cha|duong|thay|chu|bac|ong)(?: \w+){0,4} (?:so mo|dam o)\b|\bso mo (?:chau|con|em|be)\b",
    r"\bbat (?:lam|lao dong)(?: \w+){0,3} khong cho (?:ve|ra)\b",
)
_SUICIDE = (
    (
        r"\b(?:khong|no|het|chang|chan|hong) (?:con )?(?:muon|thiet|ham) (?:song|ton tai)\b(?! (?:chung|o|tai"
        r"|xa|gan|voi|ngheo)\b)"
    ),
    r"\bchan song\b",
    r"\bkhong song (?:noi|duoc) nua\b",
    r"\bsong (?:de )?lam gi nua\b",
    r"\bkhong (?:con )?thiet (?:song|gi nua)\b",
    r"\b(?:muon|thich|doi|(?<!gia )dinh) chet\b",
    r"\bchet (?:quach|di cho|cho xong|cho roi|cho do kho|cho khoe|di thi)\b",
    r"\b(?:toi|em|tui|minh) chet di\b|\btu (?:sat|ket lieu)\b|\bket lieu (?:cuoc|doi|ban than)|\bquyen sinh\b",
    (
        r"\b(?:muon|(?<!gia )dinh|doa|nghi (?:den|toi|chuyen)|tinh|doi|se|toan|sap) (?:chuyen )?tu (?:tu"
        r"|van)\b(?! (?:cho|giup|ve|van)\b)"
    ),
    (
        r"\b(?:muon|(?<!gia )dinh|doa|tinh|doi|se|sap|con nuoc) (?:\w+ )?(?:nhay (?:song|cau|lau|xuong|gieng)"
        r"|treo co|that co)\b"
    ),
    (
        r"\b(?:muon|(?<!gia )dinh|doa|tinh|doi|se|sap|da|vua|moi) (?:\w+ )?uong (?:thuoc (?:tru|sau|chuot|diet"
        r"|doc|ngu)|la ngon)\b"
    ),
    r"\buong (?:thuoc (?:tru sau|chuot|diet co|doc)|la ngon)\b|\brach (?:co )?tay\b|\bcat (?:co tay|mach mau)\b",
    r"\bloi trang troi\b",
    r"\btin vinh biet\b",
    r"\bvinh biet moi nguoi\b",
    r"\bthu tuyet menh\b",
    r"\bbien mat khoi (?:doi|the gioi|coi doi)\b",
    r"\b(?:hay|nhieu luc|nhieu khi|dang|cu|bi|lai|dinh) nghi quan\b",
    r"\b(?:khong con|het) ly do (?:gi |nao )?(?:de )?(?:song|ton tai)\b|\bmuon chet (?:cung|theo|chung)\b",
)
_HUNGER = (
    (
        r"\b(?:nhin doi|doi la|doi meo|doi ra|chet doi|nhin an|doi bung|con doi|bi doi|dang doi|khoc vi doi"
        r"|vi doi|doi an)\b"
    ),
    r"\bdoi (?:qua|lam|may ngay|hai ngay|ba ngay|tu (?:hom qua|sang|qua)|khong con|khat)\b",
    r"\b(?:het|khong con|no con|hong con|chang con)(?: \w+){0,2} gao\b(?! tet\b)",
    r"(?:^|\b(?:nha|da|sap|deu) )can gao\b",
    (
        r"\b(?:khong|no|chang|hong|chua)(?: con| co)?(?: \w+)? (?:gi|chi|mieng|bua)(?: \w+)? (?:an|bo bung|nau"
        r"|vao bung|lot da)\b"
    ),
    r"\b(?:khong|chua)(?: \w+){0,2} (?:an gi|duoc an)\b",
    r"\bkhong co (?:com|com gao|do an|cai an|an)\b",
    r"\bhet (?:cai|do|thuc|gao) an\b",
    r"\b(?:uong nuoc|nuoc|chao)(?: \w+){0,2} (?:cam hoi|tru bua|qua ngay)\b",
    r"\bkhong (?:co |con )?(?:tien |dong nao )(?:de )?(?:mua |dong )(?:gao|an|com|do an)\b",
    r"\bkhong co sua (?:cho )?(?:con )?(?:uong|bu)\b",
    r"\b(?:khong|no|hong|chang) (?:con |co )+gao\b",
    r"\bcon (?:toi|em|tui|minh|han|no|nho|chau) doi\b(?! (?:hoi|xe|cho|tien|di|mua)\b)",
    r"\bdi (?:xin|an xin) (?:com|do an|cai an)\b",
)
_DISASTER = (
    rf"\b(?:nuoc|lu|nac|ngap|lut)\b(?: \w+){{0,5}} {_RISING}\b(?! (?:ton|ngoi|hung)\b)",
    r"\bcuu (?:voi|toi|em|tui|minh|gia dinh|nguoi|me con|nha|chung|ho|mang)\b|\bai cuu\b|\bco ai cuu\b|\bcuu$",
    r"\bmac ket\b|\bket (?:tren|trong) (?:noc|mai|gac|lu|dong)|\bco lap\b|\bdang (?:bi )?(?:ngap|lut|lu)\b",
    r"\b(?:bi|nha) (?:ngap|lut) (?:nang|sau|het|nguoi|me|song|toi|den)\b",
    r"\bngap (?:het|toi|den) (?:nha|noi|mai|noc)\b",
    (
        r"\b(?:lu|nuoc lu|nuoc|nac)(?: \w+)? (?:len|dang|tran|ve|vao|do ve)(?: \w+){0,2} (?:nhanh|nhieu|roi"
        r"|qua troi|manh|cuu|khong chay)\b"
    ),
    r"\b(?:nha|bep|xom|rung)(?: \w+){0,3} dang (?:bi |boc )?chay\b",
    r"\bchay nha\b.{0,60}\b(?:cuu|lua|gap|dang)\b",
    r"\blua (?:to|lon|chay) (?:lam|qua|du)\b",
    r"\b(?:sat lo|lo nui|nui lo|lo dat|dat lo)\b.{0,60}\b(?:dang|cuu|vui|ket|de|ben trong|bay gio)\b",
    r"\b(?:nui|doi|dat) (?:dang|sap) (?:lo|sat|sap)\b",
    r"\bvui lap\b",
    r"\bvui (?:\w+ )?(?:nha|nguoi)\b",
    r"\bbi vui\b",
    r"\bcuon (?:troi|mat) (?:mot |hai |ca )?nguoi\b",
    r"\b(?:lu quet|lu ong)\b.{0,40}\b(?:ve|den|xuong|dang)\b",
    r"\bnguoi bi (?:cuon|nuoc cuon|lu cuon)\b",
    r"\bcuon (?:mat|troi) (?:mot |hai )?(?:nguoi|chau|be)\b",
    r"\bsap (?:nha )?(?:xuong )?de\b",
    r"\b(?:nha|tuong|cay|cot dien|mai)(?: \w+)? de (?:len|vao|trung|chet)\b",
    r"\b(?:bi|dang|vua) duoi nuoc\b",
    r"\b(?:thuyen|ghe|tau)(?: \w+){0,2} (?:dang chim|chim|bi lat|lat up)\b",
    r"\bnguoi duoi nuoc\b",
    r"\bbao dang (?:giat|do|vao|toc|quet)\b",
    r"\bgio giat\b.{0,40}\b(?:bay|mai|do)\b",
)
_LIKE_VIOLENCE = (
    r"\b(?:ghi|lap|diem|cong|chuc|vinh|thuong) danh\b|\b(?:set|gio|song|bao|sam) danh\b"
    r"|\bxe(?: \w+){0,2} (?:dam|dap|danh)\b"
)
_LIKE_SUICIDE = (
    r"\b(?:nong|lanh|met|mac|dat|cuoi|vui|xa|kho nhai|buon ngu|buon cuoi|lau|gap|khat|hoi|on|thom|them|re|dong|ngon)"
    rf" (?:\w+ )?muon chet\b|\b{_BEAST}(?: (?!toi\b|em\b|tui\b|minh\b)\w+){{0,3}} (?:muon|doi|thich"
    rf"|(?<!gia )dinh) chet\b"
    r"|\btreo co (?:to quoc|le|tet|do|khanh|ngay)\b"
)
_LIKE_HUNGER = (
    r"\bxoa doi\b|\bdoi (?:ngheo|thong tin|tuong|dien|so|tien|no|song|the|bang|noi|lich|sang)\b"
    r"|\b(?:bo|trau|lon|heo|ga|vit|de|meo|con cho|dan) (?:con |giong |nha |cung )?(?:bi doi|dang doi|doi"
    r"|nhin doi|khong (?:co|con) gi an|het (?:thuc|do|cai) an)\b"
    r"|\bkhong (?:co )?gi an chac\b|\ban (?:chan|bot|chia|theo|o|luong|hoc|xin nua)\b"
)
_LIKE_DISASTER = (
    r"\b(?:nuoc may|nuoc sach|nuoc thai|nuoc tieu|nuoc mam|nuoc gieng|ong nuoc|duong ong|bon nuoc|be nuoc)\b"
    r"|\b(?:nghien|tra|cap) cuu (?:nguoi|ho|mang)\b"
    r"|\b(?:ho tro|den bu|den|tro cap|giup|cho)(?: \w+){0,4} (?:bao nhieu|may trieu|may tien|the nao|khong|gi)$"
    r"|\b(?:nam ngoai|thang truoc|tuan truoc|nam truoc|dot truoc|hom kia|hoi truoc|truoc day|da qua|vua roi)\b"
    r"|\b(?:neu|gia su|phong khi|moi khi|mua nao|nam nao|khi nao)\b(?! .*\bcuu\b)"
)


def _any(*patterns: str) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{pattern})" for pattern in patterns))


# In the order in which they are told when a message shows several.
_SIGNS = (
    ("disaster", _any(*_DISASTER), _any(_LIKE_DISASTER)),
    ("violence", _any(*_VIOLENCE), _any(_LIKE_VIOLENCE)),
    ("suicide", _any(*_SUICIDE), _any(_LIKE_SUICIDE)),
    ("hunger", _any(*_HUNGER), _any(_LIKE_HUNGER)),
)


def dangers(text: str) -> tuple[str, ...]:
    """The kinds of danger that a message tells of, of `reading.DANGERS`; empty for nearly every message.

    Long messages are read window by window: what looks harmless in one sentence excuses no other.
    """
    found = {
        kind
        for window in windows(text)
        for folded in (fold(_ANOTHER_WORD.sub(_GONE, window.lower())),)
        for kind, sign, like in _SIGNS
        if sign.search(folded) and not like.search(folded)
    }
    return tuple(kind for kind, _, _ in _SIGNS if kind in found)
