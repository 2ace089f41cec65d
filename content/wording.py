"""Sentences to people: message ids in gettext catalogues, Vietnamese first, English second."""

import gettext
from functools import cache
from io import BytesIO
from pathlib import Path
from string import Formatter

from core.errors import ContentError

LOCALE_DIR = Path(__file__).parent / "locale"
LANGUAGES = ("vi", "en")


class Wording:
    """All sentences of one language.

    The catalogues are read from their .po files: there is no compiled file that could be older than its source.
    """

    def __init__(self, lang: str, messages: dict[str, str]) -> None:
        self.lang = lang
        self._messages = messages

    def text(self, message_id: str, **values: object) -> str:
        """The sentence with its places filled in.

        Raises ContentError when the sentence does not exist in this language or a place is left empty.
        """
        template = self._messages.get(message_id)
        if template is None:
            raise ContentError(
                f'no sentence "{message_id}"', where=f"locale/{self.lang}", mend="add it to the .po file"
            )
        try:
            return template.format(**values)
        except (KeyError, IndexError) as error:
            raise ContentError(f'sentence "{message_id}" needs {error}', where=f"locale/{self.lang}") from error

    def has(self, message_id: str) -> bool:
        """Whether this language has the sentence."""
        return message_id in self._messages

    def ids(self) -> tuple[str, ...]:
        """All message ids."""
        return tuple(self._messages)

    def template(self, message_id: str) -> str:
        """The sentence with its places still open, for checks."""
        return self._messages[message_id]

    def places(self, message_id: str) -> frozenset[str]:
        """The names of the places to fill in."""
        return frozenset(name for _, name, _, _ in Formatter().parse(self._messages[message_id]) if name)


@cache
def wording(lang: str) -> Wording:
    """The sentences of a language; an unknown one is answered in Vietnamese."""
    lang = lang if lang in LANGUAGES else LANGUAGES[0]
    return Wording(lang, _read(LOCALE_DIR / lang / "LC_MESSAGES" / "chungtay.po"))


def _read(path: Path) -> dict[str, str]:
    # Babel reads .po files; imported here because only the start needs it.
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po

    compiled = BytesIO()
    with path.open("rb") as source:
        write_mo(compiled, read_po(source, abort_invalid=True))
    compiled.seek(0)
    catalog: dict[str, str] = gettext.GNUTranslations(compiled)._catalog  # type: ignore[attr-defined]
    return {key: text for key, text in catalog.items() if key}
