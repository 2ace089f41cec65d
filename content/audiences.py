"""To whom a notice goes, in words that officers read."""

from content.catalogue import Catalogue
from content.wording import Wording
from core.audience import AllOf, AnyOf, Audience, Field, Is, Not
from core.text import fold


def audience_lines(content: Catalogue, words: Wording, audience: Audience) -> list[str]:
    """To whom it goes: lines that all hold."""
    match audience:
        case AllOf(parts):
            return [line for one in parts for line in audience_lines(content, words, one)]
        case AnyOf(parts):
            said = "; ".join(", ".join(audience_lines(content, words, one)) for one in parts)
            return [words.text("console.audience.any", parts=said)]
        case Not(part):
            return [words.text("console.audience.not", part=", ".join(audience_lines(content, words, part)))]
        case Is(which, values):
            named = dict.fromkeys(_named(content, words, which, value) for value in values)
            heard = {fold(one): one for one in reversed(named)}  # one hamlet may be there in several spellings
            shown = ", ".join(sorted(heard.values()))
            name = words.text(f"console.audience.{which.name.lower()}")
            return [words.text("console.audience.is", name=name, values=shown)]


def _named(content: Catalogue, words: Wording, which: Field, value: str) -> str:
    if which is Field.LOCALITY:
        known = content.localities.get(value)
        return known.place.vi if known else value
    if which is Field.STATUS:
        return words.text(f"console.status.{value}")
    return topic_title(content, words, value) if which is Field.TOPIC else value


def topic_title(content: Catalogue, words: Wording, topic: str) -> str:
    """A topic's name; its id where no pack has it any more."""
    known = content.topics.get(topic)
    return known.title.get(words.lang) if known else topic
