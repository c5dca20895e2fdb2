"""Pictures of a student's result: learning curves, points and boundaries, matrices, surfaces with a path.

A check asks for the fixture `picture` and draws what it has fetched:

    def test_fit_learns(submission, picture):
        losses = submission.fit(X, y)
        picture.lines("learning-curve", {"training": losses}, en="The loss falls.", zh="损失下降。", x="epoch")

Drawing happens on the grader's side with Matplotlib. It never decides anything: numbers that can't be drawn give no
picture, and where Matplotlib is not installed there is only the name of one. Words inside a picture are few and plain,
for Matplotlib's own font has no Chinese characters; the sentence below it is in both languages.
"""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import numpy as np

from autograder.model.picture import Picture
from autograder.model.text import Text

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.axis import Axis

MOST = 4  # pictures of one check
MOST_NUMBERS = 100_000  # of one series or matrix
WIDTH, HEIGHT = 480, 300  # pixels, as it is shown
SCALE = 2  # pixels of the file for each of them
_NAME = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_GREY = "#7d838c"  # readable on white and on black, for the background is transparent
_COLOURS = ("#2f7fd1", "#e0792b", "#2e9e6b", "#b45bc4", "#c9a227", "#d1495b")


class Pictures:
    """What one check has drawn; the fixture `picture`. Nothing is drawn if nobody will look (`wanted` is False)."""

    def __init__(self, wanted: bool = True) -> None:
        self._wanted = wanted
        self.drawn: list[Picture] = []

    def lines(  # noqa: PLR0913  # one keyword per thing that may be said about the axes
        self,
        name: str,
        series: Mapping[str, Any],
        *,
        en: str,
        zh: str,
        x: str = "",
        y: str = "",
        log: str = "",
        equal: bool = False,
    ) -> None:
        """Curves over 0, 1, 2, ... by their labels, or over `(xs, ys)` where a value is a pair.

        The axes named in `log` ("x", "y" or "xy") are logarithmic; what is not positive is a gap there. With `equal` a
        circle looks like a circle.
        """

        def draw(axes: Axes) -> None:
            for (label, values), colour in zip(series.items(), _colours(), strict=False):
                xs, ys = _pair(values)
                xs, ys = _loggable(xs, "x" in log), _loggable(ys, "y" in log)
                axes.plot(xs, ys, color=colour, label=label, linewidth=1.6)
            if not any(isinstance(values, tuple) for values in series.values()):
                _whole(axes.xaxis)
            for side in log:
                axes.set(**{f"{side}scale": "log"})
            if equal:
                axes.set_aspect("equal", "datalim")
            _labelled(axes, x, y, legend=len(series) > 1)

        self._add(name, Text(en, zh), draw)

    def points(  # noqa: PLR0913  # one keyword per thing that may be shown
        self,
        name: str,
        points: Any,
        labels: Any,
        *,
        en: str,
        zh: str,
        region: Any = None,
        extent: tuple[float, float, float, float] | None = None,
    ) -> None:
        """Points [n, 2] coloured by `labels` [n] int, over a `region` [rows, columns] of predicted labels that covers
        `extent` = (x from, x to, y from, y to), its first row at the smallest y: a decision boundary."""

        def draw(axes: Axes) -> None:
            place, kind = _numbers(points, 2), np.nan_to_num(_numbers(labels, 1)).astype(int)
            if region is not None:
                from matplotlib.colors import ListedColormap

                shown = ListedColormap(_COLOURS)(np.nan_to_num(_numbers(region, 2)).astype(int) % len(_COLOURS))
                axes.imshow(shown, extent=extent, origin="lower", aspect="auto", alpha=0.25, interpolation="nearest")
            for label in np.unique(kind):
                chosen = place[kind == label]
                axes.scatter(chosen[:, 0], chosen[:, 1], s=9, color=_COLOURS[label % len(_COLOURS)], linewidths=0)

        self._add(name, Text(en, zh), draw)

    def matrix(  # noqa: PLR0913  # one keyword per thing that may be said about the axes
        self,
        name: str,
        values: Any,
        *,
        en: str,
        zh: str,
        x: str = "",
        y: str = "",
        rows: Sequence[str] = (),
        columns: Sequence[str] = (),
        equal: bool = False,
    ) -> None:
        """A matrix [rows, columns] as colours, first row on top: an attention map, a filter, a receptive field.

        `rows` and `columns` are written beside and below it in place of numbers. With `equal` each entry is a square.
        """

        def draw(axes: Axes) -> None:
            shown = axes.imshow(_numbers(values, 2), cmap="viridis", interpolation="nearest")
            axes.set_aspect("equal" if equal else "auto")
            _whole(axes.xaxis)
            _whole(axes.yaxis)
            if rows:
                axes.set_yticks(range(len(rows)), rows)
            if columns:
                axes.set_xticks(range(len(columns)), columns)
            bar = axes.figure.colorbar(shown, ax=axes, fraction=0.05, pad=0.03)
            bar.ax.tick_params(colors=_GREY, labelsize=8)
            bar.outline.set_visible(False)
            _labelled(axes, x, y)

        self._add(name, Text(en, zh), draw)

    def images(self, name: str, values: Any, *, en: str, zh: str, columns: int = 8) -> None:
        """Images [n, height, width] side by side in grey: digits, filters, feature maps."""

        def draw(axes: Axes) -> None:
            pictures = _numbers(values, 3)
            n, height, width = pictures.shape
            rows = -(-n // columns)
            sheet = np.full((rows * (height + 1), min(n, columns) * (width + 1)), np.nan)
            for place, one in enumerate(pictures):
                top, left = place // columns * (height + 1), place % columns * (width + 1)
                span = np.ptp(one) or 1.0
                sheet[top : top + height, left : left + width] = (one - one.min()) / span
            axes.imshow(sheet, cmap="gray", interpolation="nearest")
            axes.set_axis_off()

        self._add(name, Text(en, zh), draw)

    def surface(  # noqa: PLR0913  # one keyword per thing that may be shown
        self,
        name: str,
        heights: Any,
        extent: tuple[float, float, float, float],
        paths: Mapping[str, Any],
        *,
        en: str,
        zh: str,
        x: str = "",
        y: str = "",
    ) -> None:
        """Level lines of `heights` [rows, columns] over `extent` = (x from, x to, y from, y to), its first row at the
        smallest y, and paths [n, 2] on it by their labels: a loss surface and who went down it how."""

        def draw(axes: Axes) -> None:
            axes.contour(_numbers(heights, 2), levels=18, extent=extent, colors=_GREY, linewidths=0.6, alpha=0.6)
            for (label, path), colour in zip(paths.items(), _colours(), strict=False):
                steps = _numbers(path, 2)
                axes.plot(steps[:, 0], steps[:, 1], ".-", color=colour, label=label, linewidth=1.2, markersize=3)
            axes.set_xlim(extent[:2])
            axes.set_ylim(extent[2:])
            _labelled(axes, x, y, legend=bool(paths))

        self._add(name, Text(en, zh), draw)

    def _add(self, name: str, title: Text, draw: Callable[[Axes], None]) -> None:
        if not _NAME.fullmatch(name) or not title.zh:
            raise ValueError(
                f"a picture's name is letters, digits and hyphens, and its sentence is in en and zh: {name!r}"
            )
        if not self._wanted or len(self.drawn) >= MOST or any(picture.name == name for picture in self.drawn):
            return
        try:
            png = _png(draw)
        except (ValueError, TypeError, IndexError, OverflowError):  # numbers that Matplotlib can't make anything of
            return
        self.drawn.append(Picture(name, title, png, WIDTH, HEIGHT))


class _NotDrawable(ValueError):
    """Not numbers, too many of them, or not of this shape."""


def _numbers(values: Any, dimensions: int) -> np.ndarray:
    """The values as float64 of that many dimensions, infinities and huge numbers as gaps."""
    try:
        raw = np.asarray(values.detach() if hasattr(values, "detach") else values)
        found = raw.real.astype(np.float64)
    except (TypeError, ValueError, RuntimeError, OverflowError):
        raise _NotDrawable from None
    fits = found.ndim == dimensions and 0 < found.size <= MOST_NUMBERS
    if np.iscomplexobj(raw) or not fits or not np.isfinite(found).any():
        raise _NotDrawable
    return np.where(np.abs(found) < 1e30, found, np.nan)


def _pair(values: Any) -> tuple[np.ndarray, np.ndarray]:
    if isinstance(values, tuple) and len(values) == 2:
        xs, ys = _numbers(values[0], 1), _numbers(values[1], 1)
        if len(xs) != len(ys):
            raise _NotDrawable
        return xs, ys
    ys = _numbers(values, 1)
    return np.arange(len(ys)), ys


def _loggable(values: np.ndarray, wanted: bool) -> np.ndarray:
    """With gaps where there is no logarithm, if that is wanted."""
    return np.where(values > 0, values, np.nan) if wanted else values


def _colours() -> Iterator[str]:
    while True:
        yield from _COLOURS


def _whole(axis: Axis) -> None:
    """Only whole numbers beside it: there is nothing between one row, or step, and the next."""
    from matplotlib.ticker import MaxNLocator

    axis.set_major_locator(MaxNLocator(integer=True))


def _labelled(axes: Axes, x: str, y: str, *, legend: bool = False) -> None:
    axes.set_xlabel(x, color=_GREY, fontsize=9)
    axes.set_ylabel(y, color=_GREY, fontsize=9)
    if legend:
        axes.legend(frameon=False, fontsize=8, labelcolor=_GREY)


def _png(draw: Callable[[Axes], None]) -> bytes:
    """Empty if Matplotlib is not installed."""
    try:
        from matplotlib.figure import Figure
    except ImportError:
        return b""
    with _quiet():
        figure = Figure(figsize=(WIDTH / 100, HEIGHT / 100), dpi=100 * SCALE, layout="constrained")
        axes = figure.add_subplot()
        axes.tick_params(colors=_GREY, labelsize=8)
        for side, spine in axes.spines.items():
            spine.set_visible(side in ("left", "bottom"))
            spine.set_color(_GREY)
        draw(axes)
        out = io.BytesIO()
        figure.savefig(out, format="png", transparent=True, metadata={"Software": None})
    return _small(out.getvalue())


@contextmanager
def _quiet() -> Iterator[None]:
    """Warnings about what a student's numbers look like are nobody's concern."""
    import warnings

    with warnings.catch_warnings(), np.errstate(all="ignore"):
        warnings.simplefilter("ignore")
        yield


def _small(png: bytes) -> bytes:
    """The same picture with a palette: a third of the bytes. Pillow comes with Matplotlib."""
    from PIL import Image

    out = io.BytesIO()
    Image.open(io.BytesIO(png)).quantize(128, Image.Quantize.FASTOCTREE).save(out, "PNG", optimize=True)
    return out.getvalue()
