"""The one Vietnamese normaliser: what people type, as it is kept (`clean`) and as it is compared (`fold`).

Both run in time linear in the length of the text, and never raise. The words that `fold` spells out are chat habits
of all of Viet Nam; what a word means in which region is left to the understanding of questions.
"""

import re
import unicodedata
from functools import lru_cache

# A run of marks without a letter between them is sorted by the Unicode library in square time: no letter of any
# language needs more than this many, so the rest of a run is dropped before.
MARKS_AT_MOST = 8
# The longest Vietnamese syllable has seven letters ("nghiêng"); raw Telex adds at most five keys ("nghieengs").
TELEX_AT_MOST = 12

_RUN_OF_MARKS = re.compile(rf"[^\w\s!-~]{{{MARKS_AT_MOST + 1},}}")
_UNSEEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff"
    "\ufff9-\ufffb\ud800-\udfff\U000e0000-\U000e0fff]"
)
_LINE_ENDS = re.compile(r"\r\n?|[\x85\u2028\u2029]")
_SPACES = re.compile(r"[^\S\n]+")
_SPACED_LINE_END = re.compile(r" ?\n ?")
_BLANK_LINES = re.compile(r"\n{3,}")
_MARKS = re.compile("[\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe00-\ufe0f\ufe20-\ufe2f]+")
_NOT_A_WORD = re.compile(r"[\W_]+")
_STRETCHED = re.compile(r"([^\W\d_])\1{2,}")

# Letters that look like a Latin one: the d family, then the Cyrillic and Greek ones seen in copied and spam texts.
_LOOK_ALIKES = str.maketrans(
    "đĐðÐɖƉƌᶁȡıаеорсухіјкнтвмАЕОРСУХІЈКНТВМαοεικντυρΑΟΕΙΚΝΤΥΡ",
    "ddddddddd" + "i" + "aeopcyxijkhtbm" * 2 + "aoeikvtyp" + "aoeiknt" + "yp",
)

_ONSET = r"(?:ngh|ng|nh|ch|gh|gi|kh|ph|qu|th|tr|[bcdghklmnpqrstvx])?"
_RIME = (
    "(?:a(?:ch|ng|nh|[cimnoptuy])?|e(?:ch|ng|nh|[cmnoptu])?|i(?:ch|nh|e(?:ng|[cmnptu])|[amnptu])?"
    "|o(?:a(?:ch|ng|nh|[cimnopty])?|e(?:[nmoct])?|ng|[cimnpt])?"
    "|u(?:a(?:ng|[nty])?|e(?:ch|nh|[n])?|o(?:ng|[cimnptu])?|y(?:e(?:[nt])|nh|ch|[anptu])?|ng|[cimnptu])?"
    "|y(?:e(?:[mntu])|ch|nh|[nptu])?)"
)
_SYLLABLE = re.compile(_ONSET + _RIME + r"\Z")
_TELEX_VOWEL = re.compile(r"aa|ee|oo|(?<=[aou])w")

# English words that would pass for raw Telex ("this" for "thi" with a tone).
_ENGLISH = """
is this his as us was has of or for her our your are were see too box six tax yes bus gas
"""

