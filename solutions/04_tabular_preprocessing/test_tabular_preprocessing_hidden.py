"""Hidden checks of tabular-preprocessing, first part: text into fields."""

from __future__ import annotations

import csv
import io
from typing import Any

from tabular_preprocessing_reference import Row

from autograder.checks import compare
from autograder.checks.marks import check
from autograder.checks.seeding import Draw

USUAL = {"", "NA", "NaN"}


def same_table(got: Any, names: list[str], rows: list[Row]) -> None:
    """Names first, then the number of rows, then field by field: the first wrong place is the one that is said."""
    got_names, got_rows = compare.items(got, 2, tuple)
    compare.equal(got_names, names, "the list of names", "列名的列表")
    for number, (one, row) in enumerate(
        zip(compare.items(got_rows, len(rows), list, "the list of rows", "行的列表"), rows, strict=True)
    ):
        fields = compare.items(one, len(row), list, f"row {number}", f"第 {number} 行")
        for place, (field, want) in enumerate(zip(fields, row, strict=True)):
            compare.equal(field, want, f"field {place} of row {number}", f"第 {number} 行的第 {place} 个字段")


def plain_table(draw: Draw, n: int, d: int) -> tuple[list[str], list[list[str]]]:
    """Names and fields of simple words and numbers."""
    names = [f"{word} {place}" for place, word in enumerate(draw.random.choices(["area", "Lot", "built", "x"], k=d))]
    field = ["1", "0", "-2.5", "1e3", "brick", "Wood", "two words", "3.10", "+7"]
    return names, [draw.random.choices(field, k=d) for _ in range(n)]


