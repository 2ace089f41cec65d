"""A life in danger by illness, poison or accident: what 115 is called for."""

from content.understanding.signs.notation import signs

POISON = (
    "(thuoc (sau|chuot|co|tru sau|diet co|doc|ngu|tay|ray)|dau hoa|dau lua|xang|axit|hoa chat|chat doc|la ngon"
    "|nuoc tay)"
)
STILL = (
    "(khong (tinh|day|dung day|cu dong|biet gi|nhuc nhich|phan ung|tho|con tho|noi duoc)|bat tinh"
    "|ngat|hon me|me man|li bi)"
)
WOUND = "(chay mau|be dau|vo dau|gay (co(?! (tay|chan))|cot song|lung)|thung (bung|dau)|nguy kich|hap hoi|nam im)"

_FITS_AND_FEVER = r"""
    (?<!gio )co giat(?! (tien|do|dien|tui|khong)\b)|len con (giat|co giat|hen|suyen|dau tim|kho tho|dong kinh)
    lam kinh(?! (te|zq|doanh)\b)
    giat (dung dung|tung con|lien hoi|lien tuc|kinh phong|tay chan)
    (dang|tu nhien|bong) (bi )?(giat|dong kinh|kinh phong)
    (sui|trao|chay) bot (mep|mieng)|tron (mat|nguoc)|mat tron|cung (ham|ham lai|do nguoi)
    sot .. (cao|nong|hoai|qua) ... (giat|co giat|li bi|me sang|me man|tim tai|mo mo|lo do|cung nguoi)
    sot .. (40|41|42)|sot xuat huyet .. (soc|lanh tay|ra mau)
    tim tai(?! (lieu|khoan|san|tro|xe|lai)\b)|(moi|mat|nguoi|moi de|moi sinh|so sinh) tim (tai|ngat|den|lai|bam het)
"""
_POISON = rf"""
    (uong|nuot|an|hit|lieu) (nham|phai|lon|trung|lo) (\w+ ){{0,3}}(thuoc|nam|pin|dong xu|dinh|bot giat|trai doc
    + |la ngon|xang|axit|dau hoa|hoa chat|{POISON})
    (da|vua|moi|lo|no|con|chau|be|vo|chong|em|me|bo) (da |vua |moi |lo |\w+ )?(uong|nuot) (\w+ )?{POISON}(?!
    _ (khi|bua|an|moi)\b)
    uong (\w+ )?(thuoc (tru sau|chuot|diet co|doc)|la ngon|axit|hoa chat)|(an|nhai) (\w+ )?la ngon (roi|xong|gio)
    uong (ca |het |nguyen )(vi|lo|chai|nam|hop) .. thuoc|uong (thuoc )?qua lieu|soc thuoc|soc phan ve
    (bi|vua|dang|nghi|ca nha|chau|con) .. (ngo|trung) doc|(ngo|trung) doc (nam|khi|ruou|la|thuoc|san|coc|ca noc)
"""
_BLEEDING_AND_BIRTH = r"""
    bang huyet|(chay|ra|mat) (rat )?nhieu (mau|huyet)(?! (trang|kho))
    (chay|ra|mat|xuat|oi|non|ho|phun) (\w+ )?(mau|huyet) (\w+ ){0,3}(nhieu|o at|qua troi|lam|xoi xa|lenh lang
    + |dam dia|xoi|thanh voi)
    (mau|huyet) ... (khong cam|khong ngung|khong ngot|hoai khong|ra nhieu|chay nhieu|phun)
    (non|oi|ho|di ngoai|dai tien) ra mau|dut (lia |mat )?(tay|chan|ngon|dong mach)
    (dang|bat dau|vua|da|sap) (chuyen da|tro da)(?! (so|nuoc|canh|lat)\b)|(da|bi|vua) vo oi
    vo (nuoc )?oi (roi|ma|som|nhieu)
    dau de (qua|lam|roi|du (doi|zq)|khong)|(de|sinh) (mai )?(khong ra|kho qua|rot|roi tai|giua duong|ngoai ray|tren ray)
    (dang|sap) (de|sinh) (o|tai|tren) .. (nha|ray|nuong|duong)
    (de|sinh) (con |be |xong )*.. (ra mau|chay mau|ra huyet|bat tinh|ngat|khong khoc)
    (co bau|mang bau|ba bau|mang thai|bau \w+ thang) ... (ra mau|ra huyet|dau bung du (doi|zq)|co giat|ngat|vo oi)
"""
_UNCONSCIOUS = rf"""
    (vua|moi|dang|tu nhien|lai) (bi )?ngat(?! (dien|nuoc|ket noi|mang|song)\b)
    (te|nga|lan|nam)( \w+)? xiu|(lan|te|nga) dung ra
    bat tinh|ngat (xiu|lim|di|luon|tai cho|giua|tren|roi)|bi ngat(?! (dien|nuoc|ket noi|mang|song)\b)|hon me|mat y thuc
    (goi|keu) (\w+ ){{0,3}}(khong|hong|ko) (day|tinh|thua|phan ung|biet gi|mo (noi |duoc )?mat)
    (khong|hong) khoc (\w+ )?tieng|tho (rit|doc|rut|khong ra hoi|kho khe)
    (tu nhien|bong|dot nhien|vua|tu sang|hom nay) ... noi (ngong|diu)|nua nguoi (\w+ )?(te|liet|yeu|cung|zq)
    mat (lo do|dai ra|duc)|(loi|phoi|xo|long) ruot|(phoi|xo) nao
    nam .. (co quap|co rum)|nam\b.*\bgoi .. khong (nghe|len tieng|thua)
    dien cao the .. (phong|giat)|(moi|mat) (\w+ )?(tim|tai(?! (san|khoan)\b)|bam) ... (tho|ho|lim)
    (ho|tho) (sac sua|doc) .. (moi|mat)
    (nuot|hoc|nghen) (\w+ ){{0,3}}(dong xu|hat|xuong|pin|keo)\b.*\b(ho|tai|tim|tho|khoc)
    ra (nuoc )?oi|mau (xit|phun|tuon|trao)(?! khac\b)
    (soc|chich|phe) (\w+ )?(thuoc|ma tuy|xi ke|ke|hang)\b.*\b(nam do|moi|tho|lanh)
    ((ia|tieu) (chay|zq)|oi|non|sot)\b.*\b(mat trung|li bi|khong bu|bu khong|bo bu|lanh tay)
    goi .. (khong|hong|ko) (day|tinh|thua|phan ung|biet gi)|lay (mai |hoai )?.. khong (day|tinh|thuc)|nam im khong
    (ngung|ngat|tat|nghet|nghen) (tho|tim)(?! (may|dien)\b)|tim ngung|tho (thoi thop|hat|ngap|khong (noi|duoc|ra))
    kho tho|khong tho (duoc|noi|ra)|{STILL.replace("ngat|", "")} (nua )?roi(?! (a|ha))
    (dau|tuc|nhoi|that|nang|ep) (\w+ )?(nguc|tim) ... (tho|toat mo hoi|du (doi|zq)|lan ra|va mo hoi|ngat|tim tai
    + |quan quai)
    (dang|vua|moi|hinh nhu|nghi|co dau hieu|chac) (bi )?(tai bien|dot quy|nhoi mau)
    meo (mieng|mom|mat) .. (noi|liet|tay|te|dot)
    nguy kich|hap hoi|thoi thop|sap chet(?! (doi|khat|cay|tien|roi vi)\b)|bi hoc (\w+ )?(xuong|hat|keo|thach|di vat)
    (hoc|mac|nghen|sac) (\w+ )?di vat|mac (co|nghen) (\w+ )?(xuong|hat|keo|do an)
    bi sac (\w+ )?(sua|chao|com|thuoc|do an|keo|thach)|(dang|vua|moi) bi sac(?! (dien|pin|zq)\b)
    (con|chau|be|tre|em|ong|ba|me|bo|bac)(?! (trau|bo|de|heo|lon|ga|vit|cho|meo|ca)\b)( \w+){{0,2}} bi (sac
    + |nghen tho)(?! (dien|pin|zq|lenh|mau|tien|phat|thue|du phong|phong)\b)
"""
_ACCIDENTS = rf"""
    ran (\w+ ){{0,3}}(can|mo|cap)(?! (ho|ngheo|ca|heo|ga|lon)\b)|bi ran|bi (bay )?ong (\w+ ){{0,2}}(dot|chich|can)
    (cho|meo) dai can|bo cap (can|chich)
    (?<!y )(?<!kinh )(?<!thuc )(?<!quoc )(te|nga|lan) ... ({STILL}|{WOUND})
    roi (tu|xuong|khoi|tren|gieng|cay) ... ({STILL}|{WOUND})
    (bi xe|xe may|xe tai|o to|cay|da|go|tuong) .. (dung|tong|can|de|dam) ... ({STILL}|{WOUND})
    (sat|coc|dinh|dao|que|kinh|cua) (\w+ )?(dam|cam|ghim|cat) (xuyen |vao |vo |qua |thung |trung )+(\w+ )?(bung|nguc
    + |dau|mat|co|lung|dui|phoi)|xuyen (qua )?(bung|nguc|dau|phoi)
    (tai nan|dung xe|tong xe) ... ({STILL}|{WOUND}|nguy kich|gap lam)|(chay|ra) mau (dau|tai|mui) .. (nhieu|roi|khong)
    bi (bong|phong) (\w+ )?(nang|nuoc soi|lua|toan than|khap|axit|dien)|bi dien giat
    dien giat (chet|ngat|bat tinh|\w+ roi)
    (bi|dang|vua|suyt|co|chau|con|be|nguoi|dua|ban) (\w+ ){{0,3}}(duoi nuoc|chet duoi(?! von)|chim (xuong|duoi))
    duoi nuoc (roi|cuu)
    (te|nga|(?<!lam )(?<!danh )(?<!bi )roi|lot|sup|sa|say chan) .. (xuong|vo|vao)
    _ (?!(phu|tron|tho|dao|tat|vet|be) )(\w+ )?(gieng|ao|song|suoi|ho
    + |muong|kenh|ham)
"""
_CALLS = r"""
    (goi|can|zq|keu|cho|xin) (\w+ )?(xe )?(cap cuu|cuu thuong|115)(?! (nguoi|tra|thi|co duoc|bao hiem|trai|co)\b)
    cap cuu (voi|gap|giup|oi|nhanh)|so cap cuu
"""
FOUND = signs(_FITS_AND_FEVER, _POISON, _BLEEDING_AND_BIRTH, _UNCONSCIOUS, _ACCIDENTS, _CALLS)
# Lines cut by the company, lessons in swimming.
LOOKS_LIKE = signs(r"""
    (ga|vit|heo|lon|trau|ngan|ngong|tom|(con|dan) (bo|de|cho|meo|ca)) .. (co giat|(ngo|trung) doc|sui bot|kho tho|ngat)
    (ga|vit|heo|lon|trau|ngan|ngong|tom|(con|dan) (bo|de|cho|meo|ca)) .. (sap chet|ran can|duoi nuoc|bi ran can)
    lua (tam|ga|heo|lon|tom|ca|vit) .. (co giat|(ngo|trung) doc|chet)
    (quan ao|hang(?! xom\b)|giay to|so ho ngheo|dien thoai|the (bao hiem|ngheo)|can cuoc|thung) (\w+ ){0,6}(roi|rot
    + |lot) (xuong|vao|vo)
    nghe (noi|don) (\w+ ){0,8}(lan|te|nga) dung ra|nam mo thay .*
    (dien|nuoc|mang|song|cuoc goi|duong day) .. ngat
    cat ngat|ngat (dien|nuoc|mang)
    (phong|chong|tranh|day boi|hoc boi|zq boi) ... duoi nuoc
""")
# Bills, benefits, what is over, who lies in hospital already, beasts: unless help is cried for in the same breath.
ANOTHER_MATTER = signs(
    r"^(?!.*\b(cuu (voi|toi|em|tui|me|con|chau|bo|ba|ong|chong|vo)|gap (qua|lam|voi)|khan cap|sap chet|nhanh len"
    r"|(dang|vua|moi|tu nhien) (\w+ ){0,2}(co giat|giat|bat tinh|ngat|hon me|kho tho|chay mau|ra mau|li bi|duoi nuoc)"
    r"|(khong|chua) (tinh|day|tho)|tim tai|sui bot|ngung tho|ran can roi)\b)"
    r"(?:.* )?"
    "(tro cap|ho tro|bao hiem|thanh toan|vien phi|che do|duoc huong|giam dinh|khuyet tat|chuyen vien|chi phi|tien thuoc"
    "|tien vien|chinh sach|ho ngheo|ho so|giay to|mai tang|tu tuat|(nam|o|dieu tri|da ra|moi ra|vua ra) (benh )?vien"
    "|den bu|the nao de"
    r"|nam ngoai|nam kia|nam truoc|thang truoc|tuan truoc|hoi nho|hoi truoc|truoc day|(dam|zq) tang"
    r"|(chich|tiem) huyet thanh|manh dan|troi (\w+ )?tro|trai gio"
    r"|da khoi|hay bi|bam sinh|di chung"
    r"|may nam|\w+ nam (nay|roi)|lau nam|(con|dan|may) (bo|trau|lon|heo|ga|vit|de|cho|meo)|heo|lon|trau)"
)