# Not two readings of one word: what is ambiguous ("hn", "dk", "bh" alone) stays as it was typed.
_SHORT_WORDS = """
khong: k kh ko kg khg hk hok hem kô khum kong
duoc: dc dx dcj
bao nhieu: bn bnhieu bnhiu bnh bnhju baonhiu bnhjeu
nhieu: nhiu nhju
nhu the nao: ntn nhtn
the nao: tnao
gi: j ji gj
vay: z zay zậy dzay dzậy v vayj
roi: r rùi rui rj
voi: vs
nguoi: ng ngừi ngui
nguoi ta: ngta
moi nguoi: mn mng
minh: mk mik mih mjnh
lam: lm
moi: ms
cung: cx cug cg
truoc: trc trk
biet: bik bít bit bjt bits
thoi: thui
qua: wa
muon: mun
nua: nx
phai: fai pai
khi: khj
bay gio: bayh
gio: h
van: vx
chong: ck
vo: vk
nuoc: nc
dien thoai: dt đth
so dien thoai: sdt sđth
nha:
bao hiem y te: bhyt
bao hiem xa hoi: bhxh
bao hiem that nghiep: bhtn
uy ban nhan dan: ubnd
uy ban: ub
hoi dong nhan dan: hdnd
mat tran to quoc: mttq ubmttq
ngan hang chinh sach xa hoi: nhcsxh nhcs csxh
ngan hang: nh
can cuoc cong dan: cccd
can cuoc: cc
chung minh nhan dan: cmnd
to dan pho: tdp
bao tro xa hoi: btxh
tro cap xa hoi: tcxh
tro giup phap ly: tgpl
dan toc thieu so: dtts
nguoi khuyet tat: nkt
nguoi co cong: ncc
kham chua benh: kcb
xuat khau lao dong: xkld xkldd
giai quyet viec lam: gqvl
hoc sinh sinh vien: hssv
hoc sinh: hs
sinh vien: sv
dai hoc: dh
hoc phi: hp
giao vien: gv
nong thon moi: ntm
muc tieu quoc gia: mtqg
ho can ngheo: hcn
giay chung nhan: gcn
tiet kiem va vay von: tkvv
san xuat kinh doanh: sxkd
san xuat: sx
cong ty: cty
nhan vien: nvien
benh vien: bv
bac si: bs
tram y te: tyt
hop tac xa: htx
nha ve sinh: nvs
nha van hoa: nvh
ho tro: htro
dang ky: dki dky dangki
thu tuc: ttuc
chinh sach: csach
viec lam: vlam
gia dinh: gđ
ho ngheo: hngheo hnghèo
trung hoc co so: thcs
trung hoc pho thong: thpt
"""
# Of a region, or with two readings unless a neighbour decides: replaced as whole phrases.
_PHRASES = {
    "the bh": "the bao hiem",
    "dong bh": "dong bao hiem",
    "mua bh": "mua bao hiem",
    "lam rang": "lam sao",
    "man rang": "lam sao",
    "man viec": "lam viec",
    "man an": "lam an",
    "o mo": "o dau",
    "di mo": "di dau",
    "cho mo": "cho nao",
    "khi mo": "khi nao",
    "cai chi": "cai gi",
}


def clean(text: str) -> str:
    """The text as it is stored and shown again: NFC, without control and bidirectional signs, spaces put in order.

    Line ends stay (at most one blank line between two lines); tabs and other spaces become one space.
    """
    text = _LINE_ENDS.sub("\n", text)
    text = _UNSEEN.sub("", _RUN_OF_MARKS.sub(_fewer_marks, text))
    text = unicodedata.normalize("NFC", text)
    text = _SPACED_LINE_END.sub("\n", _SPACES.sub(" ", text))
    return _BLANK_LINES.sub("\n\n", text).strip()


def fold(text: str) -> str:
    """The key under which texts are compared: lower-case words without marks, one space between them.

    The same text with and without Vietnamese marks, in NFC or NFD, with "hoà" or "hòa", in capitals, with stretched
    letters, raw Telex keys or chat short forms gives the same key. No digit is lost. `fold(fold(x)) == fold(x)`.

    >>> fold("Nhà em KHÔNGGG có thẻ BHYT, lm lại ntn?")
    'nha em khong co the bao hiem y te lam lai nhu the nao'
    """
    words = _bare(text).split()
    return _PHRASE.sub(lambda found: _PHRASES[found[0]], " ".join(_spelt_out(word) for word in words))


def typed_words(text: str) -> str:
    """The words as they were typed, marks and all: lower case, no punctuation, the tone on the same vowel ("hòa").

    >>> typed_words("Hoà giải ở cơ sở, thuỷ lợi?")
    'hòa giải ở cơ sở thủy lợi'
    """
    words = _NOT_A_WORD.sub(" ", unicodedata.normalize("NFC", text).lower()).split()
    return " ".join(_TONE_PLACE.sub(lambda found: _OLD_TONE[found[0]], word) for word in words)


@lru_cache(maxsize=4096)
def fold_ours(text: str) -> str:
    """`fold` of a name, a label or a heading of ours, remembered. Never for what a person wrote: that is not kept."""
    return fold(text)


def same_words(a: str, b: str) -> bool:
    """Whether two texts say the same words, whatever their marks, capitals and punctuation: a typed button label."""
    return fold(a) == fold(b) != ""


def is_syllable(word: str) -> bool:
    """Whether a folded word can be a Vietnamese syllable."""
    return _SYLLABLE.match(word) is not None


