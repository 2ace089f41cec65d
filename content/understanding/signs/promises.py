"""The wish for a verdict or a promise that only a decision of the commune can give."""

from content.understanding.signs.notation import signs

ME = (
    "(nha toi|nha em|nha tui|nha minh|nha mien|nha con|nha chau|toi|em|tui|minh|con|chau|bac|bo|ba|me|ma|ma tui|me toi"
    "|nha|e|gia dinh toi|gia dinh em)"
)
CLASS = "(dien )?(la )?ho (can )?ngheo"
GOT = "(duoc|du dieu kien|dau|thuoc|la ho|vao|vo|co the|co ten|trung|dat|coi nhu)"
TAG = (
    "(phai khong|dung khong|phai hong|dung hong|nhe|nha|nhi|ha|he|hi|hen|nghen|dung chua|phai chua|ak|a|can bo|do|roi"
    "|khoi xet nua)"
)
SO = "(vay|the|rua|dzay|nhu vay|nhu the|vay thi|the thi)"

_CLAIMED = rf"""
    ^(\w+ ){{0,2}}{SO}( (la|tuc la|nghia la|coi nhu|mai|nay|chac|chac chan))*(?: \w+){{0,3}}? ?\b{GOT}\b.* (roi
    + |luon|chac)( {TAG})*(?: \w+){{0,3}}$
    ^(vay(?! (tien|von|muon|ngan hang|hoc|quy)\b)|the|rua|dzay|nhu vay) (la )?(\w+ ){{0,5}}(duoc|dau|du dieu kien
    + |duyet|ho ngheo)(?: \w+){{0,4}} ({TAG} ?)+$
    (chung tay|may|bot|(?<!uy )(?<!can bo )ban|ad)(?: \w+)? (bao|noi(?! tieng\b)|xac nhan|ket luan|tra loi
    + |khang dinh|hua)(?: \w+){{0,4}} (duoc
    + |la ho|thuoc(?! tham quyen\b)|du dieu kien|dau|dat(?! (trau|bo|di)\b))\b.*\b(roi|nhe|nhi|tuc|phai|dung|khoi)
    {ME} (\w+ )?(duoc|thuoc|la|dau|vao|vo) {CLASS} roi( {TAG})+( cam on.*)?$
    {ME} (duoc|thuoc|la) {CLASS} roi (nhe|nha|nhi|cam on)
    ^(\w+ ){{0,5}}chac (suat|an|mam|keo)( {TAG}| roi| luon| dung| khong)*$
    ^(\w+ ){{0,3}}hua (di|voi (toi|em|tui|minh)|chac)( di| nha| nhe)*$
    coi nhu (\w+ ){{0,2}}(duoc|dau|xong)(?=.*\b(roi|nhe|nha|nhi|ha|dung|phai)\b|$)
"""
_ASSURED = r"""
    (?<!tai san )(?<!khong )(?<!ky )(?<!giay )(?<!nguoi )(?<!to )(chac chan|chac an|bao dam|dam bao|cam doan
    + |cam ket|hua chac|noi chac|tra loi chac)
    + (?=\b.*\b(duoc|co|dau|ho ngheo|duyet|cho|tien|dung|la)\b)(?!.*\bvay von lai\b)
    (?<!can bo )(?<!xa )(?<!ho )(?<!ong )(?<!co )hua (voi|chac|la|di|giup)\b.*\b(duoc|co|se|cho)
    dut khoat|(cho toi |cho em )?mot cau chac chan|yen tam la (duoc|co|dau)|co dau (ho ngheo )?(hay )?khong
    (duoc|co) hay (la )?khong (duoc|co)\b.*\bchac
    (tra loi|noi) (mot cau |thang |luon )?(la )?co phai ho (can )?ngheo hay (khong|la khong)
"""
_DECIDED = rf"""
    (?<!khong duoc )(?<!chua duoc )(duyet|ky duyet|phe duyet|xet duyet|cong nhan|quyet dinh) (luon
    _ |ngay |giup |ho |dum |gium |ho so )*(cho |giup |dum
    _ |gium )?({ME}|ho so|don)\b.*\b(di|cai|voi|luon|nhe|nha|nghen|ngay|la ho( can)? ngheo( \w+)?)$
    duyet (luon|ngay|di|lien)|(?<!duoc )(duyet|cong nhan|quyet dinh) cho {ME}(?: \w+){{0,6}}( di| voi| luon| nhe
    + | nha| ad|$)
    (cho|dua|cap|ghi) {ME} (\w+ )?(vo|vao|lam|la) {CLASS}( \w+)? ?(luon|ngay|di|nhe|nha|voi)
"""
FOUND = signs(_CLAIMED, _ASSURED, _DECIDED)
