"""Lures, people who pass for officers, money asked for before help is given, and money that is gone."""

from content.understanding.signs.notation import signs
from content.understanding.signs.offers import OFFERS

AMOUNT = r"(\d+(tr|trieu|k|cu|m|ty)?\d*|mot|hai|ba|bon|nam|sau|bay|tam|chin|muoi|may|vai|tram|chuc)"
UNIT = "(trieu|tr|ngan|nghin|k|cu|tram|chuc|dong|ty)"
MONEY = rf"(tien|trieu|phi|le phi|{AMOUNT} (\w+ )?{UNIT}|\d+(tr|k|cu|trieu)\d*)"
ASK = "(doi|zq|bat|keu|bao|noi|yeu cau|nhan|thu|lay|xin)"
STRANGER = (
    r"(nguoi la|so la|ho(?! (ngheo|can|gia|moi|dan)\b)|no|han|thang|nguoi ta|ben do|ben kia|chung|chung no|ai do)"
)
# What people rightly pay: fees, bills, interest, gifts.
ORDINARY = (
    r"(?!.*\b(hoc phi|tien hoc|tien dien|tien nuoc|tien lai|tien nha|no goc|tra gop|ung ho|quy|mien phi|bao hiem)\b)"
)

# Not money that an office has sent.
FROM_ME = r"^(?!.*\b(xa|phuong|nha nuoc|ngan hang|can bo|ho tro)\b)(?:.* )?"
# Who wants to report it has a complaint, which goes another way.
_REPORTS = "(bao len|bao ai|to cao|to giac|phan anh|khieu nai|kien|gop y)"
REPORTED = rf"^(?!.*\b{_REPORTS}\b)(?:.* )?"
REPORTS = signs(_REPORTS)
# What only sounds like a lure: an event of the State's own, a text of ours that says how sure it is.
HONEST = signs("(ngay hoi|phien giao dich|san giao dich|hoi cho) viec lam|chua doi chieu voi|not yet checked against")

