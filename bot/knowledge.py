"""What is true and how questions are understood: read once, shared by all."""

from dataclasses import dataclass
from pathlib import Path

import click

from content.catalogue import Catalogue
from content.loader import PACKS_DIR, load_catalogue
from content.understanding import Understanding, load_understanding
from content.understanding.built import PREPARED


@dataclass(frozen=True, kw_only=True)
class Knowledge:
    """The packs, read and checked."""

    content: Catalogue
    understanding: Understanding


def load_knowledge(*folders: Path, models: Path = PREPARED) -> Knowledge:
    """Read the packs, later folders laid over earlier ones; trained models are kept in the folder `models`.

    Raises ContentError; a broken pack is never half in use. Raises StorageError when a model cannot be kept.
    """
    content = load_catalogue(*folders)
    return Knowledge(content=content, understanding=load_understanding(folders or (PACKS_DIR,), models, tell_training))


def tell_training() -> None:
    """Whoever waits for a minute should know what for."""
    click.echo("the packs have changed: the understanding is trained, about a minute ...", err=True)
