"""Beating, threats, abuse of children, abuse of the body, people held or sold."""

from content.understanding.signs.notation import signs

HURT = (
    "(toi|em|e|tui|minh|tao|tau|chau|con|vo|me|ma|bo|ba|ong|be|nguoi|no|chi|nhau|han|hai|chung toi|may me con|ca nha)"
)
KIN = "(chong|cha|duong|bo|ba|ong|ong xa|thang|han|no|anh|con trai|con|lao|ho|vo|me ke)"
OFTEN = (
    "(dang|hay|cu|toan|suot|lai|van|thuong xuyen|dem nao cung|ngay nao cung|bua nao cung|lao vao|xong vao|vua|say"
    "|vo la|nhau ve)"
)
# "danh" with these behind is a list, a price, a typewriter, fishing, a ball, shoes, spelling, a fight for a place ...
NOT_HIT = (
    "(?! (gia|sach|muc|cho|dum|bac|bai|de|giay|may|ca|bat|bong|rang|van|vay|so|dau(?! (lam|qua|dau|don))|roi|mat|du"
    r"|thuc|luoi|dan|trong|vang|thue|hieu|vat|tieng|phan|luong|doi|zq|truot|thap|cap|rot)\b)"
)
# "chén", not "chẹn": what is washed, carried, bought, or stands behind its counting word.
NOT_A_BOWL = (
    r"(?<!\b(?:to|up) )(?<!\b(?:rua|don|cai|lau|bat|mua|xep|com|tra) )(?<!\b(?:chan|bung|ruou|tung) )(?<!\bchiec )"
)
CATTLE = "(ga|vit|lon|heo|bo|trau|cho|meo|chim|de|ngua|ca|sau|chuot|muoi|mo)"
ABROAD = (
    "(trung quoc|tau|campuchia|campuchea|cam|cambot|myanmar|mien dien|lao(?! dong)|thai lan|bien gioi|nuoc ngoai"
    "|bavet|ba vet|tam giac vang|poipet|ben kia|ben do)"
)
BODY = "(vao nguoi|khap nguoi|vao nguc|vao mong|vao dui|vung kin|cho kin|cho nhay cam|soang)"

