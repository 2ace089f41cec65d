"""Texts in the code tables before Unicode (TCVN3, VNI), which read as gibberish: told from real words of any language.

A word is of such a table where, read by it, it is a Vietnamese syllable, and as it stands it is none. Letters that
only Unicode has ("ạ", "ơ", "đ") speak against it, and so do words that are of no language of ours ("Höganäs").
"""

import re
import unicodedata

# Of TCVN3 each letter of Windows-1252 by what it looks like there; the large ones are those of small letters.
_TCVN3 = dict(
    zip(
        "µ¸¶·¹¨»¾¼½Æ©ÇÊÈÉË®ÌÐÎÏÑªÒÕÓÔÖ×ÝØÜÞßãáâä«åèæçé¬êíëìîïóñòô\u00adõøö÷ùúýûüþ¡¢£¤¥¦§",
        "àáảãạăằắẳẵặâầấẩẫậđèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵăâêôơưđ",
        strict=True,
    )
)
_HATS = {"aâ": "â", "aê": "ă", "eâ": "ê", "oâ": "ô"}
_TONES = dict(zip("ùøûõï", "\u0301\u0300\u0309\u0303\u0323", strict=True))
_HATTED = {
    f"{vowel}{sign}": (hat, tone)
    for vowel, signs, hat in (*(("a", "áàåãä", "â"), ("a", "éèúüë", "ă"), ("e", "áàåãä", "ê"), ("o", "áàåãä", "ô")),)
    for sign, tone in zip(signs, _TONES.values(), strict=True)
}
_VNI = _HATS | {pair: unicodedata.normalize("NFC", hat + tone) for pair, (hat, tone) in _HATTED.items()}
_VNI |= {
    f"{vowel}{sign}": unicodedata.normalize("NFC", read + tone)
    for vowel, read in (*((one, one) for one in "aeouy"), ("ô", "ơ"), ("ö", "ư"))
    for sign, tone in _TONES.items()
}
_VNI |= {"ô": "ơ", "ö": "ư", "ñ": "đ", "æ": "ỉ", "ó": "ĩ", "ò": "ị", "î": "ỵ"}
_IN_VNI = re.compile("|".join(sorted(_VNI, key=len, reverse=True)))
_SIGNS = "".join(sorted(one for one in _TCVN3 if not one.isalpha() and one != "\u00ad"))
_WORD = re.compile(rf"[^\W\d_]*(?:[^\W\d_]|[{re.escape(_SIGNS)}])(?:[^\W\d_]|[{re.escape(_SIGNS)}\u00ad])*")
_ONLY_UNICODE = re.compile("[ĂăĐđĨĩŨũƠơƯưẠ-ỹ]")
_ONSET = r"(?:ngh?|nh|kh|gh?|gi|ch|th|tr?|ph|qu|[bcdđhklmnprsvx])?"
_OPEN = (
    "ai|ao|au|ay|âu|ây|eo|êu|ia|iu|iêu|yêu|oa|oe|oai|oay|oao|oeo|oi|ôi|ơi|ua|uê|ui|uy|uơ|uya|uây|uyu|uôi"
    "|ưa|ưi|ưu|ươi|ươu|[aeêioôơuưy]"
)
_VOWELS = "(?:uyê|iê|yê|uô|ươ|oa|oă|oe|uâ|uê|uy|[aăâeêioôơuưy])"
_SYLLABLE = re.compile(rf"{_ONSET}(?:{_OPEN}|{_VOWELS}(?:ch|nh|ng|[cmnpt]))")
_STOPPED = re.compile(r"(?:ch|[cpt])\Z")
_MARKS = "\u0300\u0301\u0303\u0309\u0323"
_SHORT = re.compile(r"[A-Z]{2,4}")  # "TNHH"
_ENOUGH = 2  # words of an old table, whatever else stands there


def in_old_font(text: str, enough: int = _ENOUGH) -> bool:
    """Whether a text is written in TCVN3 or VNI; so many words of them are enough, whatever else stands there.

    >>> [in_old_font(one) for one in ("NHAØ MAÙY", "Phô bÕp", "Thu nhËp", "Höganäs", "Citroën", "Nhà máy")]
    [True, True, True, False, False, False]
    """
    text = unicodedata.normalize("NFC", text)
    words = _WORD.findall(text)
    old = sum(map(_is_old, words))
    if old >= enough or old == 0:
        return old > 0
    ours = all(_is_old(one) or _is_syllable(one) or _SHORT.fullmatch(one) for one in words)
    return ours and _ONLY_UNICODE.search(text) is None


def _is_old(word: str) -> bool:
    if word.isascii() or len(word) == 1 or _ONLY_UNICODE.search(word) or (_in_one_size(word) and _is_syllable(word)):
        return False
    # Large letters of ASCII are small ones of another font there, the others are letters of their own.
    small = "".join(one.lower() if one.isascii() else one for one in word)
    tcvn3 = "".join(_TCVN3.get(one, one) for one in small)
    vni = _IN_VNI.sub(lambda found: _VNI[found[0]], word.lower())
    return any(read != word.lower() and _is_syllable(read) for read in (tcvn3, vni))


def _in_one_size(word: str) -> bool:
    """Whether it is small, or large, or begins with a large letter."""
    return word.islower() or word.isupper() or word.istitle()


def _is_syllable(word: str) -> bool:
    """Whether a word with its marks is a Vietnamese syllable: one tone at most, and before a stop one that can be."""
    apart = unicodedata.normalize("NFD", word.lower())
    tones = [one for one in apart if one in _MARKS]
    bare = unicodedata.normalize("NFC", "".join(one for one in apart if one not in _MARKS))
    if len(tones) > 1 or _SYLLABLE.fullmatch(bare) is None:
        return False
    marked = not word.isascii()
    return not (marked and _STOPPED.search(bare)) or tones in (["\u0301"], ["\u0323"])
