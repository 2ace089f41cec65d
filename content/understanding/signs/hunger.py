"""Nothing to eat today."""

from content.understanding.signs.notation import signs

NOT = "(khong|no|chang|hong|chua|cha)"

_HUNGRY = r"""
    nhin (doi|an)|doi (la|meo|ra|bung|an)|chet doi|khoc vi doi|vi doi
    doi (qua|lam|may ngay|hai ngay|ba ngay|tu (hom qua|sang|qua)|khong con|khat|queo|ngat|run)
    # "con doi", "bi doi": to change and to wait are written so too, unless hunger goes on
    (con|bi|dang) doi(?= (qua|lam|la|meo|bung|khoc|khong co|het|com|sua|an|ra|ngat|run)\b)
    (con|bi) doi(?= (roi|may|tu|ma)\b|$)
    con (toi|em|tui|minh|han|no|nho|chau) doi(?! (hoi|xe|cho|tien|di|mua)\b)
"""
_NO_FOOD = rf"""
    (het|khong con|no con|hong con|chang con) .. gao(?! tet\b)
    ^can gao|(nha|da|sap|deu) can gao|gao (\w+ )?(can|het) (sach|trui|roi|tu)
    (vet|trong|sach|can) .. (hu|thung|chum|lon) gao
    (hu|thung|chum) gao .. (can|het|trong|sach)|treo (noi|nieu)
    {NOT}( con| co)?(?: \w+)? (gi|chi|mieng|bua)(?: \w+)? (an|bo bung|nau|vao bung|lot da|vao mom)
    {NOT} .. (an gi|duoc an|bo gi vao (bung|mom))
    {NOT} co (com|com gao|do an|cai an|an)|het (cai|do|thuc|gao) an
    {NOT} (co |con )?(tien |dong nao )(de )?(mua |dong )(gao|an|com|do an|sua)
    {NOT} co sua (cho )?(con )?(uong|bu)|{NOT} (con |co )+gao|het sua .. (khoc|doi|uong)
    di (xin|an xin) (com|do an|cai an)
"""
_LITTLE_FOOD = r"""
    thieu (an|gao|com|doi) ... (may|hai|ba|mot|bon|nam|ca|tu|hom|bua|ngay|lam|qua|roi|trien mien|tum)
    (uong nuoc|nuoc|chao|rau|khoai|san|mi) .. (cam hoi|tru bua|qua bua|qua ngay|thay com|lot da)
    (an|nau|huop) (\w+ )?(chao|com|rau|khoai|san|mi) .. (loang|voi muoi|cham muoi|muoi trang|rau rung)
    (chi|toan) (con |co |biet )?an (chao|rau|muoi|khoai|san|mi|bap|cu mai)
    (chi )?con (co |duoc |moi )?(may|it|vai|mot|hai|1|2|nua|nam|dum) (\w+ )?(cu (san|khoai|mi|mai)|lon gao
    + |bat gao|bo gao|nam gao|goi mi|trai bap|hat gao|gao|san)(?! (ho tro|tet)\b)
    (nhin|bo|thieu|mat) (\w+ )?bua (\w+ )?(roi|nay|com|an|toi|trua)|mot bua (chao|com|rau) .. (ngay|nhin)
    bua (doi|co) bua (no|khong) .. (may|ca|tu|hom|tuan|thang)
"""
FOUND = signs(_HUNGRY, _NO_FOOD, _LITTLE_FOOD)
# To change a name or a card, to wait, a hill, tired of life; beasts; programmes that carry the word.
LOOKS_LIKE = signs("""
    chan doi
    doi (ten|so|the|giay|tien|dia chi|nghe|viec|lich|chu|ho ten|mat khau|bang|lai|thanh|cho|nguoi|giong|cay|y|hoi|xe)
    doi (dien|don|lop|truong|thon|xa|ngan hang|thong tin|chu ho|ngay|noi|can cuoc|chung minh|sim|mau|tuong|no|song)
    doi (ngheo|rach|hang|cu|moi|ket qua|tra loi|xet|duyet|goi|can bo|lau|mai|hoai)
    xoa doi|cuu doi
    (bo|trau|lon|heo|ga|vit|de|meo|con cho|dan) (con |giong |nha |cung )?(bi doi|dang doi|doi|nhin doi)
    (bo|trau|lon|heo|ga|vit|de|meo|con cho|dan) (con |giong |nha |cung )?(khong (co|con) gi an|het (thuc|do|cai) an)
    khong (co )?gi an chac
    an (chan|bot|chia|theo|o|luong|hoc|xin nua|toi tham|thua)
    (an|bua) (ban tru|sang o truong)
""")
