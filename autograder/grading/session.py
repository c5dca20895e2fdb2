"""The checks of one topic, collected once and run item by item for every submission.

A pytest session costs tens of milliseconds to start and collect; running its items again costs almost nothing. So the
session stays open: fixtures, parametrize and marks are pytest's own, only the loop is ours.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from _pytest.config import Config, _prepareconfig
from _pytest.runner import runtestprotocol

from autograder.errors import AutograderError
from autograder.model.job import TopicSpec
from autograder.pytest_plugin import Case, CheckItem, GraderPlugin, Seat

# Plugins that cost time in every session or every check and have nothing to do here. The first two collect garbage five
# times at the end of a session: 0.6 s with torch loaded.
_WITHOUT = ("unraisableexception", "threadexception", "faulthandler", "cacheprovider", "logging", "doctest")
_OPTIONS = (
    *("-q", "-s", "-c", "/dev/null", "--noconftest", "--disable-plugin-autoload"),
    *("--import-mode=importlib", "--strict-markers"),
)


class CheckSession:
    """An open pytest session over the visible and hidden checks of a topic."""

    def __init__(self, topic: TopicSpec) -> None:
        files = [path for path in (topic.visible, *topic.hidden) if path]
        self.plugin = GraderPlugin(topic.hidden)
        beside = {str(Path(path).parent) for path in topic.hidden} - set(sys.path)
        sys.path.extend(beside)  # where the module is that they share
        options = [*_OPTIONS, *(part for name in _WITHOUT for part in ("-p", f"no:{name}"))]
        self._config = _prepareconfig([*options, "--rootdir", "/", *files], [self.plugin])
        self._config.addinivalue_line("markers", "check(id, hint, zh, needs, weight, cpu_s, wall_s): a check")
        self.checks = self._collect(self._config)
        known = {task.name for task in topic.tasks}
        for check in self.checks:
            if check.mark.task not in known:
                raise AutograderError(f"check {check.mark.id} belongs to no task of {topic.slug}", now="mend its id")
        if not self.checks:
            raise AutograderError(f"{topic.slug} has no checks", now="write some: see docs/authors.md")

    def _collect(self, config: Config) -> tuple[CheckItem, ...]:
        terminal = config.pluginmanager.get_plugin("terminal")
        config.pluginmanager.unregister(terminal)
        config._do_configure()
        reporter = config.pluginmanager.get_plugin("terminalreporter")
        if reporter is not None:
            config.pluginmanager.unregister(reporter)
        self._session = pytest.Session.from_config(config)
        config.hook.pytest_sessionstart(session=self._session)
        self._session.perform_collect()
        return self.plugin.checks(self._session.items)

    def seat(self, seat: Seat | None, seed: int = 0, device: str = "cpu", *, pictures: bool = False) -> None:
        """The submission that the checks run against from now on."""
        self.plugin.seat(seat, seed, device, pictures=pictures)

    def run(self, check: CheckItem) -> Iterator[Case]:
        """Run a check's items one after the other; fixtures are torn down after each."""
        for item in check.items:
            runtestprotocol(item, log=False, nextitem=None)
            yield self.plugin.take(item)

    def close(self) -> None:
        """End the pytest session."""
        self._config.hook.pytest_sessionfinish(session=self._session, exitstatus=0)
        self._config._ensure_unconfigure()
