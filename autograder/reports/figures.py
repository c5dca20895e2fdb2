"""Numbers as every report shows them. One place, so that table, page, CSV and JSON can't differ."""

from __future__ import annotations

from datetime import datetime, timedelta


def rounded(value: float) -> float:
    """Points as they are reported: two decimals, and no negative zero."""
    return round(value, 2) + 0.0


def points(value: float | None) -> str:
    """`87.5`, `100`, `66.67`; nothing for a score that does not exist (yet)."""
    if value is None:
        return ""
    text = f"{rounded(value):.2f}"
    return text.rstrip("0").rstrip(".")


def percent(share: float | None) -> str:
    """A share of 0..1 as percent with at most one decimal, without the sign; nothing for None."""
    return "" if share is None else f"{rounded_percent(share):g}"


def rounded_percent(share: float) -> float:
    """A share of 0..1 as percent, as it is reported: one decimal, and no negative zero."""
    return round(100 * share, 1) + 0.0


def figure(value: float) -> str:
    """A measured number with four significant digits: `0.9573`, `12.31`, `nan`."""
    return f"{value:.4g}"


def seconds(value: float) -> str:
    if value < 0.9995:
        return f"{1000 * value:.0f} ms"
    if value < 99.95:
        return f"{value:.3g} s"
    if value < 3600:
        return f"{int(value) // 60} min {int(value) % 60:02d} s"
    return f"{int(value) // 3600} h {int(value) % 3600 // 60:02d} min"


def moment(at: datetime | None) -> str:
    """`2026-03-01 21:14 UTC+08:00`: the minute, and the zone it is meant in."""
    if at is None:
        return ""
    offset = at.utcoffset()
    if offset is None:
        return f"{at:%Y-%m-%d %H:%M}"
    return f"{at:%Y-%m-%d %H:%M} UTC" + (f"{at:%z}"[:3] + ":" + f"{at:%z}"[3:5] if offset != timedelta(0) else "")


def size(count: int) -> str:
    """Bytes for people: `812 B`, `12.4 KiB`."""
    if count < 1024:
        return f"{count} B"
    return f"{count / 1024:.1f} KiB" if count < 1024**2 else f"{count / 1024**2:.1f} MiB"
