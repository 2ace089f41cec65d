"""Nothing to eat today."""

from content.understanding.signs.notation import signs

NOT = "(khong|no|chang|hong|chua|cha)"

_HUNGRY = r"""
    nhin (doi|an)|doi (la|meo|ra|bung|an)|chet doi|khoc vi doi|vi doi
    doi (qua|lam|may ngay|hai ngay|ba ngay|tu (hom qua|sang|qua)|khong con|khat|queo|ngat|run)
    # "con doi", "bi doi": to change and to wait are written so too, unless hunger goes on
    (con|bi|dang) doi(?= (qua|lam|la|meo|bung|khoc|khong co|het|com|sua|an|ra|ngat|run)\b)
    (con|bi) doi(?= (roi|may|tu|ma)\b|$)
    con (toi|em|tui|minh|han|no|nho|chau) doi(?! (hoi|xe|cho|tien|di|mua|cong|nha|lop|truong)\b)
"""
_NO_FOOD = rf"""
    (het|khong con|no con|hong con|chang con) .. gao(?! tet\b)
    ^can gao|(nha|da|sap|deu) can gao|gao (\w+ )?(can|het) (sach|trui|roi|tu)
    (vet|trong|sach|can) .. (hu|thung|chum|lon) gao
    (hu|thung|chum) gao .. (can|het|trong|sach)|treo (noi|nieu)
    {NOT}( con| co)?(?: \w+)? (gi|chi|mieng|bua)(?: \w+)? (an|bo (bung|noi|mieng|mom)|nau|(vao|vo) (bung|noi
    + |bao tu)|lot da|vao mom)
    {NOT}(?! hom) .. (an gi|duoc an|bo gi vao (bung|mom))
    {NOT} (co |con |duoc )+(\w+ )?(hot|hat) (com|gao)|trong bung .. {NOT} (co|con)|het ca (gao|san|khoai|muoi|mi)
    gao (?!ho tro|cuu|nha nuoc){NOT} con(?! (duoc|phat|cap|cho|ho tro)\b)|gao (cung |da )het(?! (han|dot)\b)
    (xin|cho) (\w+ ){{0,3}}(bat|to|nam|chen|mieng) (com|chao)(?! (trua|tu thien)\b)
    {NOT} co (com|com gao|do an|cai an|an)|het (sach )?(cai|do|thuc|gao) an
    (kiem|tim) (\w+ ){{0,3}}(bo bung|lot da)|noi (com )?lanh tanh
    {NOT} (co |con )?(tien |dong nao )(de )?(mua |dong )(gao|an|com|do an|sua)
    {NOT} co sua (cho )?(con )?(uong|bu)|{NOT} (con |co )+gao|het sua .. (khoc|doi|uong)
    di (xin|an xin) (com|do an|cai an)
"""
_LITTLE_FOOD = r"""
    thieu (an|gao|com|doi) ... (may|hai|ba|mot|bon|nam|ca|tu|hom|bua|ngay|qua|roi|trien mien|tum)
    nhin (tu (hom|sang|trua|toi|qua)|may (bua|ngay|hom)|hai (bua|ngay|hom)|ba (bua|ngay|hom))|dao cu \w+ an
    doi (cai |con )?bung|bung (\w+ )?doi|(khong|chang|hong|chua) (co )?(ai|nguoi) (\w+ )?(cho an|(dem|nau|dut|lo
    + |mua) com)
    (uong|hup) nuoc (\w+ )?no bung
    thieu (an|gao|com|doi) lam|(mi tom|mi goi|goi mi) .. (song|nuoc lanh)|chia nhau (\w+ )?(cu|mau|nua|goi|bat) \w+
    an (cu|than|la|rau|khoai|san|ngo|mang|bap|chuoi) (\w+ )?(thay|tru) (com|bua)
    (nau|uong|hup) nuoc (muoi|la|lanh|gieng) ... (doi|cam hoi|no bung|qua bua|thay com|cho no)|qua con doi
    nhin (\w+ ){0,2}(de |nhuong |danh )+(phan |com )?cho (con|chau|em|may dua|nho)|nhin de (danh|nhuong)
    (uong nuoc|nuoc|chao|rau|khoai|san|mi) .. (cam hoi|tru bua|qua bua|qua ngay|thay com|lot da)
    (an|nau|huop) (\w+ )?(chao|com|rau|khoai|san|mi) .. (loang|voi muoi(?! (tieu|vung|lac|me)\b)|cham muoi(?! (tieu
    + |vung|lac|me)\b)|muoi trang|rau rung)
    (chi|toan) (con |co |biet )?an (chao|rau|muoi|khoai|san|mi|bap|cu mai)
    (chi )?con (co |duoc |moi )?(may|it|vai|mot|hai|1|2|nua|nam|dum) (\w+ )?(cu (san|khoai|mi|mai)|lon gao
    + |bat gao|bo gao|nam gao|goi mi|trai bap|hat gao|gao
    + |san)(?<!nam ky gao)(?<!nam can gao)(?<!nam kg gao)(?! (ho tro|tet)\b)
    (nhin|bo|thieu|mat) (\w+ )?bua (\w+ )?(roi|nay|com|an|toi|trua)|mot bua (chao|com|rau) .. (ngay|nhin)
    bua (doi|co) bua (no|khong) .. (may|ca|tu|hom|tuan|thang)
"""
FOUND = signs(_HUNGRY, _NO_FOOD, _LITTLE_FOOD)
# To change a name or a card, to wait, a hill, tired of life; beasts; programmes that carry the word.
LOOKS_LIKE = signs(r"""
    chan doi
    doi (ten|so|the|giay|tien|dia chi|nghe|viec|lich|chu|ho ten|mat khau|bang|lai|thanh|cho|nguoi|giong|cay|y|hoi|xe)
    doi (dien|don|lop|truong|thon|xa|ngan hang|thong tin|chu ho|ngay|noi|can cuoc|chung minh|sim|mau|tuong|no|song)
    doi (ngheo|rach|hang|cu|moi|ket qua|tra loi|xet|duyet|goi|can bo|lau|mai|hoai)
    xoa doi|cuu doi|riet het (ca )?tien gao|gao trong (\w+ )?con an
    hoi (song|nho|xua|do|ay|truoc|chien tranh) ((?!gio\b)\w+ ){0,4}(nhin|doi) \w+
    gao st ?\d+|doi lam (loai|kieu)|gieng (\w+ ){0,10}(no|khong|hong) duoc an(?! (gi|chi|com)\b)
    (truong|thay|co giao) (noi|bao) (\w+ ){0,8}khong co gao
    (trau|bo|heo|lon|ga|vit|de|ca|tom)\b.*\bcho (\w+ )?an gi
    (thap nien|nam) (bay|tam|chin) (muoi|\w+) ((?!gio\b)\w+ ){0,3}(nhin|doi) \w+( cu chuoi| khoai| san)?( thay com)?
    (bo|trau|lon|heo|ga|vit|de|meo|con cho|dan) (con |giong |nha |cung )?(bi doi|dang doi|doi|nhin doi)
    (bo|trau|lon|heo|ga|vit|de|meo|con cho|dan) (con |giong |nha |cung )?(khong (co|con) gi an|het (thuc|do|cai) an)
    khong (co )?gi an chac
    an (chan|bot|chia|theo|o|luong|hoc|xin nua|toi tham|thua)
    (an|bua) (ban tru|sang o truong)
""")
