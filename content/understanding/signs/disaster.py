"""Flood, fire, landslide and storm, now."""

from content.understanding.signs.notation import signs

RISING = (
    "(noc|mai|tran nha|gac|nguc|ngang co|den co|lung tuong|lung nha|nua tuong|ngon cay|cua zq|"
    "bung|that lung|dau goi|ngang nguoi|ngang hong|dui|nua nha"
    "|cua so)"
)
HOUSE = "(san|san nha|nen|nen nha|giuong|bep|them|hien|vach|nha|chuong|ban tho|cua)"

_WATER = rf"""
    (nuoc|lu|nac|ngap|lut)(?: \w+){{0,5}} {RISING}(?! (ton|ngoi|hung)\b)|(nuoc|lu|nac|ngap)(?: \w+){{0,2}} toi co
    nuoc (\w+ ){{0,5}}(ao ao|am am|cuon cuon|chay xiet|chay siet)|bam (vao |tren |o )*(ngon cay|than cay|mai|noc|cot)
    (de|dap|bo bao) (bi )?(vo|sap|tran) (roi|mat|bo|nuoc)|vo (dap(?! (lua|da|xe|may|bap|dau|chum)\b)|bo bao)
    (bi vo|vo) de (\w+ )?(nuoc|lu|ngap|o|tran|chay)
    chet may (giua|ngoai|o) (bien|song|khoi)|(xuong|thuyen|ghe|tau|do|be) .. sap (chim|lat|up)
    nuoc tran (vo|vao) (khoang|ghe|tau)
    (nuoc|lu) (\w+ ){{0,3}}(xoay|cuon) (\w+ )?(manh|xiet)|(cuon|troi|sap) (\w+ )?cau\b.*\b(ket|khong qua duoc)
    (nuoc|lu) .. cuon (phang|bang)|(thuyen|ghe|xuong|do|tau) (\w+ )?(bi )?(lat|up)(?! (nua|sau|nao|hoi)\b)
    (nguoi|dua|dua nho|chau|be|con) (\w+ )?(troi|cuon) (mat|di|roi|theo)|chua vot
    (nuoc|lu|chay|lua|sap|vui|ngap|khoi)\b.*\b(con|van) (o|ket) (ben )?trong( nha| do| ay)?$
    (sap|dang|bi|vua|nha) (\w+ )?(do|zq|sup|lo|troi|sat|sap) xuong (song|suoi|bien|vuc)
    (sat|lo) (toi|den|vao|sat) .. (mong|nen nha|san|hien|goc nha|vach)
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
    ket (lai )?(o )?(ben kia|giua|ngoai) (song|suoi|dong|khe|lu|bien|cau)|(chan|tay|nguoi) (\w+ )?bi (kep|de|vui)
    (leo|ngoi|dung|tru|o) (\w+ )?tren (noc|mai)(?= .*\b(lu|nuoc|ngap|lut)\b|$)|(lu|nuoc|ngap|lut)\b.*\btren noc
    (con|mac) (\w+ ){0,3}(chua|khong) (ra|thoat) duoc|troi theo (be|song|nuoc|dong)
    mac ket|ket (tren|trong|duoi|giua) (noc|mai|gac|lu|dong|lop|nha|phong|ham|hang|lua|khoi|bun|dat|thang may)
    co lap(?! (ho so|danh sach)\b)
"""
_FIRE = r"""
    (nha|bep|xom|xom tro|day tro|cho|rung|kho|chuong|nuong)(?: \w+){0,3} dang (bi |boc )?chay
    (nha|bep|kho)(?: (toi|em|tui|minh|no|hang xom|ben canh|ba|ong|chi|anh|o)){0,3} (bi |boc |vua )?chay(?= (roi
    + |rui|to|lon|ruc|lan|het|den|cuu|ngun)\b|$)
    chay nha(?= .{0,60}\b(cuu|lua|gap|dang)\b)|chay nha (roi|to|oi)
    lua (to|lon|chay|boc|lan) (lam|qua|du|len|sang|vao|ngun)
    chay (\w+ )?lan (qua|sang|den|toi|ra)|(chay|lua|khoi)\b.*\btren lau
    chap dien (\w+ )?(chay|no)|chay (lan )?(den|toi|lan sang) (mai|noc|nha|ben|gac|phong)
    khoi (day|mu|den|bay|um) (\w+ )?(phong|nha|hanh lang|cau thang|day tro)|ngat khoi
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
    (dat|nui|doi|bun|bun da|da) (\w+ ){0,2}(trum|lap|vui|chon|phu) (len |xuong |mat |het )*(\w+ )?(noc|nha|nguoi
    + |ban|xom|lan|thon)
    (nui|doi|da) (\w+ )?(nut toac|am am|roi rao rao)|dat (\w+ )?(sau|lung|canh) (\w+ ){0,2}(nut|am am)
    de sap (noc|nha|mai)
    nghe (\w+ )?tieng (keu|khoc|ren) .. duoi|vui lap|vui (\w+ )?(nha|nguoi)|bi vui
    sap (nha |xuong )*de (len|vao|trung|nguoi|chet|ca|vo|con|chong|me)
    (nha|tuong|cay|cot dien|mai)(?: \w+)? de (len|vao|trung|chet)
"""
_STORM = r"""
    bao dang (giat|do|vao|toc|quet)|bao (\w+ )?vo (manh|to|roi)
    (ton|ngoi|mai) (\w+ )?(bay|toc) (rao|tu tung|het|vu|am am|lien tuc|toi ta)
    gio giat(?= .{0,40}\b(bay|mai|do)\b)
    (nha|mai|tuong) (\w+ )?(vua|moi|dang) (bi )?(sap|do|bay|toc)
"""
FOUND = signs(_WATER, _CALLS, _FIRE, _EARTH, _STORM)
# Pipes and other water; research; what is asked about money; what is over; what might be.
LOOKS_LIKE = signs(
    "(nghien|tra|cap|to|cuc) cuu (nguoi|ho|mang|toi)|cach cuu$|khong co lap|nuoc (mua )?hung (mai|noc|san)",
    "nha nuoc (ho tro|cho vay|phat|cap|lo cho|tra|ve xay)|(tien|von) nha nuoc",
    # rice, a pond: flooded without people
    r"(lua|ruong|ray|hoa mau|vuon) (\w+ ){0,4}ngap(?! (toi|den|vao|vo|nha|len|nguoi|mai|noc)\b)",
    "ao (ca )?bi nuoc tran vao",
)
ANOTHER_MATTER = signs(r"""
    nuoc (may|sach|thai|tieu|mam|gieng)|(ong|bon|be) nuoc|duong ong
    (ho tro|den bu|den|tro cap|giup|cho)(?: \w+){0,4} (bao nhieu|may trieu|may tien|the nao|khong|gi)$
    nam ngoai|(thang|tuan|nam|dot|hoi) truoc|hom kia|truoc day|da qua|vua roi
    (neu|gia su|phong khi|moi khi|mua nao|nam nao|khi nao)(?! .*\bcuu\b)
    (vung|nguy co|canh bao|phong chong|tai dinh cu|di doi|di dan) .. (sat lo|lu|lut|thien tai)
    (sat lo|lu).* (di doi|di dan|tai dinh cu)
    (lut|nuoc|lu) (da |vua |moi )?rut|hoi (thang|nam|mua|xua|nho|ay|do)|hom (mua|bao|lu|lut)
    (tien|phu|ho tro|duoc|xin) (\w+ )?nang nen|toi tung (o|di|bi|la|lam)
    duong (\w+ ){0,3}nang len|ham chung cu|nam mo thay
    ^(?!.*\b((?<!may )cuu(?! (cho|tro|doi|te)\b)|ket|dang (chay|ngap|chim|cuon|len|dang|troi|o tren)|khan cap
    + |len nhanh|vui|cuon troi)\b)(?:.* )?(quy (vi )?nguoi ngheo|quy (co|cho)
    + |lop lai|sam lai|sua lai|dung lai|xay lai|bao hiem
    + |can cuoc|dien ngheo|ho so
    + |nam (\w+ )?(vien|benh vien|hoi suc)|may (ma )?(cuu|thoat|kip)|mai tang|kham liem|tien hom|dam tang|dam ma
    + |(can|zq|lam|lap|nop) (\w+ )?(giay|don|thu tuc)|vay (tien|von|muon)|kinh phi)
""")
