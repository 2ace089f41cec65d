"""The wish to die, said outright or in the words people hide it in."""

from content.understanding.signs.notation import signs

NOT = "(khong|no|hong|chang|chan|cha|het|dau|hem)"
WISH = "(muon|thich|doi|zq|duoc|tinh|toan|se|sap|doa|uoc|mong|chi muon|(?<!gia )dinh)"
POISON = "(thuoc (tru sau|sau|chuot|diet co|co|doc|ngu|ray)|la ngon)"
BEAST = "(bo|trau|lon|heo|ga|vit|lua|cay|rau|ca|tom|tieu|ca phe|vuon|ruong|de|cho|meo|may|xe|keo|san|dan)"
FARM = "(phun|xit|ruong|lua|ray|nuong|vuon|cay|re|ho tro|gia|hoa don|bao nhieu|o dau|sau benh|cap|phat|phan)"

POISON_NAME = "thuoc (tru sau|sau|chuot|diet co|co|ray|ngu|doc)"
_OUTRIGHT = rf"""
    {NOT} (con )?(muon|thiet|ham) (song|ton tai)(?! (chung|o|tai|xa|gan|voi|ngheo)\b)
    chan song|{NOT} (con )?thiet (song|gi nua|chi nua)|{NOT} song (noi|duoc) nua|ngan song|het muon song
    (muon|thich|doi|uoc|mong|uoc gi|gia ma|gia nhu|(?<!gia )dinh) (duoc |minh |toi |em )*chet
    chet (quach|di cho|cho xong|cho roi|cho do|cho khoe|cho nhe|di thi|phut)|(toi|em|tui|minh) chet di
    tha chet|song khong bang chet|chet (con |la |thi )?(suong|khoe|nhe|de chiu) hon|tim (den |toi )?cai chet
    tu sat|tu ket lieu|ket lieu (cuoc|doi|ban than)|quyen sinh
    (muon|(?<!gia )dinh|doa|nghi (den|toi|chuyen)|tinh|doi|se|toan|sap) (chuyen )?tu (tu|van)(?! (cho|giup|ve|van)\b)
    (muon|(?<!gia )dinh|doa|tinh|doi|zq|se|sap|con nuoc) (\w+ ){{0,3}}(nhay (song|cau|lau|xuong|gieng)|treo co|that co)
    (rach|cat|cua) (co )?tay(?! (ao|lua|tre)\b)|cat mach mau|muon chet (cung|theo|chung)
    {NOT} con ly do (gi |nao )?(de )?(song|ton tai)|het ly do (de )?(song|ton tai)
    {NOT} con (gi|chi) .. luyen tiec|{NOT} luyen tiec (gi|chi|cuoc)|chet la (het (chuyen|no|kho|phai|dau)|xong|khoe|yen)
    (toi|em|tui|minh|con) (se |chac )*(ket thuc|cham dut) (cho (khoe|xong|roi|nhe|do)|tat ca|moi thu|het|cuoc doi)
    om (\w+ )?(con|chau|dua nho) (\w+ )?(nhay|chet|tu tu|xuong (song|ao|gieng))
    chet theo (me|bo|chong|vo|ong|ba|con|anh)
    (hay|nhieu luc|nhieu khi|dang|cu|bi|lai|dinh|co luc) nghi (quan|dai|can)
"""
_POISON = rf"""
    (muon|(?<!gia )dinh|doa|tinh|doi|zq|se|sap|da|vua|moi) (\w+ )?uong {POISON}
    (an|nuot|nhai) la doc|uong (ca |het |nguyen )+(vi|lo|nam|hop) (\w+ )?thuoc (ngu|an than)
    uong (thuoc (tru sau|chuot|diet co|doc)|la ngon)
    {WISH} (\w+ )?(an|nhai|kiem|hai|tim) (\w+ )?la ngon
    (hai|kiem|nhai|tim|giau|cat|nau) (\w+ )?la ngon|an (\w+ )?la ngon (roi|cho|chet|xong)
    # a farmer buys weed-killer too: with the field or a price in the same breath it is only that
    ^(?!.*\b{FARM}\b)(?:.* )?(mua|kiem|cam|pha|giau|chuan bi|co) .. {POISON} (\w+ )?(roi|san|xong|trong tay|ben canh)
"""
_WORTHLESS = rf"""
    (?<!sinh )(?<!doi )song (them |tiep )?(de )?(lam (gi|chi)|man chi|chi|gi) (nua|nua dau|khi|them|cho (kho|cuc
    + |nhuc|met|phi|khoe|chat))
    (?<!sinh )(?<!doi )song (them |tiep )?(de )?(lam (gi|chi)|man chi)$
    (song|cuoc song|cuoc doi|doi|zq|doi nay) ... ({NOT} (con )?(co )?y nghia|vo nghia|vo vi qua)
    (song|doi|zq) ... con (co )?y nghia (gi|chi)|{NOT} con y nghia .. (song|nua)|{NOT} thay y nghia
    chan doi(?! (cho|lau|mai|hoai|ket qua|tien|the|so|xa|ho)\b)|(chan|ngan|met moi voi|met voi|so) .. cuoc (doi|song)
    chan ghet (cuoc|ban than|doi)|het (duong|cach) song|{NOT} con duong (song|nao de song)|tuyet vong (qua|lam|roi|hoan)
    {NOT} (con )?(muon|dam|the) (lam|la|thanh|tro thanh) (cai |mot )?(ganh nang|cua no|ke thua|nguoi thua)
    (toi|em|tui|minh|me|thay minh|cam thay|thay|song) (chi )?(la|lam|thanh|tro thanh) (cai |mot |mot cai )?ganh nang
    (toi|em|tui|minh) (la |chi la )?(nguoi |do |ke )?(vo dung|thua|bo di) (?!dat)(qua|roi|lam|tren doi|thoi)
    {NOT} (con )?ai (can|zq) (den |toi )?(toi|em|tui|minh)( (nua|roi|het|tren doi))?$
    {NOT} (con )?ai (can|zq|thuong|quan tam|doai hoai) (den |toi )?(toi|em|tui|minh) nua
    (khong co|thieu|vang|mat) (toi|em|minh|tui) .. (con|vo|chong|moi nguoi|ca nha|ai cung) .. (do kho|nhe
    + |bot kho|do lo|suong)
    dot than .. (phong|cho chet)|cho chet ngat|(toi|em|tui|minh) di luon .. (khoi|khong) (ai |phai |lam )*(phien|kho|lo)
    (cuoc (doi|zq)|doi) (toi|em|tui|minh|con) (\w+ ){{0,3}}(du roi|het roi|coi nhu het|vay thoi)
    tha khong co (toi|em|tui|minh)|(uoc|gia) (\w+ ){{0,2}}(chua|dung|khong) (\w+ ){{0,2}}(sinh ra|ra doi
    + |co mat tren doi)
    troi (\w+ ){{0,2}}(khong|chua|mau|hay|cu) (bat|goi|ruoc) (toi|tui|em|ba|ong|gia|me|minh|mi)( .. (di|theo|ve|chet))?
    (sinh|de) (toi|minh|em|tui) ra (lam gi|lam chi|chi)|gia (nhu |ma )?(toi|minh|em|tui) (dung|khong|chua) .. sinh ra
"""
_LEAVING = rf"""
    {WISH} (minh |duoc |toi |em |la )*(bien mat|tan bien)(?! (thong tin|tin nhan|so)\b)
    bien mat khoi (doi|the gioi|coi doi)
    ngu (luon|mai|zq|mot giac|1 giac|quen|giac dai) .. (khong|khoi|dung|hong) (bao gio |phai |muon |can )*(day
    + |tinh|thuc)
    {WISH} (\w+ )?ngu (mot giac |1 giac )?(luon|mai|zq|thiet dai)|{NOT} (muon |can |phai )*(thuc|tinh) day nua
    uoc .. (dung|khong) (bao gio )?(tinh|thuc|thuc day|tinh day)|nham mat (xuoi tay|luon|mai|zq)
    (muon|dinh|tinh|se|chi muon|thoi) (di |ve )?(theo|gap) (ong ba|ong|ba|me|ma|cha|bo|chong|vo|con|anh|no
    + |to tien) .. (cho (xong|roi|khoe|nhe|do)|duoi|xuong|ben kia)
    (muon|dinh|chi muon|thoi) (di |ve )(theo|voi|gap) (to tien|ong ba to tien|troi|dat|phat|chua)
    (muon|dinh|chi muon|tinh) (ket thuc|cham dut|buong xuoi|giai thoat) (tat ca|moi thu|moi chuyen|het|cuoc|doi
    + |cho (xong|roi)|ban than|luon)?
    (buong xuoi|bo cuoc) (tat ca|het|luon|roi)|di cho khuat (mat)?|khuat mat (moi nguoi|ca nha|vo con)
    vinh biet|tin vinh biet|(tam biet|tu gia) (cuoc doi|the gioi|coi doi|tran gian)|loi (trang troi|tu biet)
    thu tuyet menh
    ^(?!.*\b(con bo|dat|trau|buoc|cot)\b)(?:.* )?(cam|mang|xach|lay|mua) .. (day thung|soi day) .. (vuon|cay|rung
    + |phong|xa)
    xin loi (bo|ba|me|ma|vo|con|chong|ca nha|moi nguoi)\b.*\b(khong (chiu|gang|song)|di (day|truoc|xa))
    giai thoat cho (nhe|xong|roi|khoe)|(thoi|muon|uoc|mong) .. giai thoat|{NOT} gang (guong |noi |duoc )+nua
    (leo|treo|dung|ngoi) (len|ra|tren) (\w+ )?(thanh cau|lan can|san thuong|mep (vuc|nha))|sam (san )?ao quan
    song (ma )?nhu (da )?chet|(cho xong|het|xong) (mot |cai )?doi(?! (truoc|cha|song)\b)$|uong thuoc cho (xong|chet)
    (toi|em|tui|minh|con) (\w+ )?(ghet|cam ghet) (ban than|chinh minh)
    (mong|cau|uoc) (\w+ )?chet (som|quach|cho|di|nhanh)
    (mai|ngay mai|tu mai) .. (khong|dau) (con|gap) (toi|em|tui|minh|no|con) nua
    viet (xong |san )?(thu (tuyet menh|vinh biet|de lai)|di thu)
    # a will is a legal matter too: with land or a notary in the same breath it is only that
    ^(?!.*\b(dat|nha|cong chung|luat|thua ke|tai san|mau|thu tuc|hop phap|the nao|chung thuc)\b)(?:.* )?(viet
    + |lam) (xong |san )?di chuc (xong )?(roi|san|de)
    (nho|xin|gui|nhan|mong|ai) .. nuoi (nang )?(giup|dum|gium|ho|thay|nang) ... (dua|con|chau|be|tui nho)(?! {BEAST}\b)
    (dua|con|chau|be) .. (nho|xin|gui) ... nuoi (giup|dum|gium|ho|thay)
    (toi|em|tui|minh|con|me|ma) (di|mat|chet|nam xuong) (roi )?thi (may dua|sap nho|con|dua|lu nho
    + |chau) (\w+ ){{0,8}}(mo coi|ai|tro cap|lo cho)
    (cat|giau|de|giu) (\w+ )?(chai|lo|goi|vi) {POISON_NAME} ... (giuong|goi|nhin|hoai)
    (gui|nho|de) lai .. (con|chau|dua|vo con) (\w+ )?(cho|nho) .. (cham|lo|nuoi) .. (toi|tui|em|minh) (di|mat|khong con)
"""
FOUND = signs(_OUTRIGHT, _POISON, _WORTHLESS, _LEAVING)
# Ways of speaking, beasts and crops, flags hung out, certificates of a burial.
LOOKS_LIKE = signs(
    "(nong|lanh|met|mac|dat|cuoi|vui|xa|kho nhai|buon ngu|buon cuoi|lau|gap|khat|hoi|on|thom|them|re|dong|ngon)"
    r" (\w+ )?muon chet",
    r"(ngheo|tuc|ghet|lo|rau|buc|cham|ngai|hap|dau dau|them( \w+){0,3}) muon chet(?! (di|quach|cho)\b)",
    rf"{BEAST}(?: (?!toi\b|em\b|tui\b|minh\b)\w+){{0,3}} (muon|doi|thich|(?<!gia )dinh) chet",
    "(duoi|sat|ven|nha o) chan doi",
    "treo co (to quoc|le|tet|do|khanh|ngay)",
)
