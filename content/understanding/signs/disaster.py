"""Flood, fire, landslide and storm, now."""

from content.understanding.signs.notation import signs

RISING = (
    "(noc|mai|tran nha|gac|nguc|ngang co|toi co|den co|bung|that lung|dau goi|ngang nguoi|ngang hong|dui|nua nha"
    "|cua so)"
)
HOUSE = "(san|san nha|nen|nen nha|giuong|bep|them|hien|vach|nha|chuong|ban tho|cua)"

_WATER = rf"""
    (nuoc|lu|nac|ngap|lut)(?: \w+){{0,5}} {RISING}(?! (ton|ngoi|hung)\b)
    (nuoc|nac|lu) (\w+ ){{0,3}}(len|dang|ngap|tran|ap|lut) (toi |den |vao |vo |ngang |qua |tan |het
    _ |ngap )*{HOUSE} ?(roi|nhanh|het|qua|ma|$)
    (nuoc|nac|lu) (\w+ ){{0,3}}(len|dang|ngap|tran|vo|vao) (\w+ )?(toi|den|ngang|tan) {HOUSE}
    (nuoc|nac|lu) (\w+ ){{0,2}}(dang|da|bat dau) (\w+ )?(vao|vo|tran|ap) .. (nha|bep|san|giuong)\b
    dang (bi )?(ngap|lut|lu)|(bi|nha) (ngap|lut) (nang|sau|het|nguoi|me|song|toi|den)
    ngap (het|toi|den) (nha|noi|mai|noc)
    (lu|nuoc lu|nuoc|nac)(?: \w+)? (len|dang|tran|ve|vao|do ve) .. (nhanh|nhieu|roi|qua troi|manh|cuu|khong chay)
    (lu quet|lu ong)(?= .{{0,40}}\b(ve|den|xuong|dang)\b)
    (nguoi bi|mat|troi) .. (cuon|nuoc cuon|lu cuon)|cuon (mat|troi) (mot |hai |ca )?(nguoi|chau|be|nha)
    (bi|dang|vua) duoi nuoc|nguoi duoi nuoc|(thuyen|ghe|tau) .. (dang chim|chim|bi lat|lat up)
"""
_CALLS = r"""
    cuu (voi|toi|em|tui|minh|gia dinh|nguoi|me con|nha|chung|ho|mang)|ai cuu|co ai cuu|cuu$
    mac ket|ket (tren|trong) (noc|mai|gac|lu|dong)|co lap(?! (ho so|danh sach)\b)
"""
_FIRE = r"""
    (nha|bep|xom|rung|kho|chuong|nuong)(?: \w+){0,3} dang (bi |boc )?chay
    (nha|bep|kho)(?: (toi|em|tui|minh|no|hang xom|ben canh|ba|ong|chi|anh|o)){0,3} (bi |boc |vua )?chay(?= (roi
    + |rui|to|lon|ruc|lan|het|den|cuu|ngun)\b|$)
    chay nha(?= .{0,60}\b(cuu|lua|gap|dang)\b)|chay nha (roi|to|oi)
    lua (to|lon|chay|boc|lan) (lam|qua|du|len|sang|vao|ngun)
    boc chay|phat hoa|hoa hoan|no (binh )?ga|(xi|ro ri|ro) (binh )?ga(?! (lai|con)\b)|khoi (mu mit|nghi ngut)
    (day dien|cot dien|tru dien) .. (dut|roi|do|gay) .. (xuong|duong|nha|ruong|nuoc|vao)
"""
_EARTH = r"""
    (sat lo|lo nui|nui lo|lo dat|dat lo|sut dat)(?= .{0,60}\b(dang|cuu|vui|ket|de|ben trong|bay gio|roi|nua
    + |so qua|so lam)\b)
    (sat lo|lo nui|nui lo|lo dat|dat lo|sut dat|nut dat|sut lun) (dat |da |nui |doi )?(ngay |o |tu )?(sau|truoc
    + |canh|sat|ben|xuong|vao|sau lung) .. (nha|hoi|bep|chuong|ban|thon|xom|truong)
    (nui|doi|dat|ta luy|taluy|bo song|bo suoi) .. (dang|sap|bi|vua) (\w+ )?(lo|sat|sap|sut|nut|truot)(?= (xuong
    + |vao|sau|sat|roi|ngay|gan|toan|to|dai)\b|$)
    (nui|doi|ta luy|taluy) (\w+ )?(nut|sat|lo|truot|sap) (\w+ )?(sau|xuong|sat|gan|vao|ngay|canh)
    vui lap|vui (\w+ )?(nha|nguoi)|bi vui|sap (nha )?(xuong )?de
    (nha|tuong|cay|cot dien|mai)(?: \w+)? de (len|vao|trung|chet)
"""
_STORM = r"""
    bao dang (giat|do|vao|toc|quet)|gio giat(?= .{0,40}\b(bay|mai|do)\b)
    (nha|mai|tuong) (\w+ )?(vua|moi|dang) (bi )?(sap|do|bay|toc)
"""
FOUND = signs(_WATER, _CALLS, _FIRE, _EARTH, _STORM)
# Pipes and other water; research; what is asked about money; what is over; what might be.
LOOKS_LIKE = signs("(nghien|tra|cap|to|cuc) cuu (nguoi|ho|mang|toi)")
ANOTHER_MATTER = signs(r"""
    nuoc (may|sach|thai|tieu|mam|gieng)|(ong|bon|be) nuoc|duong ong
    (ho tro|den bu|den|tro cap|giup|cho)(?: \w+){0,4} (bao nhieu|may trieu|may tien|the nao|khong|gi)$
    nam ngoai|(thang|tuan|nam|dot|hoi) truoc|hom kia|truoc day|da qua|vua roi
    (neu|gia su|phong khi|moi khi|mua nao|nam nao|khi nao)(?! .*\bcuu\b)
    (vung|nguy co|canh bao|phong chong|tai dinh cu|di doi|di dan) .. (sat lo|lu|lut|thien tai)
    (sat lo|lu).* (di doi|di dan|tai dinh cu)
""")
