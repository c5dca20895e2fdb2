"""Hidden checks of py-basics: joining paths, against posixpath."""

from __future__ import annotations

import posixpath
from typing import Any

from autograder.checks import compare, source_rules
from autograder.checks.marks import check
from autograder.checks.seeding import Draw


def joined(submission: Any, cases: list[list[str]]) -> None:
    got = compare.items(
        submission.build("[student.join_paths(*parts) for parts in cases]", cases=cases), len(cases), list
    )
    for one, parts in zip(got, cases, strict=True):
        compare.equal(one, posixpath.join(*parts), what="the path", zh="路径")


def name(draw: Draw) -> str:
    return "".join(draw.random.choices("abcde.é -", k=draw.size(1, 5)))


@check(
    "join_paths.plain",
    hint="One slash between two names. A single part comes back as it is; dots and backslashes are ordinary.",
    zh="两个名字之间一个斜杠。只有一段就原样返回；点和反斜杠都是普通字符。",
)
def test_names_without_slashes(submission: Any, draw: Draw) -> None:
    cases = [[name(draw) for _ in range(draw.size(1, 5))] for _ in range(20)]
    joined(
        submission,
        [*cases, ["a", "..", "b"], ["a", ".", "b"], [".", "a"], ["a\\b", "c"], ["a\\", "b"], ["C:", "a"], ["a"]],
    )


@check(
    "join_paths.absolute_restarts",
    hint="A part that begins with a slash begins at the root: what stood before it counts no more.",
    zh="以斜杠开头的一段从根目录算起：它前面的都不算了。",
)
def test_an_absolute_part_starts_anew(submission: Any, draw: Draw) -> None:
    cases = [[name(draw), "/" + name(draw), name(draw)] for _ in range(8)]
    cases += [["/a", "b"], ["a", "/", "b"], ["/a", "/b", "c", "/d", "e"], ["a", "//b"], ["", "/a"], ["/"], ["a", "/"]]
    joined(submission, cases)


@check(
    "join_paths.trailing_slash",
    hint="If the path so far ends with a slash, there is no need for another; but none is taken away either.",
    zh="已有的路径以斜杠结尾时，不必再加；但也不去掉。",
)
def test_no_slash_is_doubled(submission: Any, draw: Draw) -> None:
    cases = [[name(draw) + "/", name(draw), name(draw) + "/"] for _ in range(8)]
    joined(submission, [*cases, ["a//", "b"], ["a/", "b/", "c"], ["a/"], ["a/b//c", "d"], ["/", "a"], ["//", "a"]])


@check(
    "join_paths.empty_part",
    hint="An empty part at the end leaves a slash; after nothing, or after a slash, it leaves nothing.",
    zh="末尾的空段会留下一个斜杠；在空路径之后或斜杠之后，则什么也不留下。",
)
def test_empty_parts(submission: Any, draw: Draw) -> None:
    cases = [["a", ""], ["", "a"], [""], ["", ""], ["a", "", ""], ["a", "", "b"], ["a/", ""], ["", "", "a"], ["/", ""]]
    joined(submission, [*cases, [name(draw), "", name(draw)]])


@check(
    "join_paths.random_vs_posixpath",
    hint="Each rule alone is right, but not all together: apply the list of rules to each part, from left to right.",
    zh="每条规则单独都对，合起来却不对：请从左到右，对每一段逐条应用规则。",
    weight=2.0,
)
def test_two_hundred_random_lists(submission: Any, draw: Draw) -> None:
    pieces = ["a", "b/", "/c", "", "d/e", "/", "f//", "//g", "..", ".", "h\\", "i j"]
    joined(submission, [draw.random.choices(pieces, k=draw.size(1, 6)) for _ in range(200)])


@check(
    "join_paths.no_ready_made",
    hint="Strings have all you need: no os, no pathlib.",
    zh="字符串本身就够用了：不用 os，也不用 pathlib。",
    needs=["join_paths.example"],
    weight=2.0,
)
def test_no_module_for_paths_is_used(submission: Any) -> None:
    modules = {"os", "posixpath", "ntpath", "pathlib", "genericpath", "urllib", "sys.modules", "shutil", "glob"}
    source_rules.forbid_imports(submission.source, modules)
