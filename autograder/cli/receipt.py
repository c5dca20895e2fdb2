"""`autograder receipt`: does a receipt hold, the student's own or the one that the course has signed?"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from autograder.cli import output
from autograder.cli.hand import key_folder
from autograder.cli.student import to_option
from autograder.cli.workspace import course_option, course_root
from autograder.errors import UsageError
from autograder.reports.clean import line
from autograder.submissions import workspace
from autograder.submissions.due import read_rules

if TYPE_CHECKING:
    from autograder.signing.keys import PublicKey


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.argument("archive", metavar="[ZIP]", required=False, type=click.Path(path_type=Path))
@to_option
@click.option("--public", type=click.Path(path_type=Path), help="The course's public keys (course-keys.pem).")
@course_option
@output.json_option
def receipt(  # one argument per option
    file: Path, archive: Path | None, to: Path | None, public: Path | None, course_dir: Path | None, as_json: bool
) -> None:
    """Verify the receipt FILE, and the hand-in it was given for (ZIP, default: the one in the drop folder).

    FILE is the receipt that `submit` wrote, which only says what your own computer saw, or the signed one that the
    course puts beside your hand-in when it collects: NAME.signed.json. Exits with 1 if it does not hold.
    """
    from autograder.submissions.countersign import read_signed
    from autograder.submissions.drop import check_receipt, find_archive
    from autograder.submissions.receipt import read_receipt

    data = _bytes(file)
    signed = read_signed(data, str(file))
    claims = signed or read_receipt(data, str(file))
    root = course_root(course_dir, Path.cwd())
    places = _places(to, root, file)
    found = archive or next(filter(None, (find_archive(place, claims) for place in places)), None)
    if signed is not None:
        keys = _keys(root, public)
        faults = _faults(signed, found, keys)
        says = (
            f"signed by the course (key {signed['key']}), which had it at {signed['received_at']}" if not faults else ""
        )
    else:
        faults, says = check_receipt(claims, found), _beside(claims, found, root, public)
    if as_json:
        answer = {"holds": not faults, "faults": faults, "archive": found, "signed": signed is not None}
        output.print_json(answer | {"course": says, "receipt": claims})
    elif faults:
        output.answer("\n  ".join([f"{file}: does not hold", *(line(fault, 300) for fault in faults)]))
    else:
        what = ", ".join(line(f"{claims[key]}") for key in ("student", "topic", "attempt", "submitted_at"))
        beside = f"and so does its hand-in {found}" if found else "by itself; its hand-in can't be reached from here"
        content = f"content {line(str(claims['content']))}"
        output.answer("\n  ".join([f"{file}: holds, {beside}", what, content, line(says, 400)]))
    output.leave(output.WANTING if faults else output.FINE)


def _faults(signed: dict[str, Any], archive: Path | None, keys: dict[str, PublicKey]) -> list[str]:
    """Of a signed receipt, by itself and against its hand-in."""
    from autograder.submissions.countersign import signature_faults
    from autograder.submissions.drop import against_archive

    return signature_faults(signed, keys) or (against_archive(signed, archive) if archive else [])


def _beside(claims: dict[str, Any], archive: Path | None, root: Path | None, public: Path | None) -> str:
    """What the course says of a hand-in whose own receipt this is."""
    from autograder.submissions.countersign import SUFFIX, read_signed

    path = archive.with_suffix(SUFFIX) if archive else None
    signed = read_signed(_bytes(path), str(path)) if path and path.is_file() else None
    if signed is None:
        return "not signed: your own computer wrote it; the course signs one when it collects"
    try:
        faults = _faults(signed, archive, _keys(root, public))
    except (UsageError, ModuleNotFoundError) as fault:
        advice = output.missing_extra(fault) if isinstance(fault, ModuleNotFoundError) else str(fault)
        return f"the course's receipt {path} is there; it was not verified: {advice}"
    if not faults and signed["content"] != claims["content"]:
        faults = ["it is for another content"]
    said = f"signed by the course (key {signed['key']}), which had it at {signed['received_at']}: {path}"
    return f"the course's receipt {path} does not hold: {'; '.join(faults)}" if faults else said


def _keys(root: Path | None, public: Path | None) -> dict[str, PublicKey]:
    """The course's public keys: as said, else those of the student edition, else (for staff) of the folder of keys."""
    from autograder.signing.keys import read_public
    from autograder.submissions.countersign import KEYS_FILE

    file = public or (root / KEYS_FILE if root else None)
    if file and (public or file.is_file()):
        return read_public(_bytes(file), str(file))
    keys = key_folder(root, None, None).public() if root else {}
    if not keys:
        now = f"name the course's {KEYS_FILE} with --public, or go to your course"
        raise UsageError("the course's public key is not known here", now=now)
    return keys


def _bytes(file: Path) -> bytes:
    try:
        with file.open("rb") as opened:
            return opened.read(10 << 20)
    except OSError as fault:
        raise UsageError(f"can't be read: {fault.strerror}", where=str(file), now="check the path") from None


def _places(to: Path | None, root: Path | None, file: Path) -> list[Path]:
    """Drop folders that may hold the hand-in: the one said, the one remembered, the course's."""
    memory = workspace.recall(file.parent).get("submitted")
    remembered = memory.get("to") if isinstance(memory, dict) else None
    course = read_rules(root).submit_to if root else None
    return [place for place in (to, Path(remembered) if isinstance(remembered, str) else None, course) if place]
