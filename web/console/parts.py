"""What the console's pages are given besides the site's own: handed in by whoever builds the process."""

from dataclasses import dataclass

from content.catalogue import Catalogue
from content.understanding import Understanding
from handlers.signing.gate import Gate


@dataclass(frozen=True, slots=True, kw_only=True)
class Console:
    """The officers' side of a site."""

    gate: Gate
    content: Catalogue
    understanding: Understanding