def _bare(text: str) -> str:
    """Lower case without marks, look-alikes, punctuation and stretched letters."""
    text = _UNSEEN.sub("", _RUN_OF_MARKS.sub(_fewer_marks, text)).translate(_LOOK_ALIKES)
    text = text.replace("\ufdfa", " ")  # one sign that compatibility would turn into eighteen
    text = "".join(map(_plain_digit, text)) if _has_foreign_digit(text) else text
    text = unicodedata.normalize("NFKD", text).lower()
    text = _MARKS.sub("", text).translate(_LOOK_ALIKES)
    return unicodedata.normalize("NFC", _STRETCHED.sub(r"\1", _NOT_A_WORD.sub(" ", text)))


def _fewer_marks(run: re.Match[str]) -> str:
    kept, marks = [], 0
    for sign in run[0]:
        marks = marks + 1 if unicodedata.combining(sign) else 0
        if marks <= MARKS_AT_MOST:
            kept.append(sign)
    return "".join(kept)


_FOREIGN_DIGIT = re.compile(r"(?![0-9])\d")


def _has_foreign_digit(text: str) -> bool:
    return not text.isascii() and _FOREIGN_DIGIT.search(text) is not None


def _plain_digit(sign: str) -> str:
    return str(unicodedata.decimal(sign)) if not sign.isascii() and sign.isdecimal() else sign


def _spelt_out(word: str) -> str:
    """A word with its chat short form spelt out, or its Telex keys read, where it has any."""
    known = _WORDS.get(word)
    if known is not None:
        return known
    if len(word) > TELEX_AT_MOST or not word.isascii() or not word.isalpha() or word in _NOT_TELEX or is_syllable(word):
        return word
    read = _telex(word)
    return _WORDS.get(read, read)


def _telex(word: str) -> str:
    """Raw Telex keys ("hooj", "ddieenj") read as the syllable without marks; any other word as it is."""
    tried = _TELEX_VOWEL.sub(lambda found: found[0][:1] if found[0] != "w" else "", word)
    tried = tried.replace("dd", "d")
    if is_syllable(tried):
        return tried
    for at in range(len(tried) - 1, 0, -1):
        if tried[at] in "sfrxj":
            candidate = tried[:at] + tried[at + 1 :]
            if is_syllable(candidate):
                return candidate
    return word


_OLD_TONE = dict(
    zip(
        "oà oá oả oã oạ oè oé oẻ oẽ oẹ uỳ uý uỷ uỹ uỵ".split(),
        "òa óa ỏa õa ọa òe óe ỏe õe ọe ùy úy ủy ũy ụy".split(),
        strict=True,
    )
)
_TONE_PLACE = re.compile(rf"(?<!q)(?:{'|'.join(_OLD_TONE)})$")


def _read_short_words() -> dict[str, str]:
    words: dict[str, str] = {}
    for line in _SHORT_WORDS.split("\n"):
        full, _, short = line.partition(":")
        words |= {_bare(form): full for form in short.split()}
    return words


_WORDS = _read_short_words()
_NOT_TELEX = frozenset(_ENGLISH.split())
_PHRASE = re.compile(r"\b(?:" + "|".join(sorted(_PHRASES, key=len, reverse=True)) + r")\b")

# Sounds that are written one for another: s/x, ch/tr, l/n, d/gi/r, c/k/q, y/i and the ends -n/-ng/-nh, -c/-ch/-t.
_SOUNDS = tuple(
    (re.compile(pattern), sound)
    for pattern, sound in (
        (r"\bngh", "ng"),
        (r"\bgh", "g"),
        (r"\btr", "ch"),
        (r"\bx", "s"),
        (r"\bn(?![gh])", "l"),
        (r"\bgi(?=[aeouy])", "d"),
        (r"\bgi", "di"),
        (r"\b[rz]", "d"),
        (r"\bf", "ph"),
        (r"\b(?:k(?!h)|q)", "c"),
        (r"n[gh]\b", "n"),
        (r"c(?:h)?\b", "t"),
        (r"y", "i"),
    )
)


def sounds(folded: str) -> str:
    """A folded text with sounds that are often mixed up in writing made one.

    >>> sounds("luat xu tro giup"), sounds("luat su cho dup")
    ('luat su cho dup', 'luat su cho dup')
    """
    return " ".join(_sound(word) for word in folded.split())


@lru_cache(maxsize=4096)  # about as many different words as the examples have; a message brings few new ones
def _sound(word: str) -> str:
    for pattern, sound in _SOUNDS:
        word = pattern.sub(sound, word)
    return word
