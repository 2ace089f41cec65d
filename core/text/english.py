"""Whether a message is written in English."""

from core.text.folding import fold
from core.text.lists import words
from core.text.syllables import is_syllable

# Common English words that are no Vietnamese syllable without marks ("can", "do", "to", "in", "me" are).
_COMMON = words(
    """
    about afraid after again all already also and any anybody anyone are baby beat because been before but
    cannot child children come could day did does dont english every everyone everything family father fire
    first flood food for free from give good got had has have health hello help her here him his house how
    hungry husband i its job just kids knife know last learn live lives long lost make many may mean mom money
    month more mother much must my name near need never new next not now office officer old one only other our
    out paper papers pay people please poor question school send she should sick some somebody someone something
    speak still take tell thank thanks that the their them then there these they thing this today tomorrow use
    very village visit want was water way week well were what when where which who whom whose why wife will with
    without woman work would write year years yes you your
    """
)
_SHORTEST = 3  # words
_FOR_SURE = 2  # of those words
_OURS = 2  # words with marks, names left aside, that make a message Vietnamese with English in it


def in_english(text: str) -> bool:
    """Whether a message of a few words is English: rather not, than Vietnamese taken for it.

    >>> in_english("Hello, how can poor family get health card?"), in_english("may tinh the nao")
    (True, False)
    >>> in_english("I want job gần nhà please"), in_english("I live in Đăk Cấm, what help is there")
    (False, True)
    """
    if sum(word.islower() and not word.isascii() and is_syllable(fold(word)) for word in text.split()) >= _OURS:
        return False
    said = "".join(sign if sign.isalpha() else " " for sign in text.lower().replace("'", "")).split()
    sure = sum(word in _COMMON for word in said)
    foreign = sum(word.isascii() and (word in _COMMON or not is_syllable(fold(word))) for word in said)
    return len(said) >= _SHORTEST and sure >= _FOR_SURE and foreign * 2 > len(said)
