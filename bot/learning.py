"""A row tried before it goes live: the model with it, beside the model of today."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from bot.settings import Settings
from content.catalogue import Catalogue
from content.understanding import learned
from content.understanding.built import adopt, fingerprint, model_of, trained
from content.understanding.corpus import Corpus
from content.understanding.effect import Change, changed, changes
from content.understanding.model import Measured
from content.understanding.reader import Reader
from core.errors import StorageError
from core.misreadings import Misreading, Proposal


@dataclass(frozen=True, kw_only=True)
class Trial:
    """What a row would change, and the files with which it goes live."""

    settings: Settings
    words: Sequence[Change]  # the row itself, and the person's words where they are others
    before: Measured
    after: Measured
    rows: int  # of the packs
    otherwise: Sequence[Change]  # of those, read otherwise
    based_on: str  # the fingerprint of the packs
    file: Path
    content: bytes
    model: Path

    def go_live(self) -> None:
        """Write the row, and keep the model for the next start.

        Raises StorageError where the packs have changed since, or where the row cannot be written.
        """
        if fingerprint(self.settings.pack_folders) != self.based_on:
            mend = "nothing was written: run it again"
            raise StorageError("the packs have changed since the trial", where=str(self.file), mend=mend)
        learned.write(self.file, self.content)
        with suppress(StorageError):  # the row counts: without the model the next start trains it anew
            adopt(self.model, self.settings.pack_folders)


def pack_of(catalogue: Catalogue, locality: str | None) -> str:
    """The pack that learns from the words of a locality: its own, or that of the whole country."""
    return locality if locality and locality in catalogue.localities else catalogue.national


def place_of(settings: Settings, pack: str) -> Path:
    """The file of that pack into which rows are written."""
    return settings.data_dir / "packs" / pack / learned.FILE


@contextmanager
def tried(settings: Settings, corpus: Corpus, proposal: Proposal, one: Misreading, *, pack: str) -> Iterator[Trial]:
    """Train with the row added; what was trained is gone afterwards unless it went live.

    Raises ContentError when the packs are wrong, StorageError when something cannot be written.
    """
    folders, based_on = settings.pack_folders, fingerprint(settings.pack_folders)
    before = model_of(folders, settings.models)
    file = place_of(settings, pack)
    content = learned.with_row(learned.read(file), number=one.id, label=proposal.label, text=proposal.text)
    model = settings.models / f"trial-{one.id}.npz"
    with TemporaryDirectory(prefix="chungtay-") as staged:
        learned.write(Path(staged) / pack / learned.FILE, content)
        try:
            after = trained((*folders, Path(staged)), model)
            today, then = Reader(before), Reader(after)
            yield Trial(
                settings=settings,
                words=[changed(today, then, text) for text in dict.fromkeys((proposal.text, one.text))],
                before=before.measured,
                after=after.measured,
                rows=len(corpus.utterances),
                otherwise=changes(today, then, corpus),
                based_on=based_on,
                file=file,
                content=content,
                model=model,
            )
        finally:
            model.unlink(missing_ok=True)
