"""The pages in a real browser: no policy is violated by honest pages, and no payload runs, escaped or not."""

from __future__ import annotations

import html
import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest
from conftest import Sinks
from payloads import PAYLOADS

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
BROWSER = next(filter(None, map(shutil.which, NAMES)), None)
RAN = "RAN-IT"
pytestmark = pytest.mark.skipif(BROWSER is None, reason="no Chromium here: the policy is only read, not tried")


def opened(page: Path, folder: Path, sign: str) -> subprocess.CompletedProcess[str]:
    """The page in a browser: its document afterwards, in which `sign` must stand, and what the browser said."""
    command = [str(BROWSER), "--headless", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run"]
    command += ["--enable-logging=stderr", f"--user-data-dir={folder / 'profile'}", "--dump-dom", page.as_uri()]
    command += ["--no-sandbox"] if os.geteuid() == 0 else []  # Chromium refuses its own sandbox to root
    try:
        done = subprocess.run(command, capture_output=True, text=True, errors="replace", timeout=120, check=False)
    except subprocess.TimeoutExpired:
        pytest.skip("the browser does not answer on this machine")
    if sign not in done.stdout:
        pytest.skip(f"the browser does not open pages here: {done.stderr[-300:]}")
    return done


def console_of(pages: list[Path], folder: Path) -> str:
    """What the browser's console says while all the pages are open, each in a frame of one window."""
    window = folder / "window.html"
    frames = "".join(f'<iframe src="{page.as_uri()}"></iframe>' for page in pages)
    window.write_text(f"<!DOCTYPE html><title>x</title>{frames}", encoding="utf-8")
    return "\n".join(re.findall(r"CONSOLE[^\n]*", opened(window, folder, "<iframe").stderr))


def test_no_page_of_the_class_violates_its_policy_or_runs_anything(sinks: Sinks, tmp_path: Path):
    paths = [sinks.place / "reports" / path for path in sinks.pages("s") if "/n" not in path]
    assert len(paths) > 20
    assert console_of(paths, tmp_path) == ""


def test_the_detector_sees_a_payload_that_runs_and_the_policy_stops_one_that_is_not_escaped(
    sinks: Sinks, tmp_path: Path
):
    raw = PAYLOADS["runs"] + "<svg onload=\"console.log('RAN-' + 'IT')\"></svg>" + '<p style="color: red">x</p>'
    escaped = sinks.files["students/s-markup.html"]
    assert html.unescape(html.escape(PAYLOADS["runs"])) == PAYLOADS["runs"]
    broken = escaped.replace("<h1>", raw + "<h1>", 1)  # as if escaping had failed
    assert broken != escaped
    bare, held = tmp_path / "bare.html", tmp_path / "held.html"
    bare.write_text(re.sub(r"<meta http-equiv[^>]*>", "", broken), encoding="utf-8")
    held.write_text(broken, encoding="utf-8")
    assert console_of([bare], tmp_path).count(RAN) >= 2
    said = console_of([held], tmp_path)
    assert RAN not in said
    assert said.count("violates the following Content Security Policy directive") >= 4


def test_a_wide_class_matrix_scrolls_in_its_own_frame_and_not_the_whole_page(sinks: Sinks, tmp_path: Path):
    page = re.sub(r"<meta http-equiv[^>]*>", "", sinks.files["staff/index.html"])  # the policy lets no script measure
    measure = "<script>document.title = `${document.documentElement.scrollWidth} of ${innerWidth}`</script>"
    head, cell = (
        re.search(r'<thead><tr><th scope="col">', page),
        "<td><span>–<span class='sr'> nothing</span></span></td>",
    )
    assert head
    page = page[: head.end()] + page[head.end() :].replace("<td", cell * 40 + "<td", 1) + measure
    (tmp_path / "wide.html").write_text(page, encoding="utf-8")
    found = re.search(
        r"<title>(\d+) of (\d+)</title>", opened(tmp_path / "wide.html", tmp_path, 'class="matrix"').stdout
    )
    assert found
    assert int(found[1]) <= int(found[2])
