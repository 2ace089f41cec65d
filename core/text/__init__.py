"""The one Vietnamese normaliser: what people type, as it is kept, compared, and read for money, ages and days.

`clean` is the text as it is stored, `fold` the key under which texts are compared, `sounds` the key of what is spoken
alike. `amounts`, `ages` and `dates` read what stands in a text. All run in time linear in the length of the text, and
never raise.
"""

from core.text.age import Age, Unit, ages
from core.text.characters import clean, typed_words
from core.text.days import Days, LunarDay, dates
from core.text.english import in_english
from core.text.folding import fold, fold_ours, same_words
from core.text.money import Amount, amounts
from core.text.sounding import sounds
from core.text.syllables import is_syllable

__all__ = [
    "Age",
    "Amount",
    "Days",
    "LunarDay",
    "Unit",
    "ages",
    "amounts",
    "clean",
    "dates",
    "fold",
    "fold_ours",
    "in_english",
    "is_syllable",
    "same_words",
    "sounds",
    "typed_words",
]