# Papers done quickly, or for a price: "làm hồ sơ vay nhanh mất 2tr".
_DO_PAPERS = (
    r"(lam|lo|chay|xin) (\w+ )?"
    "(ho so|giay to|(giay|so) ho (can )?ngheo|so ngheo|giay chung nhan|the ngheo)"
)
_PRICE = rf"({AMOUNT} (\w+ )?(trieu|tr|ngan|nghin|k|cu|tram|chuc|ty)|\d+(tr|k|cu|trieu)\d*)"
_BILL = r"(?! (\w+ )?(tien )?(xe|photo|phim|anh|hinh|kham|cong chung|an|xang|do xang|di lai)\b)"
PAPERS = rf"""
    {_DO_PAPERS} (\w+ ){{0,6}}(nhanh|mat|lay|lay phi|thu|doi|zq|phi|ton|het|gia|tron goi) (\w+ ){{0,2}}{_PRICE}{_BILL}
    {_PRICE} (\w+ ){{0,3}}{_DO_PAPERS} (\w+ ){{0,4}}(nhanh|xong|lien|gap|bao dau)
    chay (\w+ ){{0,2}}(ho so|giay to|so|giay) (\w+ ){{0,5}}{_PRICE}
"""
_LURES = r"""
    viec nhe luong cao|luong cao viec nhe|nhe nhang luong cao|viec nhe(?= .{0,40}\bcampuchia\b)
    khong can kinh nghiem(?= .{0,60}\b(luong|thu nhap|trieu)\b)
    trung (thuong|giai)(?= .{0,80}\b(nop|dong|thue|phi|chuyen|nhan|so|link|xe|trieu|goi)\b)
    lam nhiem vu(?= .{0,60}\b(tien|hoa hong|nop|mang)\b)|(san|dong) tien so|tien (ao|so hoa|ma hoa)
    (ban hang|cong ty|kieu|hang|mo hinh) da cap
    (lam|nhan|viec)\b.*\b(like|xem video|tha tim|danh gia san pham)\b.*\b(nap|hoa hong|tien)
    nap .. (nhan|lanh|rut) (lai|ve)
    (loi|lai) (\w+ ){0,3}phan tram (mot |moi )?(thang|ngay|tuan)(?= .*\b(gop|dau tu|san|rut)\b)|gop (von |tien )?(vo
    + |vao) san|moi (thang|ngay|tuan) (loi|lai) ... phan tram
    (di|sang|qua) (\w+ ){0,3}(chui|trung quoc|dai loan|han|nhat|cam)\b.*\b(khoi|khong can|chang can) giay to|di lao dong
    _ chui|(bao|noi|hua|nhan|lo) (\w+ ){0,3}chay suat|chay suat (\w+ ){0,4}(cho|giup)|lot tay|chong truot
    + |tien boi duong (de|cho)
    (tang|trao tang|mien phi|tu thien|trung) (\w+ ){0,8}(dong|doi|thu|nop|mat|le phi|phi) (\w+ ){0,4}(van chuyen
    + |ship|giu cho)
    (tai nha|online|xau|gia cong|dan)\b.*\b(dat coc|dong coc|nop coc|coc nguyen lieu)
    (muon|thue|mua) (\w+ )?(can cuoc|tai khoan|so ho ngheo|the ngan hang|giay to)(?= .*\b(vay|nhan|chia|phan tram
    + |cho)\b)
    (bi|no|ai|ke|thang|dua) (\w+ )?(hack|chiem) (\w+ ){0,3}(facebook|zalo|tai khoan|nick)
    (facebook|zalo|nick) ... (hack|muon tien)
    chia se man hinh|chuyen nham (tien )?(vao|cho)?(?= .*\b(doi|tra|lai)\b)|ban (lai )?so bao hiem
    nap\b.*\brut\b.*\b(tram|trieu|ngan)
    (gui|chup|dua) (anh|hinh) (\w+ ){0,2}(the|can cuoc|chung minh)(?= .*\b(nhan|vay|tien|qua)\b)
    (bam|nhan) phim (so )?\d|sim\b.*\b(khoa|cat)\b.*\b(bam|doc)
    (tai nan|cap cuu|bi bat)\b.*\b(bat|doi|keu|bao) (\w+ )?(chuyen|gui) (tien|khoan)
    (bao|keu|doi|bat) (chuyen|nop|dong) .. (trieu|tram|tr|cu) (\w+ )?(giu suat|giu cho|lam tin)
    tien tra nuoc(?= .*\b(duyet|nhanh|cho|lo)\b)
    (goi|nhan|keu|bat|doi) (\w+ )?(hoi|doc) ma\b|(cho|tang) (\w+ ){0,5}bat (\w+ )?mua|dau tu\b.*\blai\b.*\bphan tram
    app vay (\w+ ){0,3}(bat|doi|chup)|vay (qua )?(app|online)\b.*\b(doa|dong|phi|danh ba|chup)
    danh ba\b.*\b(doa|boi|beu)|beu len mang
    lai (suat )?(\w+ ){0,4}(mot|1|moi) (thang|ngay)(?= .*\bdau tu\b)|dau tu(?= .{0,40}\blai\b.{0,40}\b(thang|ngay)\b)
    bao (dau|duyet|do)(?! bo\b)|(du|ru|ru re) (sang|di|qua) (cam|campuchia|myanmar|lao)|lua dao(?! nhieu\b)
    (duong )?(link|lien ket)(?: \w+){0,8} (nhan|tien|ho tro|tai khoan|tro cap|dien)
    bam vao (link|duong|day)(?= .{0,60}\b(nhan|tien)\b)
    (goi|nhan) (\w+ ){0,3}(bao|keu|huong dan|yeu cau) .. (cai|tai|cap nhat|bam) .. (app|ung dung|phan mem|vneid
    + |dinh danh)
    (cai|tai) .. (app|ung dung|phan mem) .. (la|theo|ho|no|nguoi ta|qua link|gui qua)
"""
_MONEY_FIRST = rf"""
    (?<!xin )(?<!cho )(?<!can )(dong|nop|chuyen|nap|coc|dat coc|gui) (tien |phi |khoan |coc |le phi )?truoc(?! (ngay
    + |thang|khi|han|thoi han|tet|hom|{AMOUNT} (thang|nam|ngay))\b)(?!.*\b(tien tro|tien nha|hoc phi|bao hiem (y te
    + |xa hoi)|bao hiem truoc)\b)(?=.{{0,60}}\b(moi|de|cho|roi|thi|la|co|dung|that|vay|lay|khong|nhan|bay|duoc)\b|$)
    (dong|nop|chuyen|nap|dua|coc|ung) {ORDINARY}(\w+ ){{0,4}}{MONEY} (\w+ ){{0,2}}truoc(?! (ngay|thang|tuan|khi|han)\b)
    (dong|nop) (\w+ )?phi (\w+ ){{0,4}}(khoan vay|giai ngan|giu cho|van chuyen)
    (dong|nop|chuyen|nap|dua|coc|ung) truoc {ORDINARY}(\w+ ){{0,3}}{MONEY}
    (dong|nop|tra|chuyen) (\w+ )?thue (\w+ )?truoc|phai tra truoc
    dat coc truoc
    # A place at work that is paid for; a place in a class, on a bus or at the hairdresser's is paid for rightly.
    (dong|nop|chuyen|nap|dua|coc|gui) {ORDINARY}(\w+ ){{0,2}}{MONEY} (\w+ ){{0,3}}(giu|lay|xin) (duoc )?(cho|suat)
    _ (\w+ )?(di lam|lam|viec|vao lam|vo lam|cong nhan|trong (xuong|cong ty|nha may))
    + (?! (toc|nail|mong|dep|rang|giay|bai|quen))
    (co nguoi|co ke|nguoi la|nguoi ta|so la|ai do|cong ty|moi gioi|trung tam|co so|ben do)(?: \w+){{0,4}} {ASK}
    _ {ORDINARY}(\w+ ){{0,4}}(dong|nop|dua|chuyen|gui) (\w+ )?{MONEY} (\w+ ){{0,3}}(la|moi|thi|de|se) (\w+ )?(co ten
    + |vao|duoc|cho|lo|xet|cap|nhan|lam)
    (cong ty|moi gioi|trung tam)(?: \w+){{0,3}} {ASK} (\w+ )?(nop|dong) {MONEY} (\w+ ){{0,4}}moi (cho|duoc|ky|lam|di)
    (truong \w+|to truong|can bo) (bat|doi|thu) (\w+ ){{0,3}}(gop|nop|dong) (\w+ ){{0,3}}moi (ghi|cho|duoc|dua)
    (cong ty|moi gioi|trung tam|ben tuyen|nguoi tuyen)(?: \w+){{0,5}} (thu|doi|bat|lay|zq) (\w+ )?truoc {MONEY}
    (cong ty|moi gioi|trung tam|ben tuyen|nguoi tuyen)(?: \w+){{0,5}} (thu|doi|bat|lay|zq) {MONEY} (\w+ )?truoc
    (doi|thu|bat|yeu cau|bao|keu|phai)(?: \w+){{0,4}} (tien coc|dat coc|tien the chan|phi ho so|tien ho so
    + |phi ship|phi bao hiem khoan)(?! khong)
    (dong|nop|chuyen khoan|chuyen) (phi|tien) (\w+ ){{0,3}}(moi|de) (duoc )?(nhan|vay|giai ngan|lay|lanh|linh)
    (lo|chay) (xong |duoc )?(giay|so|suat|ho so)(?: \w+){{0,5}} ho ngheo(?= .{{0,40}}\b(trieu|tien)\b)
    (co|ong co|moi gioi|nguoi la|nguoi ta|no|ho|han|thang)(?: \w+){{0,6}} (dua|doi|lay|thu)(?: \w+){{0,3}}
    _ (trieu|tram|ngan|nghin|chuc)(?= .{{0,60}}\b(lo|la xong|moi|de)\b)
    (nguoi la|co thang|co nguoi|co ke|thang nao|may nguoi)(?: \w+){{0,3}} (doi|bat|keu|bao|thu)
    + (?: \w+){{0,3}} tien .. (moi|de)
    # whoever it is: money is named, then what it is said to buy
    {REPORTED}(can bo|truong thon|to truong|truong ban|truong xom|truong ap|xa|phuong|ngan hang|ho|nguoi ta|no
    + |han|nhan vien|ong ay|ba ay|ong ta|chu tich) (\w+ ){{0,3}}{ASK} {ORDINARY}(\w+ ){{0,4}}{MONEY} (\w+ ){{0,4}}
    + (moi|thi) (duoc |chiu )*(cho|vao|xet|duyet|lam|ky|vay|nhan|giai ngan|dua|ghi|cap|chung|dong dau|tra)
    (cat|khoa|phat|bat)(?: \w+){{0,3}} (neu|khong)? ?(chuyen khoan|chuyen tien)
    (doi|bat|ep) chuyen (khoan|tien)|khong chuyen (tien|khoan) (la|thi|se)
"""
_FALSE_OFFICERS = rf"""
    gia (lam |la |danh )*(cong an|can bo|nhan vien|ngan hang(?! co\b)|dien luc|buu dien|toa an|uy ban)
    (xung|tu xung|tu nhan|gia danh|gia mao|mao danh|gia lam)(?: \w+){{0,3}} (ben thue|hoi tu thien|cong an|can bo
    + |nhan vien|ngan hang
    + |dien luc|buu dien|toa an|uy ban|nha nuoc|xa|phuong)
    (cong an|can bo|nhan vien) (gia|dom|rom)(?! (\w+ )?(dinh|ca|yeu)\b)
    (cong an|vien kiem sat|toa an|buu dien|dien luc|co quan thue) .. (goi|nhan|zalo|keu|bao) ... (chuyen (tien|khoan)
    + |nop phat|cung cap|lenh bat|tai khoan)
    (lenh bat|tai khoan an toan)(?= .{{0,60}}\b(tien|chuyen)\b)|(bat|doi|keu|bao) (chuyen|rut) (het|toan bo) (tien|so)
    (the|tai khoan|vneid|sim|so) (\w+ ){{0,4}}(bi khoa|khoa tai khoan)\b.*\b(doc|bam|link|chuyen tien|dua (so|ma))
    (xac minh|xac thuc|cap nhat|nang cap) .. (vneid|sim|dinh danh|tai khoan)\b.*\b(khoa|link|doc|bam|duong dan)
    so la (goi|nhan|keu|bao)(?= .{{0,60}}\b(ma|tien|khoan|link|cong an|trung|tai khoan)\b)|co so la goi
    (nguoi|thang|ong|ba|may nguoi|dua|so la|ai do) .. (noi|xung|bao|nhan) (la |minh )*(can bo|cong an|nhan vien
    + |nguoi (cua|ben)|ben) ... (thu|doi|zq|xin|lay|nop|dong|dua|chuyen) .. {MONEY}
    (nguoi|may nguoi|ong|ba|may anh|may ong) (\w+ ){{0,4}}(den|toi|vao|xuong) .. (nha|thon|ban|xom
    + |tung nha) ... (thu|zq|doi) (\w+ )?{MONEY} .. (lam|ho so|the|so|phi|xet|de|dang ky)
    (ho|no|nguoi ta|nguoi la|nguoi do|nguoi nao|may nguoi|co nguoi|ong ay|ba ay|thang do|zalo) ... (dua|gui|chia
    + |cho xem|dua ra) ... (dau do|dong dau|moc do|lenh bat|the nganh)
    (dua|chia|gui) (\w+ )?(giay|van ban|quyet dinh|cong van|lenh) (co |\w+ )?(dau do|dong dau|moc do)
"""
_SECRETS = r"""
    otp|ma xac (nhan|minh|thuc)|mat khau (ngan hang|the)|(can|zq|xin|hoi|doc|nhap|dua|gui|doi
    + |cho)(?: \w+){0,4} ma pin|(?<!toi )doc (cai |lai |giup |day |cho (ho|no|han) )*(ma|day so|sau so|6 so|may so)
    _ (?!ma )(?! .*(xem|tra cuu)\b)|(bao|keu|yeu cau|doi|bat|nho) (\w+ ){0,3}doc (\w+ )?(ma|sau so|6 so|day so|so)
    (nhap|nhan|gui) (\w+ )?(ma|mat khau|the atm)(?= .*\b(nhan|tien|qua|gao|co|cho)\b)(?<!quen mat khau)
    (dang nhap|cung cap|dua|gui|cho|doc|khai|dien)(?: \w+){0,3} (tai khoan ngan hang|so the|mat khau
    + |thong tin the|so tai khoan)(?= .{0,60}\b(de|nhan|moi)\b)
    (xin|doi|bat|keu|bao|nho) chup (\w+ ){0,3}(can cuoc|chung minh|the|danh ba)
    (gui|chup|dua) .. (can cuoc|can cuoc cong dan|chung minh) .. (cho|qua) (nguoi la|so la|nguoi ta qua|no qua)
"""
# An address left out: whether it is safe to press.
_PRESSING = """
    (link|duong dan|duong link|lien ket) .. (nay|do|ay|kia|la|gui) ... (bam|an|nhan|vao|mo|tin|that) .. (khong
    + |hong|chua|sao|a)
    (bam|an|mo|vao) (vao |thu )?(cai )?(link|duong link|duong dan) ... (co sao|duoc khong|nguy hiem|an toan
    + |virus|mat tien|bi gi)
"""
_PAID = rf"""
    (lo|lo tay|troi|vua lo|da lo) (chuyen (tien|khoan|cho|{AMOUNT})|doc (ma|otp|so)|bam (vao )?(link|duong)|dua
    _ (ma|otp|so the)|cung cap|nap tien|dat coc|nhap (ma|mat khau))
    (toi|em|tui|minh|con|chau|me|bo|ba|ong|chong|vo|e|nha em|nha toi|nha minh)( (da|vua|moi|lo|chot|tro|cung))*
    _ (chuyen (khoan|tien)|nap tien|dat coc|chuyen {AMOUNT}) {ORDINARY}(\w+ ){{0,5}}(roi|xong|luon)
    (da|vua|moi|lo) (chuyen|nap|dong|nop|coc|dat coc) (tien |khoan |\w+ )?{ORDINARY}(\w+ ){{0,3}}(cho|qua
    + |vao) {STRANGER}
    (lo|da|vua) chuyen (tien|khoan)(?: \w+){{0,4}} (nguoi la|cho ho|chan so|mat)|chuyen tien cho nguoi la
    bi lua( (doc|chuyen|dong|nop|qua mang|tren mang|di|sang|mat|het|toi|sach|hon|lay|roi|tien|{AMOUNT}))+(?! ban\b)
    (mat|bay|bi lay|bi rut|bi tru|di tong)( (het|toi|sach|di|luon|tieu|mat))* ({AMOUNT} (\w+ )?{UNIT}|\d+(tr|k
    + |cu|trieu)\d*|tien) ... (lay lai|doi lai|zq lai)(?! (the|so|giay|can cuoc)\b)
    (bi|tu nhien) (tru|rut|mat|hack)( (het|sach|mat))* tien (\w+ )?(trong |o )?(tai khoan|the|ngan hang)
    (nop|dong|dua|chuyen|coc|dat coc) ... (mat tam|mat hut|bien mat|cat lien lac|chan (so|zalo|facebook|may)
    + |khong nghe may)
    {FROM_ME}chuyen (tien |khoan |het |\w+ ){{0,3}}cho {STRANGER} (\w+ )?roi
    (gui|goi|chuyen|dua) tien\b.*\b(no|ho|shop|xong) (\w+ )?chan$
    cho (\w+ ){{0,3}}muon (\w+ )?(can cuoc|the|tai khoan)\b.*\bvay
    (mat|bay) (sach |het )+(tien|von)\b.*\b(link|app|lua|mang)
    (cam|om|lay) ... {AMOUNT} (trieu|tr|cu|ngan|nghin|chuc|tram) ... (lan mat|bien mat|tron|mat tam|bo tron|mat hut)
    (rut|gui|chuyen) (\w+ ){{0,4}}(vao|cho) tai khoan (no|ho|la|nguoi la|han) .. roi
    (toi|em|tui|minh|con|me|bo|ma) (\w+ )?coc .. {AMOUNT}\b.{{0,60}}\b(khong tra loi|khong nghe|chan|mat)
    (chup|gui|dua) ... (can cuoc|chung minh) ... (nguoi la|so la) (\w+ ){{0,3}}roi
    chan so (toi|em|minh|tui)|chan (zalo|facebook) (toi|em|minh|tui|roi)
    (da |vua |lo |moi )(doc|dua|cho|gui|nhap|cung cap) .. (otp|ma xac \w+|mat khau|so the) .. (roi|cho {STRANGER})
    (doc|dua|cho|gui|nhap|cung cap) .. (otp|ma xac \w+|mat khau|so the) (\w+ ){{0,4}}roi
    (da |vua |lo |moi |tro |chot )bam (vao )?(cai )?(link|duong link|duong dan|lien ket)
    bam (vao )?(link|duong link) (\w+ )?(roi|mat roi)
    (no|ho|bi|tu nhien) (tru|rut|lay)( mat| het| sach| luon)* {AMOUNT} (\w+ )?{UNIT} ... (tai khoan|the)
    (da |vua |lo |moi )(gui|chup|dua) .. (can cuoc|can cuoc cong dan|chung minh) .. (nguoi la|so la|ho qua|no qua)
"""
PAID = signs(_PAID)
FOUND = signs(_LURES, PAPERS, _MONEY_FIRST, _FALSE_OFFICERS, _SECRETS, _PRESSING, *OFFERS, _PAID)
# What we are ourselves, letters of admission, our own codes, what the person wishes to be given first, wages.
LOOKS_LIKE = signs(r"""
    (may|chung may|bot|chung tay|day|ben nay|trang nay|ben ban|tui bay) (\w+ ){0,3}lua (dao|nguoi|bip)
    (giay|giay to|to|tin) bao (do|dau)
    (xin|cho toi|cho em|cho minh|cho tui|duoc|nha nuoc) (ung|dua|dong|tra) (tien )?truoc
    ung (tien )?cong (\w+ )?truoc|(may|chung tay) cho (\w+ ){0,3}ma\b|quen (mat khau|ma)|doi ung
    doc ma (thi |de )?(xem|tra|biet|coi)|(tien tro|tien phong|thue nha|thue tro) ... truoc
    (bac si|benh vien|nha thuong|truong(?! (thon|ban|ap|xom|khu|to)\b)) (\w+ ){0,12}(dong|nop) truoc
    (dong|nop|tra) truoc \w+ (thang|nam|zx) tien (tro|nha|phong|dien)
    (dat|hen|xep) (lich |hen |cho )?truoc|phai tra truoc khi di
""")
# How a lure itself speaks.
SELLING = signs(
    "inbox|lien he ngay|lien he zalo|tuyen gap|ib|uy tin|bao dau|truy cap|dang ky ngay|nhan ngay|chuc mung ban|click",
    r"so luong co han|vui long cung cap|chi can|thu nhap \w+ moi ngay|cho vay|ho tro vay",
    "giai ngan (nhanh|trong ngay|ngay)",
)