_BEATING = rf"""
    danh dap|bop co|(siet|xiet|{NOT_A_BOWL}chen) co {HURT}|bi {KIN} (siet|xiet|chen) co|hanh ha
    + |bao hanh|bam dap|bam tim|bao luc gia dinh|bi bao luc|vu phu
    danh (chet|ngat|te|gay|bam|hoi dong)|loi \w+ (\w+ )?(ra )?danh
    bi (chem|dam chet|danh den|do don)
    {KIN}(?: \w+){{0,4}} (danh|dap|tat|dam) {HURT}(?! (gia|bac|bai|so|de)\b)
    {KIN} .. {OFTEN} danh{NOT_HIT}
    {OFTEN} (danh|dap) {HURT}(?! (gia|so|bac|bai|de|trong|vay)\b)
    bi(?: \w+){{1,4}} (danh{NOT_HIT}|dap|dam(?! (bao|chim)\b)|tat(?! (dien|nuoc)\b)|quat|phang|lam dung)(?! (gia
    + |lua|xe|ung|{CATTLE})\b)
    bi danh{NOT_HIT}
    {KIN} (\w+ ){{0,3}}(quat|vut|quai|phang|choang) {HURT}
    {KIN} (\w+ ){{0,5}}(phang|dam|quat|dap|danh|tat|da|dap|thui|cho) (\w+ )?(vo|vao|trung|len) (\w+ )?(lung|dau|mat
    + |bung|nguoi)
    (doi|tron|khong nghe|cai) (thi|la) (bi )?(danh|dap|nhot)|(se |thi )cho {HURT} biet tay
    gay (tay|chan|rang) (vo|me|em|toi) vi
    (nem|phang|quang|lieng) (\w+ ){{0,3}}(ghe|chai|gach|dao|coc|noi|ly|da) ... (dau|mat|nguoi|lung|{HURT})
    danh (vo|con|me|bo) (\w+ )?(chay mau|da man|gay|tham te)
    (chong|duong|me ke|ong xa|anh xa) (van |con |lai |cung |cu |no )*danh(?= (hoai|mai|suot|dau|qua|nua)|$)
    # "drinks and then hits", with the one who does it left out
    (ruou|nhau|say|dap pha|chui|chui boi|danh bac) ... (danh|dap|tat) {HURT}(?! (gia|so|bac|bai|de|trong|may|van)\b)
    (thuong|dong|ha|dung) (cang )?chan (ha |cang |dong )*tay|(thuong|dong|ha|dung) (cang )?tay (ha |cang |dong )*chan
    (tat|dap|da|dam|quat) (toi|em|tui|minh|vo|me|con|chau) .. (mat|tui bui|lien tuc|suot|te|sung|bam|chay mau)
    (lay|dung) (gay|roi|day|that lung|dien thoai|ghe) .. (danh|quat|vut|quai) {HURT}
    bi (chong|con|con trai|con dau|duong) ... duoi .. (ra khoi nha|ra duong|di giua dem)
"""
_THREATS = rf"""
    (doa|doi|zq|dinh|se) (giet(?! {CATTLE}\b)|chem|dot nha|tat axit|dam chet)|giet nguoi
    (giet|chem|xien|dam) (chet )?(no|may|han|ho|tao|toi|em|tui|vo|chong|ca nha|chung no|con me)(?! {CATTLE}\b)
    giet (chet )?(thang|me|cha|bo|con)(?! ({CATTLE}|nay an)\b)
    {KIN} (\w+ )?cam (dao|rua)
    (tat|tuoi|te|hat|doi) xang|do xang (len nguoi|vao nguoi|dot(?! (ray|co|rom|ra|rac|nuong)\b))
    + |troi {HURT} (vao|vo|lai|tay|chan)
    (cam|vac|xach) (dao|rua|ma tau|gay|cuoc|bua) .. (duoi|dam|doa|chem|danh|ranh|ruot|ruoc|quo|chi vao|vao nha
    + |truoc cua)
    (bi|no|ho|han|nguoi ta) .. de doa(?! (bo|khong cho) hoc\b)|de doa (giet|danh|tinh mang|toi|em|tui|vo)
    (tat|hat|nem) (son|mam tom|chat ban|axit)
"""
_BODIES = rf"""
    hiep dam|xam hai|cuong hiep|cuong buc|cuong dam|giao cau|au dam|sam so|so soang|gio tro|lam nhuc
    bi(?: \w+){{0,3}} hiep(?! (hoi|dinh|luc)\b)
    (bi|cha|duong|thay|chu|bac|ong|anh|thang)(?: \w+){{0,4}} (so mo|dam o)|so mo (chau|con|em|be)
    (bi|chu|bac|ong|thay|anh|thang|hang xom|nguoi ta|no|han|duong|cau) ... (so|ram|mo|vuot ve|bop|dung cham) {BODY}
    (so|ram|vuot ve|bop) (vao )?(nguc|mong|dui|vung kin) (toi|em|con|chau|be|tui)
    (so|ro|bop|nan|vuot ve) (vao )?(dui|mong|vu|nguc) (\w+ )?(toi|em|con|chau|be|tui|hoc sinh|no|minh)
    (nua dem|dem|dem nao|toi nao) ... (vo|vao|chui|mo) (\w+ )?(mung|man|giuong|phong|cho) (con|em|chau|toi|be)
    (bi|bo|me|cha|duong|no|han|chong) (\w+ )?treo (\w+ ){{0,4}}(danh|len (xa nha|cay|tran))
    lot (het |sach )?(do|quan ao) {HURT}
    (moi lan|he|cu) (\w+ ){{0,5}}(thi|la) bi (tat|danh|dap|phat don)
    (anh re|duong|chu|bac|cau|ong|chu nha|thay) (\w+ ){{0,9}}(vo|vao|mo vao|lui vo) (phong|giuong|mung|buong) (em
    + |con|chau|toi)
    lot (do|quan ao) (em|con|chau|toi)
    (bat|ep|bat ep|cuong ep|du|du do|ru|zq|bi ep) ... (lam chuyen (do|ay|bay|nguoi lon|vo chong)|quan he|ngu (voi|cung))
    (bat|ep|bat ep|du do|bao) .. (coi|cuoi|cui) (do|quan|ao|truong|het)
    (tung|phat tan|dang|gui) .. (clip|anh|video|hinh) .. (nong|khoa than|nhay cam|lo hang)
"""
_HELD = rf"""
    bi nhot(?! {CATTLE}\b)|nhot (toi|em|tui|con|vo|trong|o)|bi (xich|troi) (lai|chan|tay|vao|trong)
    bat (lam|lao dong)(?: \w+){{0,3}} khong cho (ve|ra)
    (giu|nhot|khoa|giam|bat|xich) ... khong cho .. (ve|ra ngoai|ra khoi|lien lac|goi ve)
    bi .. (giu|giam|giam giu|bat giu|giam long|cam giu|bat lam) (nguoi )?(o|ben|tai|trong) .. ({ABROAD}|casino|cong ty)
    (dang |bi )?ket (o|ben) {ABROAD}
    (chu|cai|quan ly|ong chu|ba chu|bao ve|nha chong|ho) (\w+ ){{0,4}}khong cho {HURT} (ve(?! (huu|viec)\b)
    + |ra ngoai|di dau
    + |lien lac|goi)
    bi (\w+ ){{0,3}}lua ban(?! (hang|dat|nha|xe|do|so)\b)
    (doi|zq) (\w+ ){{0,4}}(trieu|tram|do|tien|ty) (\w+ )?(moi|thi moi) (\w+ )?(cho ve(?! (que|som))
    + |tha( (ra|ve|nguoi))?|cho ra ve)
    giu (het |luon )?(giay to|ho chieu|can cuoc)\b.*\bkhong (\w+ )?ve (\w+ )?(duoc|noi)
    bi bat coc|bat coc|buon nguoi|mua ban nguoi|tien chuoc|doi chuoc|zq chuoc|bi cuop nguoi
    (ban|lua|lua ban|lua gat|du do) (di )?(con|chau|em|toi|chi|be|no|vo|nguoi|gai|hai|may dua|tui|ho)(?! {CATTLE}\b)
    _ (\w+ ){{0,3}}(sang|qua|ra) .. {ABROAD}
    bi (du|du do|lua|ban|ru re|bat) (\w+ )?(sang|qua|di) {ABROAD}
    bi (ban|lua ban) (vao|lam vo|cho nguoi ta|di|sang|qua)
    xich (dua|con|chau|be|nguoi|vo|me|toi|em)
    (bat|ep|zq) (\w+ ){{0,3}}(tiep khach|ban dam|lam gai|di khach)
    bi (keo|bat|cuop|ep) (di |ve )*(lam vo|lay chong|cuoi|ga)|(bat|ep) (\w+ )?(phai )?(lay chong|cuoi chong|ga cho)
"""
_GONE_OR_DRIVEN_OUT = rf"""
    (ru|du|lua|dua|dan|bat|di|sang|qua) (\w+ ){{0,6}}{ABROAD}\b.*\b(tat may|dien thoai tat|mat lien lac|mat tich
    + |(khong|hong) (lien lac|goi) (\w+ ){{0,2}}duoc|bat vo am tin|biet o dau)
    (chong|bo|cha|duong|bo duong|ong (ay|ta|xa)|no|ba) (\w+ ){{0,4}}(uong|xin|say|nhau) (\w+ ){{0,5}}(phai|toan|cu)
    _ (\w+ )?(ra|chay|tron|di|om con|bong con|dat con) (\w+ ){{0,5}}(ngu|nam|tron)
"""
FOUND = signs(_BEATING, _THREATS, _BODIES, _HELD, _GONE_OR_DRIVEN_OUT)
# Names on lists, lightning, bicycles.
LOOKS_LIKE = signs(r"""
    (tru|vui) dap|cai nhau danh nhau vi (nuoc|dat|gianh)|chem hai dau
    (khong|chua|chang|hong) (he |co |bao gio |tung )*(danh dap|bao hanh|hanh ha|danh (vo|con|em|toi))(?! (thi|la)\b)
    bao hanh (bao lau|chinh hang|dien tu|may nam|may thang|bao nhieu)
    (phieu|het|han|trung tam) bao hanh|con bao hanh (khong|hay)
    chem (gio|dep)|chem (\w+ ){0,3}(\d+|mot|hai|ba|bon|nam|sau|bay|tam|chin|may|muoi|tram) (\w+ )?(trieu|tram|ngan
    + |nghin|chuc|k|tr|cu)
    nhu (ga|vit|heo|lon|bo|trau|cho|meo|ngong) bi (bop co|danh|choc tiet|chem)
    (tu|bay|ke tu) gio tro (di|ve|len)|nghe (\w+ ){0,3}(noi|don|ke) sang (do|ben do) bi nhot
    (phong chong|tuyen truyen|tap huan|luat) .. bao luc gia dinh
    (ghi|lap|diem|cong|chuc|vinh|thuong) danh
    (set|gio|song|bao|sam) danh
    xe .. (dam|dap|danh)
    nan nhan (\w+ )?bi (lua ban|mua ban|ban)
""")
# Tales; what was long ago, unless it goes on, is feared again, or was done to the body.
ANOTHER_MATTER = signs(
    "cong chua|hoang tu|co tich|nhan vat|trong phim",
    r"^(?!.*\b(van|lai (danh|dap|nhot|doa)|dang|gio (no|han|chong|ong ay|anh ta)|hom nay|hom qua|dem nao|cuu"
    r"|doa|giet|hiep|xam hai|so mo|lam nhuc|nhot em|nhot con)\b)"
    r"(?:.* )?(truoc kia|ngay xua|hoi (nho|xua|truoc|do|ay|chien tranh)|nam xua|lan truoc|thoi chien)",
)
