"""What pydantic finds in a file, said in the words of this project, with the place and a near name."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, get_args

from pydantic import BaseModel, ValidationError

from autograder.course.near import near
from autograder.course.yaml_marks import Marked, Place
from autograder.errors import Fault

DUE = "write 2027-03-07T23:59:00+08:00"
EXPECTED = {
    "float_type": "a number",
    "int_type": "a whole number",
    "int_from_float": "a whole number",
    "finite_number": "a finite number",
    "string_type": "text",
    "list_type": "a list",
    "model_type": "a table of keys",
    "dict_type": "a table of keys",
    "datetime_type": "a date with time and time zone",
    "datetime_parsing": "a date with time and time zone",
    "timezone_aware": "a date with a time zone",
}
BOUNDS = {
    "greater_than": ("more than", "gt"),
    "greater_than_equal": ("at least", "ge"),
    "less_than": ("less than", "lt"),
    "less_than_equal": ("at most", "le"),
}


def shape_faults(marked: Marked, model: type[BaseModel]) -> list[Fault]:
    """Every key and value of the file that doesn't fit the model."""
    try:
        model.model_validate(marked.data)
    except ValidationError as error:
        found = [item for item in error.errors(include_url=False) if item["loc"] not in marked.unread]
    else:
        return []
    faults, meant = [], set()  # a misspelled key is one fault, not also a missing one
    for item in found:
        place: Place = tuple(item["loc"])
        if item["type"] == "extra_forbidden":
            hint = near(str(place[-1]), _fields(model, place[:-1]))
            meant.add((place[:-1], hint))
            faults.append(Fault(marked.where(place, key=True), f'unknown key "{label(place)}"', hint))
    for item in found:
        place = tuple(item["loc"])
        if item["type"] == "missing":
            if (place[:-1], f'did you mean "{place[-1]}"?') not in meant:
                faults.append(Fault(marked.where(place[:-1]), f'the key "{label(place)}" is missing'))
        elif item["type"] != "extra_forbidden":
            what, hint = _words(item)
            faults.append(Fault(marked.where(place), f"{label(place)}: {what}" if place else what, hint))
    return faults


def label(place: Place) -> str:
    """`topics[1].weight`"""
    parts = (f"[{part}]" if isinstance(part, int) else f".{part}" for part in place)
    return "".join(parts).removeprefix(".")


def _fields(model: type[BaseModel], place: Place) -> list[str]:
    """The keys that may stand at a place: walks from the file's model through lists and sections."""
    kind: Any = model
    for part in place:
        kind = get_args(kind)[0] if isinstance(part, int) else kind.model_fields[part].annotation
    return list(kind.model_fields)


def _words(item: Any) -> tuple[str, str]:
    kind, got, limits = item["type"], item["input"], item.get("ctx", {})
    if kind in EXPECTED:
        return f"expected {EXPECTED[kind]}, got {shown(got)}", DUE if "date" in EXPECTED[kind] else ""
    if kind in BOUNDS:
        words, key = BOUNDS[kind]
        return f"expected {words} {limits[key]:g}, got {shown(got)}", ""
    if kind == "string_pattern_mismatch":
        slug = "-" in limits["pattern"]
        rule = "small letters and digits, joined by hyphens" if slug else "letters, digits and _, a letter first"
        return f'"{got}" is not a name', rule
    if kind in ("too_short", "string_too_short"):
        return "it is empty", ""
    if kind == "string_too_long":
        return f"the text is too long: {len(got)} characters", f"at most {limits['max_length']}"
    return str(item["msg"]), ""


def shown(value: Any) -> str:
    """A value of a file, short enough for a message."""
    if value is None or isinstance(value, bool):
        return {None: "nothing", True: "true", False: "false"}[value]
    if isinstance(value, str):
        return f'the text "{value[:40]}{"..." if len(value) > 40 else ""}"'
    if isinstance(value, dict | list):
        return "a list" if isinstance(value, list) else "a table of keys"
    if isinstance(value, date):
        return value.isoformat() if isinstance(value, datetime) else f"the day {value.isoformat()}"
    return str(value)
