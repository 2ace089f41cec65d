"""Faults of ready-made posts: what they rest on, how they read, and days that fit."""

from collections.abc import Iterator
from typing import Any

from content.cardtexts import TextCheck, name_faults
from content.faults import Fault
from content.library import Folder, Library, Placed
from content.series.schema import OwnLine, Post, Series
from content.voice import TextKind

LONGEST = 260  # characters as written: with its source, and what the place adds, a post is one small screen (voice K1)
TOGETHER = 320  # the same with the line that a place adds


def series_faults(folder: Folder, library: Library) -> Iterator[Fault]:
    """Every fault of the posts of a pack, and of what a place adds to posts."""
    for item in folder.series:
        if item.file.name.rpartition("/")[2] != f"{item.value.id}.yaml":
            yield item.fault(("id",), "is not the name of the file", f'name the file "{item.value.id}.yaml"')
        yield from name_faults(item, ("title",), item.value.title, TextKind.TITLE)
        yield from _twice(item)
        for index, post in enumerate(item.value.posts):
            yield from _post(item, index, post, folder.name, library)
    yield from _own_lines(folder, library)


def _twice(item: Placed[Series]) -> Iterator[Fault]:
    ids = [post.id for post in item.value.posts]
    for index, name in enumerate(ids):
        if name in ids[:index]:
            yield item.fault(("posts", index, "id"), f'another post is called "{name}"', "choose another id")


def _post(item: Placed[Series], index: int, post: Post, pack: str, library: Library) -> Iterator[Fault]:
    here: tuple[str | int, ...] = ("posts", index)
    topics, policy = library.topics(), library.policies(pack).get(post.topic)
    if policy is None:
        yield item.fault((*here, "topic"), f'no card about "{post.topic}"', "use a topic that has a card")
        return
    known = library.sources()
    for number, name in enumerate(post.sources):
        if name not in known:
            yield item.fault((*here, "sources", number), f'no source "{name}"', "add it to sources.yaml")
    yield from name_faults(item, (*here, "title"), post.title, TextKind.TITLE)
    yield from TextCheck(item, policy, topics, library.figures(pack)).line(here, post, TextKind.LINE)
    for lang in ("vi", "en"):
        if len(post.text.get(lang)) > LONGEST:
            what = f"{len(post.text.get(lang))} characters, at most {LONGEST}"
            yield item.fault((*here, "text", lang), what, "say less, or make two posts of it")


def _own_lines(folder: Folder, library: Library) -> Iterator[Fault]:
    series: dict[str, Any] = library.series(folder.name)
    for item in folder.own_lines:
        one = item.value
        if one.series not in series:
            yield item.fault(("series",), f'no series "{one.series}"', "use one of: " + ", ".join(sorted(series)))
        elif one.post not in {post.id for post in series[one.series].posts}:
            yield item.fault(("post",), f'"{one.series}" has no post "{one.post}"', "see: chungtay series show")
        else:
            yield from _too_long_together(item, series[one.series].post(one.post))


def _too_long_together(item: Placed[OwnLine], post: Post) -> Iterator[Fault]:
    for lang in ("vi", "en"):
        length = len(post.text.get(lang)) + 1 + len(item.value.text.get(lang))
        if length > TOGETHER:
            what = f"with its post {length} characters, at most {TOGETHER}"
            yield item.fault(("text", lang), what, "say less")
