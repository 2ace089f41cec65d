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


def load_knowledge(packs_dir: Path | None = None) -> Knowledge:
    """Read the packs. Raises ContentError; a broken pack is never half in use."""
    folder = packs_dir or PACKS_DIR
    content = load_catalogue(folder)
    return Knowledge(content=content, understanding=load_understanding(folder, content.understanding_texts()))
