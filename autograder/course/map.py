"""The map of a course as a picture: a box for every topic, and lines from what it needs. Plain SVG for a README.

Topics stand in rows: each one row below the last of what it needs. Lines that follow from others are left out, and the
boxes of a row are put in order so that lines cross little (the barycentre heuristic of Sugiyama's layered drawing).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import escape

from autograder.model.course import Topic

_WIDTH, _HEIGHT, _GAP_X, _GAP_Y, _MARGIN = 188, 40, 16, 30, 14  # pixels
_CHARACTERS = 24  # of a title in a box; Chinese ones are twice as wide
_ROUNDS = 24  # sweeps down and up
_STYLE = """
  svg { color-scheme: light dark; font: 12px system-ui, sans-serif; }
  rect { fill: #fff; stroke: #9aa3ab; } text { fill: #1c2226; } .n { fill: #6b757d; }
  path { fill: none; stroke: #9aa3ab; stroke-width: 1.3; }
  @media (prefers-color-scheme: dark) {
    rect { fill: #1b1f23; stroke: #5c666e; } text { fill: #e3e6e8; } .n { fill: #98a2aa; } path { stroke: #5c666e; }
  }
"""


@dataclass(frozen=True, slots=True)
class _Place:
    x: float
    y: float


def course_map(title: str, topics: Sequence[Topic], language: str = "en") -> str:
    """The SVG document; topics a topic needs but that are not in the course are left out."""
    needs = _direct({topic.slug: _known(topic, topics) for topic in topics})
    rows, links = _with_bends(_rows([topic.slug for topic in topics], needs), needs)
    places, width = _places(rows, links)
    height = 2 * _MARGIN + len(rows) * (_HEIGHT + _GAP_Y) - _GAP_Y
    lines = [_line(places[above], places[under]) for under, own in links.items() for above in own]
    lines += [_through(places[bend]) for bend in links if _is_bend(bend)]
    boxes = [_box(topic, places[topic.slug], language) for topic in topics]
    head = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:g} {height:g}" width="{width:g}" role="img">'
    return "\n".join(
        [head, f"<title>{escape(title)}</title>", f"<style>{_STYLE}</style>", *lines, *boxes, "</svg>", ""]
    )


def _known(topic: Topic, topics: Sequence[Topic]) -> list[str]:
    slugs = [one.slug for one in topics]
    before = set(slugs[: slugs.index(topic.slug)])
    return [need for need in topic.needs if need in before]


def _direct(needs: Mapping[str, list[str]]) -> dict[str, list[str]]:
    """Without what is needed anyway, because something else that is needed needs it."""
    behind: dict[str, set[str]] = {}
    for slug, own in needs.items():  # in the order of the course: what is needed comes first
        behind[slug] = {other for need in own for other in (need, *behind[need])}
    return {
        slug: [need for need in own if not any(need in behind[other] for other in own)] for slug, own in needs.items()
    }


def _rows(slugs: Sequence[str], needs: Mapping[str, list[str]]) -> list[list[str]]:
    level: dict[str, int] = {}
    for slug in slugs:
        level[slug] = 1 + max((level[need] for need in needs[slug]), default=-1)
    rows: list[list[str]] = [[] for _ in range(max(level.values(), default=-1) + 1)]
    for slug in slugs:
        rows[level[slug]].append(slug)
    return rows


def _with_bends(rows: list[list[str]], needs: Mapping[str, list[str]]) -> tuple[list[list[str]], dict[str, list[str]]]:
    """The same rows with a place for every line that passes through them, and who is linked with whom in the row
    above. Lines from one topic share their places."""
    level = {slug: number for number, row in enumerate(rows) for slug in row}
    whole, links = [list(row) for row in rows], {slug: list[str]() for slug in needs}
    for slug, own in needs.items():
        for need in own:
            above = need
            for number in range(level[need] + 1, level[slug]):
                bend = f"{need}>{number}"
                if bend not in links:
                    whole[number].append(bend)
                    links[bend] = [above]
                above = bend
            links[slug].append(above)
    return whole, links


def _is_bend(name: str) -> bool:
    return ">" in name


def _width(name: str) -> float:
    return _GAP_X if _is_bend(name) else _WIDTH


def _places(rows: list[list[str]], links: Mapping[str, list[str]]) -> tuple[dict[str, _Place], float]:
    """Where everything has its middle, and how wide the picture is."""
    below: dict[str, list[str]] = {name: [] for name in links}
    for name, own in links.items():
        for above in own:
            below[above].append(name)
    x = {name: middle for row in rows for name, middle in _spread(row)}
    for turn in range(_ROUNDS):
        for row in rows if turn % 2 == 0 else reversed(rows):
            near = links if turn % 2 == 0 else below
            row.sort(key=lambda name: sum(x[one] for one in near[name]) / len(near[name]) if near[name] else x[name])
            x |= dict(_spread(row))
    left = min((x[name] - _width(name) / 2 for name in x), default=0) - _MARGIN
    right = max((x[name] + _width(name) / 2 for name in x), default=0) + _MARGIN
    return {
        name: _Place(x[name] - left, _MARGIN + _HEIGHT / 2 + number * (_HEIGHT + _GAP_Y))
        for number, row in enumerate(rows)
        for name in row
    }, right - left


def _spread(row: Sequence[str]) -> Iterator[tuple[str, float]]:
    """The middles of a row's places, side by side around 0."""
    start = -(sum(map(_width, row)) + _GAP_X * (len(row) - 1)) / 2
    for name in row:
        yield name, start + _width(name) / 2
        start += _width(name) + _GAP_X


def _through(place: _Place) -> str:
    return f'<path d="M{place.x:g} {place.y - _HEIGHT / 2:g} V{place.y + _HEIGHT / 2:g}"/>'


def _line(above: _Place, under: _Place) -> str:
    start, end = above.y + _HEIGHT / 2, under.y - _HEIGHT / 2
    middle = (start + end) / 2
    return f'<path d="M{above.x:g} {start:g} C{above.x:g} {middle:g} {under.x:g} {middle:g} {under.x:g} {end:g}"/>'


def _box(topic: Topic, place: _Place, language: str) -> str:
    left, top = place.x - _WIDTH / 2, place.y - _HEIGHT / 2
    title = escape(_short(topic.title.to(language)))
    return (
        f'<rect x="{left:g}" y="{top:g}" width="{_WIDTH}" height="{_HEIGHT}" rx="7"/>'
        f'<text x="{left + 9:g}" y="{place.y - 4:g}" class="n">{topic.number:02} {escape(topic.slug)}</text>'
        f'<text x="{left + 9:g}" y="{place.y + 12:g}">{title}</text>'
    )


def _short(title: str) -> str:
    width, kept = 0, ""
    for letter in title:
        width += 1 if ord(letter) < 0x2E80 else 2
        if width > _CHARACTERS:
            return kept.rstrip(" ,:") + "…"
        kept += letter
    return kept
