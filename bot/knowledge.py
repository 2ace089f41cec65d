"""What is true and how questions are understood: read once, shared by all."""

from dataclasses import dataclass
from pathlib import Path

from content.catalogue import Catalogue
from content.loader import PACKS_DIR, load_catalogue
from content.understanding import Understanding, load_understanding


@dataclass(frozen=True, kw_only=True)
class Knowledge:
    """The packs, read and checked."""

    content: Catalogue
    understanding: Understanding


def load_knowledge(*folders: Path) -> Knowledge:
    """Read the packs, later folders laid over earlier ones. Raises ContentError; a broken pack is never half in use."""
    content = load_catalogue(*folders)
    examples = folders[0] if folders else PACKS_DIR
    return Knowledge(content=content, understanding=load_understanding(examples, content.understanding_texts()))
