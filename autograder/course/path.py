"""The way through a course as a tree: every topic below the one that comes last among those it needs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from autograder.model.course import Topic


@dataclass(frozen=True, slots=True)
class Stop:
    """One topic on the way. `depth` is 0 on the trunk; a branch is one deeper than where it leaves. `also` are the
    topics it needs beside the one it hangs on."""

    topic: Topic
    depth: int
    also: tuple[str, ...] = ()


def way(topics: Sequence[Topic]) -> Iterator[Stop]:
    """Every topic once, each after the one it hangs on. Where the way forks, the branch with most topics goes on at the
    same depth, after the others; so a chain stays straight and the depth says how many branches one is away."""
    place = {topic.slug: number for number, topic in enumerate(topics)}
    parent = {topic.slug: max(_known(topic, place), key=lambda slug: place[slug], default="") for topic in topics}
    children: dict[str, list[str]] = {"": []}
    for topic in topics:
        children.setdefault(topic.slug, [])
        children.setdefault(parent[topic.slug], []).append(topic.slug)
    size: dict[str, int] = {}
    for topic in reversed(topics):  # what a topic needs stands before it
        size[topic.slug] = 1 + sum(size.get(child, 1) for child in children[topic.slug])
    waiting = [(slug, 0) for slug in reversed(children[""])]
    while waiting:
        slug, depth = waiting.pop()
        topic = topics[place[slug]]
        yield Stop(topic, depth, tuple(one for one in _known(topic, place) if one != parent[slug]))
        own = children[slug]
        trunk = max(own, key=lambda child: (size[child], place[child]), default="")
        waiting += [(trunk, depth)] if trunk else []
        waiting += [(child, depth + 1) for child in reversed(own) if child != trunk]


def _known(topic: Topic, place: dict[str, int]) -> list[str]:
    """What it needs, of what stands before it: a course that is read at a glance may hold anything."""
    return [slug for slug in topic.needs if slug in place and place[slug] < place[topic.slug]]
