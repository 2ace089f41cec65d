"""Words of a region, and words with two readings that a neighbour decides: what they stand for, as whole phrases.

Folded words; a phrase has one reading only. What has two stays: "mo" alone (mô, mở, mổ), "te", "rua", "no", "chu",
"hong" (hông, hỏng, hồng), "tui", "vo", "mieng", "ngai", "tru". A phrase that stands for itself keeps a
shorter one from being misread ("cham nhu rua" is "chậm như rùa").
"""

from collections.abc import Iterable, Iterator

from core.text.lists import words

_NORTH_CENTRAL = """
lam sao: lam rang, man rang
lam sao vay: lam sao rua
o dau vay: o dau rua
di dau vay: di dau rua
cho nao vay: cho nao rua
khi nao vay: khi nao rua
lam gi: man chi, lam chi
lam gi vay: lam gi rua
cai gi vay: cai gi rua
lam the bao hiem: man the bao hiem
lam viec: man viec
lam an: man an
lam ruong: man ruong
lam nha: man nha
lam giay: man giay
lam ho so: man ho so
lam don: man don
lam thu tuc: man thu tuc
lam thue: man thue
o dau: o mo
di dau: di mo
cho nao: cho mo
khi nao: khi mo, chung mo
hom nao: bua mo
bay gio: bay chu
cai gi: cai chi
duoc gi: duoc chi
viec gi: viec chi
giay gi: giay chi
giay to gi: giay to chi
chuyen gi: chuyen chi
gi vay: chi rua
sao vay: rang rua
vi sao: vi rang
tai sao: tai rang
thi sao: thi rang
nhu the: nhu rua
cham nhu rua: cham nhu rua
nha minh: nha mieng, nha choa
bon toi: bon tau, bay choa
nuoc uong: nac uong
nuoc sach: nac sach
nuoc may: nac may
nuoc gieng: nac gieng
nuoc an: nac an
nuoc lut: nac lut
uong nuoc: uong nac
ganh nuoc: ganh nac
thieu nuoc: thieu nac
con trau: con tru
nuoi trau: nuoi tru
chuong trau: chuong tru
di choi: di nhoi
dau goi: troc gui, troc cui
"""
_CENTRAL = """
hom nay: bua ni, hom ni
hom kia: hom te, bua te
hom qua: bua qua
nam nay: nam ni
thang nay: thang ni
tuan nay: tuan ni
dot nay: dot ni
lan nay: lan ni
cai nay: cai ni
chuyen nay: chuyen ni
viec nay: viec ni
giay nay: giay ni
giay to nay: giay to ni
so nay: so ni
tien nay: tien ni
nha nay: nha ni
ben nay: ben ni
ben kia: ben te
cho nay: cho ni
o day: o ni
nhu the nay: nhu ri
the nay: the ri
nhieu lam: nhieu hung
ngheo lam: ngheo hung
cuc lam: cuc hung
bo me: tia ma, thay u, thay bu
bo me toi: ba ma toi, ba ma tui
bo me em: ba ma em
bo me chau: ba ma chau
bo me con: ba ma con
anh oi: eng oi
"""
_SOUTH = """
khong co: hong co, hem co
khong biet: hong biet, hem biet
khong duoc: hong duoc, hem duoc
khong phai: hong phai, hem phai
khong hieu: hong hieu, hem hieu
khong thay: hong thay
khong du: hong du
khong can: hong can, hem can
duoc khong: duoc hong, duoc hem
phai khong: phai hong, phai hem
ngheo khong: ngheo hong, ngheo hem
tien khong: tien hong
nha toi: nha tui
cho toi: cho tui
cua toi: cua tui
giup toi: giup tui
me toi: me tui
vo toi: vo tui
chong toi: chong tui
ong toi: ong tui
xom toi: xom tui
toi muon: tui muon
toi hoi: tui hoi
toi xin: tui xin
toi co: tui co
toi bi: tui bi
toi khong: tui khong
bon toi: tui tui
hom nay: bua nay
may hom nay: hom ray
khi nao: chung nao
tre con: con nit, may dua nit
nuoi lon: nuoi heo
con lon: con heo
chuong lon: chuong heo
bay lon: bay heo
lon con: heo con
lon nai: heo nai
lon giong: heo giong
thit lon: thit heo
trong ngo: trong bap
trai ngo: trai bap
trung ga: hot ga
trung vit: hot vit
lac: dau phong
xay nha: cat nha
dat tien: mac tien
nhan tien: lanh tien
nhan gao: lanh gao
nhan luong: lanh luong
nhan tro cap: lanh tro cap
bi benh: bi binh
kham benh: kham binh
chua benh: chua binh
tri benh: tri binh
nuoi benh: nuoi binh
benh vien: binh vien
benh hoan: binh hoan
benh nang: binh nang
hanh chinh: hanh chanh
chinh quyen: chanh quyen
chinh sach: chanh sach
chinh phu: chanh phu
tai chinh: tai chanh
thu nhat: thu nhut
nga xe: te xe
nhanh len: le len
dung tien: xai tien
giup: gium
lam giup: lam dum
xem giup: coi dum, xem dum
hoi giup: hoi dum
giup toi voi: dum tui voi
giup toi: dum tui, dum toi, gium tui
giup em: dum em
that tinh: thiet tinh
noi that: noi thiet
"""
_ELSEWHERE = """
the bao hiem: the bh
dong bao hiem: dong bh
mua bao hiem: mua bh
lam bao hiem: lam bh
can bo xa: cb xa
can bo phuong: cb phuong
gap can bo: gap cb
hoi can bo: hoi cb
can bo oi: cb oi
can bo chinh sach: cb chinh sach
can chuan bi: can cb
phai chuan bi: phai cb
can bo: can po
bao hiem: pao hiem
ba con: pa con
bo me: po me
ban minh: pan minh
ban toi: pan toi
"""


