"""What both progress displays share: something that is drawn again and again in a terminal, and nowhere else."""

from __future__ import annotations

from abc import ABC, abstractmethod
from types import TracebackType
from typing import TYPE_CHECKING, Self

from rich.live import Live
from rich.progress_bar import ProgressBar
from rich.table import Table

if TYPE_CHECKING:
    from rich.console import Console, RenderableType

MOST_WORKERS = 12  # lines


class Display(ABC):
    """Drawn while it is entered, where the console is a terminal and nobody asked for quiet. `lines`: there is no
    terminal, so each event may have a line of its own."""

    def __init__(self, console: Console, *, quiet: bool = False) -> None:
        self.lines = not quiet and not console.is_terminal
        self._console = None if quiet or self.lines else console
        self._live: Live | None = None

    @abstractmethod
    def _render(self) -> RenderableType: ...

    def __enter__(self) -> Self:
        if self._console:  # only now: it is drawn as soon as there is one
            self._live = Live(console=self._console, get_renderable=self._render, transient=True)
            self._live.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._live:
            self._live.stop()


def bar(done: int, total: int) -> Table:
    """A bar, and `3 of 20` beside it."""
    row = Table.grid(padding=(0, 1))
    row.add_row(ProgressBar(total=max(1, total), completed=done, width=32), f"{done} of {total}")
    return row
