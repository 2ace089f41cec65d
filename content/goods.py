"""What is sold and looked for in a place: groups of goods by the words that people use, and which places are near."""

import re

from content.catalogue import Catalogue
from core.market import Goods
from core.text import clean, fold

# An open list, in our own words: who sells what is in none of these writes it, and it is shown as it is.
WORDS: dict[Goods, tuple[str, ...]] = {
    Goods.POULTRY: (
        "gà",
        "vịt",
        "ngan",
        "ngỗng",
        "chim cút",
        "bồ câu",
        "trứng",
        "gà con",
        "vịt con",
        "chicken",
        "eggs",
    ),
    Goods.LIVESTOCK: ("heo", "lợn", "bò", "trâu", "dê", "nghé", "bê", "thỏ", "heo con", "lợn giống", "pigs", "goats"),
    Goods.FISH: ("cá", "tôm", "ếch", "ốc", "lươn", "cua", "mực", "cá khô", "tôm khô", "fish", "shrimps"),
    Goods.VEGETABLES: (
        *(
            "rau",
            "bí",
            "bầu",
            "cà chua",
            "ớt",
            "dưa leo",
            "dưa chuột",
            "hành",
            "tỏi",
            "gừng",
            "nghệ",
            "su su",
            "su hào",
        ),
        *("cải", "bắp cải", "khoai", "khoai lang", "khoai tây", "vegetables"),
    ),
    Goods.FRUIT: (
        *("chuối", "mít", "sầu riêng", "na", "nho", "táo", "xoài", "bơ", "cam", "quýt", "bưởi", "dứa", "thơm", "nhãn"),
        *("vải", "ổi", "thanh long", "chanh", "chanh dây", "mắc ca", "fruit", "bananas"),
    ),
    Goods.GRAIN: (
        "gạo",
        "lúa",
        "thóc",
        "nếp",
        "gạo nếp",
        "ngô",
        "bắp",
        "đậu",
        "lạc",
        "mè",
        "vừng",
        "kê",
        "rice",
        "maize",
    ),
    Goods.CROPS: (
        "cà phê",
        "tiêu",
        "hồ tiêu",
        "điều",
        "cao su",
        "mì",
        "sắn",
        "mía",
        "chè",
        "trà",
        "mủ",
        "coffee",
        "pepper",
    ),
    Goods.FOREST: (
        *("măng", "măng khô", "măng tươi", "mật ong", "nấm", "nấm hương", "đót", "củi", "thảo quả", "sâm", "thuốc nam"),
        *("lá thuốc", "tre", "nứa", "cây giống", "keo giống", "honey", "bamboo shoots"),
    ),
    Goods.FOOD: (
        *("mắm", "nước mắm", "miến", "bún", "bánh", "dưa muối", "thịt khô", "thịt gác bếp", "rượu cần", "giò", "chả"),
        *("tương", "kẹo", "mứt"),
    ),
    Goods.CRAFT: (
        "thổ cẩm",
        "đồ đan",
        "gùi",
        "chổi",
        "chổi đót",
        "mây tre",
        "chiếu",
        "nón",
        "rổ",
        "thúng",
        "gốm",
        "brocade",
    ),
}
# Without marks these are other words as well ("vài", "me", "bị"): they count only where they are written with them.
_UNITS = ("kg", "ky", "ki", "kí", "ký", "lít", "l")
_WORD = re.compile(r"[^\W_]+")
_MARKED = ("vải", "mè", "kê", "bê", "bơ", "mì", "na", "mực", "điều", "ngan", "bí", "thơm", "chè", "trà", "nghé", "vừng")
_NAMED = sorted(((name, goods) for goods, names in WORDS.items() for name in names), key=lambda pair: -len(pair[0]))
_FOLDED = [(fold(name), goods) for name, goods in _NAMED if name not in _MARKED]
AMOUNT = re.compile(
    r"\b(?:\d+(?:[.,]\d+)?|nua|vai|may|mot|hai|ba|bon|nam|sau|bay|tam|chin|muoi|tram)(?: (?:chuc|tram|muoi|\d+))?"
    r" ?(?:con|kg|ky|ki|can|lang|ta|tan|yen|bao|thung|buong|qua|trai|bo|chai|lit|cai|chuc|gio|set|cap|doi|bung|kilo)\b"
)


def goods_in(text: str) -> Goods | None:
    """The group of what a text names, by the longest name; None where it names none.

    >>> goods_in("bán 20 con gà ta"), goods_in("cần mua măng khô"), goods_in("bán xe máy")
    (<Goods.POULTRY: 'poultry'>, <Goods.FOREST: 'forest'>, None)
    """
    written = f" {' '.join(_WORD.findall(clean(text).lower()))} "
    found = next((goods for name, goods in _NAMED if f" {name} " in written), None)
    if found is not None:
        return found
    if not text.isascii():  # written with marks: "nhẫn" is no "nhãn"
        return None
    folded = f" {fold(text)} "
    return next((goods for name, goods in _FOLDED if f" {name} " in folded), None)


def plain(word: str) -> str:
    """A word without its marks; a unit stays one, which people write for other words as well.

    >>> plain("Măng"), plain("kg")
    ('mang', 'kg')
    """
    return word.lower() if word.lower() in _UNITS else fold(word)


def amount_in(text: str) -> tuple[str, str]:
    """How much a text says, and the rest of it.

    >>> amount_in("20 con gà ta"), amount_in("gà ta")
    (('20 con', 'gà ta'), ('', 'gà ta'))
    """
    words = text.split()
    folded = [plain(one) for one in words]
    found = AMOUNT.search(" ".join(folded))
    if found is None or any(not one or " " in one for one in folded):
        return "", text
    first = " ".join(folded)[: found.start()].count(" ")
    last = first + found.group().count(" ") + 1
    return " ".join(words[first:last]), " ".join([*words[:first], *words[last:]])


def near(content: Catalogue, locality: str) -> tuple[str, ...]:
    """The places whose posts are shown to somebody in a place: it, and those of the same province."""
    here = content.localities.get(locality)
    if here is None:
        return (locality,)
    others = (one.id for one in content.localities.values() if one.province.vi == here.province.vi)
    return tuple(dict.fromkeys((locality, *others)))
