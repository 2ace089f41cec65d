"""Offers that draw people in: work abroad without papers, tasks one pays for, much pay for little, loans by app."""

# Where people were led to be held and made to cheat others; only with an offer beside it.
HELD_THERE = (
    "(campuchia|campuchea|cambot|campot|myanmar|mianma|mien dien|di mien|qua mien|sang mien|tam giac vang|bavet|ba vet"
    "|poipet|sihanoukville|song bac)"
)
OFFICE = (
    "(cong an|bao hiem xa hoi|cuc thue|chi cuc thue|co quan thue|ngan hang|can bo|vien kiem sat|toa an|dien luc"
    "|hai quan|uy ban|vien thong|nha mang)"
)
_WHO = "(ho|no|ai|ai do|nguoi ta|so la|co nguoi|nguoi la|ben do|thang|han|chi|anh|ba|ong)"
_SUM = r"(\d+(tr|k|cu|trieu|m)?|mot|hai|ba|bon|nam|sau|bay|tam|chin|muoi|may|vai|tram|chuc)"

_ABROAD = rf"""
    ^(?=.*\b(tuyen|ru|moi|keu|bao an|bao xe|bao ve xe|lo xe|don tan|khong can|casino|lam game|viec nhe|may lanh
    + |co viec|hua)\b)(?=.*\b(luong|trieu|chuc|do|usd|tr|lam|viec)\b)(?=.*\b{HELD_THERE}\b)
    (don|hen|dua) (\w+ ){{0,4}}(cua khau|bien gioi|duong mon|duong rung)(?= .*\b(can cuoc|ho chieu|lam|luong)\b)
    (cong ty|cty|trung tam|moi gioi|nguoi quen|nguoi ta|ho|ong|ba|anh|chi) (?=.*\b(nop|dong|thu|dua|lay|coc)
    _ (\w+ )?{_SUM})(?=.*\b(chua co hop dong|(khong|ko|chang) (co )?(hop dong|bien lai|phieu thu)|giay tay
    + |kieu im lang|keu im lang|dung noi (voi )?ai)\b)
    di (theo )?(dien |visa )?du lich roi (o lai|tron)|(dien|visa) du lich\b.*\bo lai (lam|luon)
"""
_TASKS = rf"""
    (cong tac vien|ctv|nhan vien|viec) (\w+ ){{0,2}}chot don|chot don\b.*\b(nap|hoan|rut|hoa hong)
    moi don (\w+ ){{0,3}}hoa hong|(nhiem vu|don dau|don sau|don tiep|moi don)\b.*\b(nap|rut)\b
    nap (tien )?(?!dien thoai)(\w+ ){{0,6}}(hoan (tien|lai|von)|kich hoat|nhan ve|moi rut|rut duoc|nang cap)
    nap {_SUM} ... (nhan|rut|lanh) (ve |lai |duoc )*{_SUM}
    (dang ky|kich hoat) (\w+ ){{0,6}}nap tien
"""
_EASY = r"""
    viec ?nhe ?luong ?cao|(viec|vc|cv|cong viec) nhe .. (luong|lg|thu nhap|tn) (cao|khung|hap dan|ngat nguong)
    (ngoi|lam) (tai |o )?nha (\w+ ){0,9}(moi ngay|mot ngay|1 ngay|ngay) (\w+ )?(\d+(k|tr|cu|trieu)?|tram|trieu)
    chi can (\w+ )?(dien thoai|smartphone|may tinh|biet chu|danh may)\b.*\b(thu nhap|kiem|luong|tram|\d+k)
    (ranh|ranh roi) (\w+ ){0,6}(tieng|gio)\b.*\b(thu nhap|kiem)\b.*\bngay
"""
_LOANS = r"""
    (vay|giai ngan|khoan vay|ho so vay|app)\b.*\b(nop|dong|chuyen) (\w+ ){0,4}(moi|de|roi moi|xong moi) (\w+ )?(mo khoa
    + |mo lenh|giai ngan|cho vay|rut)
    (chuyen|nop) (\w+ ){0,4}chung minh (thu nhap|tai chinh|kha nang)
    sai so tai khoan\b.*\b(nop|dong|chuyen)
"""
_OFFICES = rf"""
    {_WHO} (\w+ ){{0,2}}(noi|xung|bao|nhan|tu nhan) (la |no |ho |minh |anh |chi |toi |em )*(ben |o |nguoi |nhan vien )*
    + {OFFICE}\b.*\b(chuyen|nop|thu|dong|cai|doc ma|quet)
    (noi|xung|bao) (la )?(nhan vien |nguoi )?{OFFICE}\b.*\b(phai |bat |keu |bao |doi )(chuyen|nop|cai|doc)
    duong day (rua tien|ma tuy)\b.*\b(chuyen|tien|kiem tra|tai khoan)
    {OFFICE} (goi|nhan|nhan tin) ... (cai|tai) .. (phan mem|app|ung dung)
    (chuyen|nop|gui) {_SUM} (\w+ ){{0,3}}(phi|le phi|tien cong)\b.*\b(tai khoan|stk|so (nay|may))\b
    bam phim (so )?\d|(hai quan|buu dien) ... (giu|doi|phi|thue|nop)\b.*\b(qua|kien hang|trieu|buu pham)
    qua\b.*\bhai quan ... (giu|doi|thu|phi|nop)
"""
_OTHERS = rf"""
    (gop von|gop|dau tu|bo von|rot von)\b.*\b(moi ngay|mot ngay|1 ngay|hang ngay)\b.*\b(lai|loi|rut)
    {_WHO} (\w+ ){{0,3}}(xin|hoi|doi|keu|bao) (\w+ ){{0,4}}(mat khau|so the)
    (con|chau|me|bo|chong|vo|nguoi nha) (\w+ )?bi tai nan (phai|keu|bao|can) .. chuyen tien
    (facebook|fb|zalo|nick)\b.*\b(nhan|muon) (\w+ )?muon (\w+ )?(tien|\d+|nam|muoi)
    (facebook|fb|zalo|nick) .. (nhan|hoi)
    _ (tin )?muon (\w+ )?(\d+|tien|nam|muoi|tram)
    bi tong tien|tong tien (em|toi|tui|minh|chau|con)
    (giu|cam|thu)( (het|luon|lai))* (can cuoc|bang|giay to|ho chieu|chung minh)\b.*\b(nop|dong|dua|chuoc|them)
    _ (\w+ )?(\d+|tien|may|vai|hai|ba|nam|muoi|tram)
    (dua|gui|nop) (can cuoc|ho chieu|giay to|chung minh) (\w+ )?cho (ho|no|nguoi ta) (giu|cam)
    (gui|chup|nop) (\w+ ){{0,2}}(anh |hinh )?hai mat can cuoc
"""
OFFERS = (_ABROAD, _TASKS, _EASY, _LOANS, _OFFICES, _OTHERS)
