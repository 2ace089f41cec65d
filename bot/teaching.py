"""What the learning's page takes from the process: the rows of the packs, and the file into which one more goes."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field

from bot.learning import pack_of, place_of
from bot.settings import Settings
from content.catalogue import Catalogue
from content.understanding import learned
from content.understanding.corpus import Corpus
from core.misreadings import Misreading, Proposal


@dataclass(kw_only=True)
class Teaching:
    """See web.console.parts.Teaching."""

    settings: Settings
    content: Catalogue
    _corpus: Corpus | None = field(default=None, repr=False)

    async def corpus(self) -> Corpus:
        """The rows of the packs; read once, which takes seconds, beside everything else. Raises ContentError."""
        if self._corpus is None:
            folders, topics = self.settings.pack_folders, sorted(self.content.topics)
            self._corpus = await asyncio.to_thread(learned.corpus_of, folders, topics)
        return self._corpus

    def going_live(self, one: Misreading, checked: Proposal) -> Callable[[], None]:
        """What writes a row that was checked; the next start learns from it. It raises StorageError, ContentError."""

        def write() -> None:
            file = place_of(self.settings, pack_of(self.content, one.locality))
            row = learned.with_row(learned.read(file), number=one.id, label=checked.label, text=checked.text)
            learned.write(file, row)
            self._corpus = None

        return write
