"""Notebooks made for tests."""

from __future__ import annotations

import json
from typing import Any


def code(source: str, role: str = "") -> dict[str, Any]:
    metadata = {"autograder": {"role": role}} if role else {}
    lines = source.splitlines(keepends=True)
    return {"cell_type": "code", "execution_count": None, "metadata": metadata, "outputs": [], "source": lines}


def text(source: str) -> dict[str, Any]:
    return {"cell_type": "markdown", "metadata": {}, "source": source}


def notebook(*cells: dict[str, Any] | str, topic: str = "", asks: tuple[str, ...] = ()) -> bytes:
    """A notebook of these cells; text stands for a code cell."""
    about = {"topic": topic, "asks": list(asks)} if topic or asks else {}
    document = {
        "cells": [code(cell) if isinstance(cell, str) else cell for cell in cells],
        "metadata": {"autograder": about} if about else {},
        "nbformat": 4,
        "nbformat_minor": 5,
    }
    return json.dumps(document, ensure_ascii=False).encode()