def written(names: list[str], rows: list[list[str]], end: str = "\n") -> str:
    """As a file, quoted where needed."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator=end)
    writer.writerow(names)
    writer.writerows(rows)
    return out.getvalue()


@check(
    "read_table.header_rows",
    hint="The first line holds the names, each line after it is a row; every field stays the text that it is.",
    zh="第一行是列名，之后每行是一条记录；每个字段都保持原样，仍是文本。",
)
def test_names_and_rows(submission: Any, draw: Draw) -> None:
    for number in range(12):
        n, d = draw.sizes(2, 2, 9)
        names, rows = plain_table(draw, n, d)
        text = written(names, rows)
        same_table(submission.read_table(text[:-1] if number % 2 else text), names, rows)


@check(
    "read_table.header_only",
    hint="A table without rows still has names. Its list of rows is empty.",
    zh="没有行的表格仍然有列名，只是行的列表为空。",
)
def test_a_table_without_rows(submission: Any, draw: Draw) -> None:
    for end in ("", "\n", "\r\n", "\n\n\n"):
        names, _ = plain_table(draw, 0, draw.size(2, 6))
        same_table(submission.read_table(",".join(names) + end), names, [])


@check(
    "read_table.na_tokens",
    hint="A field is missing if all of it is one of the words in na. The names of the columns are never missing.",
    zh="只有整个字段恰好等于 na 中的某个词，才算缺失。列名永远不算缺失。",
)
def test_missing_fields_become_none(submission: Any, draw: Draw) -> None:
    for _ in range(8):
        d = draw.size(3, 7)
        fields = ["", "NA", "NaN", "na", "nan", "N/A", "NAN", "None", "0", "NA 1", "BANANA", "NaNa", "-"]
        rows = [draw.random.choices(fields, k=d) for _ in range(9)]
        names = draw.random.sample(["NA", "NaN", "x", "y", "z", "w", "v"], d)
        want: list[Row] = [[None if field in USUAL else field for field in row] for row in rows]
        same_table(submission.read_table(written(names, rows).replace('""', "")), names, want)


@check(
    "read_table.own_na",
    hint="Only the words in na mean missing: with other words there, NA and the empty field are plain text.",
    zh="只有 na 中的词表示缺失：换了别的词，NA 和空字段就只是普通文本。",
)
def test_other_words_for_missing(submission: Any, draw: Draw) -> None:
    for na in ({"?"}, {"-", "none"}, frozenset({"NA"}), set()):
        fields = ["", "NA", "NaN", "?", "-", "none", "??", "5"]
        rows = [draw.random.sample(fields, 4) for _ in range(8)]
        want: list[Row] = [[None if field in na else field for field in row] for row in rows]
        same_table(submission.read_table(written(["a", "b", "c", "d"], rows), na), ["a", "b", "c", "d"], want)


@check(
    "read_table.quoted_missing",
    hint="Quotes only hold a field together. What is in them may be missing, too.",
    zh="引号只是把字段括在一起；引号里的内容同样可以表示缺失。",
)
def test_a_quoted_field_can_be_missing(submission: Any, draw: Draw) -> None:
    fields = {'"NA"': None, '""': None, '"NaN"': None, '"na"': "na", '"5"': "5"}
    for _ in range(3):
        rows = [draw.random.sample(list(fields), 4) for _ in range(5)]
        text = "\n".join(["a,b,c,d", *map(",".join, rows)])
        same_table(
            submission.read_table(text), ["a", "b", "c", "d"], [[fields[field] for field in row] for row in rows]
        )


@check(
    "read_table.quoted_comma",
    hint="A comma inside quotes belongs to the field: splitting at every comma cuts it in two.",
    zh="引号里的逗号属于字段本身：见到逗号就切，会把字段切成两半。",
)
def test_commas_in_quotes(submission: Any, draw: Draw) -> None:
    for _ in range(6):
        fields = ["Mill, old", ",", "a,b,,c", "plain", "1,5", ", "]
        rows = [draw.random.sample(fields, 3) for _ in range(6)]
        same_table(submission.read_table(written(["lot, m2", "b", "c"], rows)), ["lot, m2", "b", "c"], rows)


@check(
    "read_table.quoted_quote",
    hint="Inside quotes a quote is written twice, and read as one.",
    zh="在引号内部，一个引号写成两个，读出来仍是一个。",
)
def test_quotes_in_quotes(submission: Any, draw: Draw) -> None:
    for _ in range(6):
        fields = ['6" pipe', 'the "Mill"', '"', 'a""b', '","', "plain"]
        rows = [draw.random.sample(fields, 3) for _ in range(6)]
        same_table(submission.read_table(written(['say "x"', "b", "c"], rows)), ['say "x"', "b", "c"], rows)


@check(
    "read_table.quoted_line_break",
    hint="A line break inside quotes belongs to the field: cut the text into fields before you cut it into lines.",
    zh="引号里的换行属于字段本身：不能先按行切开，再去切字段。",
)
def test_line_breaks_in_quotes(submission: Any, draw: Draw) -> None:
    for number in range(4):
        fields = ["two\nlines", "end\n", "\n", "a\n\nb", "old\r\nMill", "1"]
        rows = [draw.random.sample(fields, 3) for _ in range(5)]
        text = written(["a", "b\nb", "c"], rows, "\r\n" if number % 2 else "\n")
        same_table(submission.read_table(text), ["a", "b\nb", "c"], rows)


@check(
    "read_table.crlf_blank_line",
    hint="Files from Windows end their lines with \\r\\n, and files written by hand have blank lines. Neither is data.",
    zh="Windows 的文件用 \\r\\n 换行，手写的文件里常有空行。两者都不是数据。",
)
def test_windows_lines_and_blank_lines(submission: Any, draw: Draw) -> None:
    for number in range(8):
        end = "\r\n" if number % 2 else "\n"
        n, d = draw.sizes(2, 2, 7)
        names, rows = plain_table(draw, n, d)
        lines = [",".join(line) + end for line in [names, *rows]]
        text = "".join(end * draw.random.choice([0, 0, 1, 2]) + line for line in lines) + end * (number // 4)
        same_table(submission.read_table(end + text if number % 3 == 0 else text), names, rows)


@check(
    "read_table.fields_untouched",
    hint="Reading is not cleaning: spaces, upper case and signs are data until somebody decides otherwise.",
    zh="读取不等于清洗：空格、大小写和符号都是数据，除非有人另作决定。",
)
def test_fields_are_not_tidied_up(submission: Any, draw: Draw) -> None:
    fields = [" Hill", "Hill ", "HILL", "  ", "\t", "007", "1.50", "'q'", "#3", "5;6", "é", "山"]
    for _ in range(4):
        rows = [draw.random.sample(fields, 4) for _ in range(6)]
        same_table(submission.read_table(written([" a", "B ", "c", "#d"], rows)), [" a", "B ", "c", "#d"], rows)


@check(
    "read_table.ragged_raises",
    hint="A row with a field too few or too many would shift its neighbours silently. Say ValueError instead.",
    zh="某行多一个或少一个字段，会悄悄让后面的字段错位。应当抛出 ValueError。",
)
def test_rows_of_another_length_are_refused(submission: Any, draw: Draw) -> None:
    for extra in (-1, 1, 2):
        names, rows = plain_table(draw, draw.size(2, 6), 4)
        rows[draw.size(0, len(rows) - 1)] = ["1"] * (4 + extra)
        compare.raises(ValueError, submission.read_table, written(names, rows))
