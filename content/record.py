"""What all models of packs are built from: strict records, ids and texts in both languages."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, StringConstraints

Id = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]
FigureId = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+([.-][a-z0-9]+)*$")]
Words = Annotated[str, StringConstraints(min_length=1, strip_whitespace=True)]


class Record(BaseModel):
    """The base of all models: what is not named here is an error, and nothing changes after loading."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Text(Record):
    """What a citizen reads, in both languages."""

    vi: Words
    en: Words

    def get(self, lang: str) -> str:
        """The text in a language; anything but "en" gives Vietnamese."""
        return self.en if lang == "en" else self.vi
