"""What `core.papers` says, as files. The heavy libraries are imported where one is made."""

from bot.papers.making import TypesetPapers

__all__ = ["TypesetPapers"]