# "chi" is "gì" at the end and before these words; else "viec chi tra" is "việc chi trả", "giay chi can" "giấy chỉ cần".
_CHI_IS_GI = words("khong hong no a vay rua nua moi man lam ha he hi hoi nghe day rang co ai mo de ma thi")
# Before these "lam chi" is another matter: "làm chi tiết", "làm chỉ cần".
_LAM_CHI = words("tra tieu tien phi ho hoi tiet em nhanh cuc bo can cach co la duoc")
# Before these "mo" is "mở", "mổ" or "mỏ": "chỗ mở lớp", "đi mổ mắt", "ở mỏ than".
_OPENED = words("lop cua tai so rong mat ruot tim de xuong lai the da than moi xong tiem quan phanh")
_TEETH = words("gia su ham hu sau")  # "làm răng giả"
_NAMED = words("chi co anh ba ong bac di thi ten phuong xa nam thanh hoa cay le")  # "chị Hồng có", "Nam Hồng có"


def _phrases(*tables: str) -> Iterator[tuple[tuple[str, ...], tuple[str, ...]]]:
    for table in tables:
        for line in table.strip().split("\n"):
            standard, _, forms = line.partition(": ")
            for form in forms.split(", "):
                yield tuple(form.split()), tuple(standard.split())


PHRASES = dict(_phrases(_NORTH_CENTRAL, _CENTRAL, _SOUTH, _ELSEWHERE))
# Words that stand in phrases and in none of their replacements: each replacement takes at least one away, so that
# replacing comes to an end after as many steps as there are words.
MARKERS = frozenset(word for phrase in PHRASES for word in phrase).difference(
    *(standard for phrase, standard in PHRASES.items() if standard != phrase)
)
# By the last word, the longest phrase first.
_BY_END: dict[str, list[tuple[str, ...]]] = {}
for _phrase in sorted(PHRASES, key=len, reverse=True):
    _BY_END.setdefault(_phrase[-1], []).append(_phrase)


def in_standard_words(words: Iterable[str]) -> list[str]:
    """Folded words with the phrases of a region replaced, from left to right.

    What a replacement makes with the words around it is replaced as well: the result holds no phrase any more.

    >>> " ".join(in_standard_words("viec chi hem co".split()))
    'viec gi khong co'
    """
    said = list(words)
    while (replaced := _replaced_once(said)) != said:
        said = replaced
    return said


def _replaced_once(words: list[str]) -> list[str]:
    ahead = words[::-1]
    said: list[str] = []
    while ahead:
        said.append(ahead.pop())
        for phrase in _BY_END.get(said[-1], ()):
            if tuple(said[-len(phrase) :]) == phrase:
                before = said[-len(phrase) - 1] if len(said) > len(phrase) else ""
                if PHRASES[phrase] != phrase and _meant(phrase, before, ahead[-1] if ahead else ""):
                    del said[-len(phrase) :]
                    ahead.extend(reversed(PHRASES[phrase]))
                break
    return said


def _meant(phrase: tuple[str, ...], before: str, after: str) -> bool:
    """Whether a phrase is the regional one between those words."""
    if phrase[0] == "hong":
        return before not in _NAMED
    if phrase[-1] == "mo":
        return after not in _OPENED
    if phrase == ("lam", "rang"):
        return after not in _TEETH
    return phrase[-1] != "chi" or _is_gi(phrase[0], after)


def _is_gi(before: str, after: str) -> bool:
    if before in ("man", "cai"):
        return True
    if before == "duoc":
        return not after
    return after not in _LAM_CHI if before == "lam" else not after or after in _CHI_IS_GI
