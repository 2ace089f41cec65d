"""What in a lure tells it from an honest offer, by name, so that a warning can say it.

Looked for only in what was found to be a lure: the patterns are wider than those that find one.
"""

from content.understanding.signs.fraud import PAPERS
from content.understanding.signs.notation import signs
from content.understanding.signs.offers import HELD_THERE, OFFICE

_SUM = r"(\d+(tr|k|cu|trieu|m)?|mot|hai|ba|bon|nam|sau|bay|tam|chin|muoi|may|vai|tram|chuc)"
_MONEY = rf"(tien|phi|le phi|coc|{_SUM} (\w+ )?(trieu|tr|ngan|nghin|k|cu|tram|chuc|dong)|\d+(tr|k|cu|trieu))"

# In the order in which they are said; each is found in one sentence.
TELLS = {
    "first": signs(rf"""
        (dong|nop|nap|coc|dat coc|ung|chuyen) (\w+ ){{0,6}}truoc|truoc (\w+ )?{_MONEY}
        (dong|nop|dua|chuyen|tra|thu|doi|lay) (?!giay|don|ho so)(\w+ ){{0,4}}{_MONEY} (\w+ ){{0,6}}(moi|de
        + |la|thi|se|roi)
        _ (\w+ )?(duoc|cho
        + |lo|xet|nhan|vay|di|lam|xong|vao|duyet|giai ngan|mo|gia han|ve|ghi|co ten|bay|cap|ky)
        (dong|nop|tra|thu|doi|mat) (\w+ ){{0,3}}(phi|le phi|tien coc|tien the chan|tien ho so|thue)
        tien (coc|the chan|ho so|giu cho|dong phuc)|dat coc|dong coc|nap tien|chuyen (\w+ ){{0,4}}chung minh
        (thu|doi|nop|dua|dong) (\w+ ){{0,2}}{_SUM} (\w+ )?(trieu|tr|ngan|nghin|k|cu|tram|chuc)
        {_MONEY} (\w+ ){{0,3}}giu (duoc )?(cho|suat) (\w+ )?(di lam|lam|viec|cong nhan|trong (xuong|cong ty))
        chi (can )?(tra|mat|ton) (\w+ )?(phi|tien)|(chuyen|nop|gui) (\w+ ){{0,3}}phi
    """),
    "secret": signs("""
        otp|ma xac (nhan|minh|thuc)|mat khau|ma pin|so the|(doc|hoi|xin|dua|nhap|gui) (\\w+ ){0,4}(ma|6 so|sau so
        + |day so)|ma (so )?(6|sau) so|(so|thong tin) tai khoan
    """),
    "papers": signs("""
        (giu|cam|thu|gui|chup|muon|hinh) (\\w+ ){0,4}(can cuoc|ho chieu|chung minh|giay to|bang cap)
        (dua|nop) (\\w+ ){0,3}(can cuoc|ho chieu|chung minh|giay to) (\\w+ ){0,3}(cho|ho|no)
        (can cuoc|ho chieu|giay to) (\\w+ ){0,3}(cho (ho|no|nguoi ta)|giu)
    """),
    "easy": signs("""
        viec ?nhe|nhe nhang|luong (cao|khung|ngan do|nghin do)|thu nhap (cao|khung|hap dan)
        (thu nhap|kiem|luong) (\\w+ ){0,6}(moi ngay|mot ngay|1 ngay|ngay)
        khong can (\\w+ )?(kinh nghiem|bang|trinh do)|(trieu|tram|\\d+k|\\d+tr) (\\w+ )?(moi ngay|mot ngay|1 ngay|ngay)
    """),
    "abroad": signs(f"{HELD_THERE}|cua khau|bien gioi|(di|sang|qua) (\\w+ ){{0,3}}chui|di tam giac vang"),
    "tasks": signs("""
        chot don|nhiem vu|tha tim|xem video|nap (\\w+ ){0,8}(rut|hoan|nhan ve|nhan lai|kich hoat|hoa hong)|like
    """),
    "link": signs("""
        link|duong dan|duong link|lien ket|(cai|tai) (\\w+ ){0,3}(app|ung dung|phan mem)|truy cap
    """),
    "officer": signs(rf"""
        (xung|tu xung|tu nhan|gia danh|gia mao|mao danh|gia|noi|bao|nhan|goi) (\w+ ){{0,4}}{OFFICE}
        {OFFICE} (\w+ ){{0,2}}(gia|dom|goi|nhan tin|day)
        (xung|tu nhan) (\w+ ){{0,3}}(xa|phuong|nha nuoc|cong an|thuong binh)|(phuong|xa) (phat|tang|ho tro)\b.*\bchuyen
    """),
    "prize": signs(r"""
        trung (thuong|giai|xe|vang|so)|chuc mung (ban|anh|chi|quy khach)|qua (tri an|tang|tet|tu thien)\b.*\b(phi|ship
        + |bam|mo|link|ma|so)|(gui|tang) qua
    """),
    "profit": signs("""
        (lai|loi|loi nhuan) (\\w+ ){0,5}(moi ngay|mot ngay|mot thang|moi thang|mot tuan|moi tuan)|dau tu|gop von
        tien (ao|so|dien tu)|san (vang|dau tu|giao dich)
    """),
    "arranged": signs(
        PAPERS,
        "bao (dau|duyet|do)",
        "lo (\\w+ ){0,5}(ho ngheo|suat|giay|ho so)|chay (\\w+ )?(suat|giay|so|ho so)|lam so ho ngheo",
    ),
}
ENGLISH_TELLS = {
    "first": signs(r"(pay|deposit|transfer|send) (\w+ ){0,6}(first|before|advance|upfront|deposit|fee|million)"),
    "secret": signs(r"otp|pin|password|code|bank (login|details)|card number"),
    "papers": signs(r"(identity|id) card|passport"),
    "easy": signs(r"easy (job|work)|no (skills?|experience)|high (salary|pay)"),
    "abroad": signs("cambodia|myanmar|golden triangle"),
    "tasks": signs(r"like videos?|top up|tasks?|commission"),
    "link": signs("links?|install|app"),
    "officer": signs(r"police|officer|fake (bank|page)|tax office"),
    "prize": signs("prize|lottery|won|winner|gift|reward"),
    "profit": signs("invest\\w*|profit|interest"),
}
