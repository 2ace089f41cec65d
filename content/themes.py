"""Faults of `themes.yaml` of the national pack: what people choose or stop of the notices."""

from collections.abc import Iterator

from content.cardtexts import name_faults
from content.faults import Fault
from content.library import Folder, Library
from content.voice import TextKind


def theme_faults(folder: Folder, library: Library) -> Iterator[Fault]:
    """Topics that are in no theme or in two, words that two have, names that read badly."""
    taken: dict[str, str] = {}
    topics = library.topics()
    for item in folder.themes:
        yield from name_faults(item, ("button",), item.value.button, TextKind.BUTTON)
        for index, topic in enumerate(item.value.topics):
            if topic not in topics:
                yield item.fault(("topics", index), f'no topic "{topic}"', "see topics.yaml")
            elif topic in taken:
                yield item.fault(("topics", index), f'"{topic}" is in "{taken[topic]}" too', "leave it in one")
            taken.setdefault(topic, item.value.id)
        for word in item.value.folded:
            if taken.setdefault(f"word {word}", item.value.id) != item.value.id:
                yield item.fault(("words",), f'"{word}" is a word of "{taken[f"word {word}"]}"', "leave it in one")
    for name in topics:
        if folder.themes and name not in taken:
            yield folder.themes[-1].fault(("topics",), f'"{name}" is in no theme', "put it into one")
