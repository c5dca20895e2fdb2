"""Hidden checks of topic 4, first half: text into fields, gaps, categories. The second half is in
test_tabular_preprocessing_scale_hidden.py."""

from __future__ import annotations

import csv
import io
from typing import Any

import torch
from tabular_preprocessing_reference import F32, F64, NAN, Row, with_gaps, words
from torch import Tensor

from autograder.checks import compare
from autograder.checks.marks import check
from autograder.checks.seeding import Draw, float_type

USUAL = {"", "NA", "NaN"}

# read_table ---------------------------------------------------------------------------------------------------------


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


# impute -------------------------------------------------------------------------------------------------------------


def filled(x: Tensor, stats: Tensor | None = None) -> Tensor:
    if stats is None:
        stats = torch.stack([column[~column.isnan()].double().mean() for column in x.unbind(1)]).to(x.dtype)
    return torch.where(x.isnan(), stats.expand(x.shape), x)


@check(
    "impute.mean",
    hint="The mean of a column is over what was observed: neither the gaps nor zeros in their place count.",
    zh="一列的均值只对观测到的数求：缺失处不算数，更不能当作 0。",
)
def test_gaps_become_the_mean_of_their_column(submission: Any, draw: Draw) -> None:
    for number in range(20):
        n, d = draw.sizes(2, 4, 9)
        d = n if number % 6 == 5 else d
        x = draw.layout(with_gaps(draw, n, d, float_type(number)), number % 3)
        compare.same(submission.impute_numeric(x), filled(x), what="the filled table", zh="填补后的表格")
    compare.same(submission.impute_numeric(x, how="mean"), filled(x), what="the filled table", zh="填补后的表格")


@check(
    "impute.nothing_missing",
    hint="Where nothing is missing there is nothing to change.",
    zh="没有缺失，就什么也不用改。",
)
def test_a_full_table_stays_as_it_is(submission: Any, draw: Draw) -> None:
    for number in range(4):
        x = draw.randn(*draw.sizes(2, 2, 7), dtype=float_type(number))
        for how in ("mean", "drop"):
            compare.same(submission.impute_numeric(x, how), x, what="the table", zh="表格")


@check(
    "impute.drop",
    hint="One gap is enough to leave a row out; the others stay whole and in their order.",
    zh="一行只要有一处缺失就整行删去；其余各行原样保留，次序不变。",
)
def test_rows_with_gaps_are_left_out(submission: Any, draw: Draw) -> None:
    for number in range(12):
        n, d = draw.sizes(2, 4, 9)
        x = with_gaps(draw, n, d, float_type(number), share=0.1)
        x[draw.permutation(n)[:2]] = draw.randn(2, d, dtype=x.dtype)
        x = draw.layout(x, number % 3)
        want = torch.stack([row for row in x if not row.isnan().any()])
        compare.same(submission.impute_numeric(x, "drop"), want, what="the table", zh="表格")


@check(
    "impute.all_rows_dropped",
    hint="If every row has a gap, no row is left, but the columns are: shape (0, d).",
    zh="若每行都有缺失，就一行也不剩，但列还在：形状为 (0, d)。",
)
def test_nothing_may_be_left(submission: Any, draw: Draw) -> None:
    n, d = draw.sizes(2, 3, 7)
    x = draw.randn(n, d, dtype=F32)
    x[torch.arange(n), draw.integers(0, d, n)] = NAN
    compare.same(submission.impute_numeric(x, "drop"), torch.zeros(0, d), what="the table", zh="表格")


@check(
    "impute.uses_given_stats",
    hint="If statistics are given, they fill the gaps: the test set is filled with the means of the training set.",
    zh="给了统计量，就用它来填补：测试集的缺失要用训练集的均值来填。",
)
def test_given_means_are_used(submission: Any, draw: Draw) -> None:
    for number in range(9):
        n, d = draw.sizes(2, 4, 9)
        x = draw.layout(with_gaps(draw, n, d, float_type(number)), number % 3)
        stats = draw.randn(d, dtype=x.dtype) if number else torch.zeros(d, dtype=x.dtype)
        got = submission.impute_numeric(x, stats=stats)
        compare.same(got, filled(x, stats), what="the filled table", zh="填补后的表格")
    x[:, 0] = NAN
    compare.same(
        submission.impute_numeric(x, "mean", stats), filled(x, stats), what="the filled table", zh="填补后的表格"
    )


@check(
    "impute.drop_ignores_stats",
    hint="Dropping needs no statistics: rows with gaps go, whatever the means are.",
    zh="删行不需要统计量：不论均值是多少，有缺失的行都要删去。",
)
def test_given_means_do_not_save_a_row(submission: Any, draw: Draw) -> None:
    x = with_gaps(draw, 7, 3, share=0.1)
    x[0] = 1.0
    want = torch.stack([row for row in x if not row.isnan().any()])
    compare.same(submission.impute_numeric(x, "drop", draw.randn(3)), want, what="the table", zh="表格")


@check(
    "impute.all_nan_column",
    hint="The mean of nothing is nan, and filling with nan fills nothing. Such a column becomes 0.",
    zh="没有数的均值是 nan，用 nan 去填等于没填。这样的列应当变成 0。",
)
def test_a_column_without_numbers_becomes_zero(submission: Any, draw: Draw) -> None:
    for number in range(4):
        n, d = draw.sizes(2, 4, 8)
        x = with_gaps(draw, n, d, float_type(number))
        want, empty = filled(x), draw.size(0, d - 1)
        x[:, empty], want[:, empty] = NAN, 0.0
        compare.same(submission.impute_numeric(x), want, what="the filled table", zh="填补后的表格")


@check(
    "impute.no_rows",
    hint="A table without rows stays one: shape (0, d), of the same dtype.",
    zh="没有行的表格还是没有行：形状 (0, d)，数据类型不变。",
)
def test_a_table_of_no_rows(submission: Any, draw: Draw) -> None:
    for dtype in (F32, F64):
        x = torch.zeros(0, draw.size(1, 6), dtype=dtype)
        for how in ("mean", "drop"):
            compare.same(submission.impute_numeric(x, how), x, what="the table", zh="表格")


@check(
    "impute.unknown_how_raises",
    hint="A word that is neither 'mean' nor 'drop' is a mistake of the caller: ValueError, also if nothing is missing.",
    zh="既不是 'mean' 也不是 'drop' 的词，是调用者的错误：抛出 ValueError，没有缺失时也一样。",
)
def test_other_words_are_refused(submission: Any, draw: Draw) -> None:
    for how in ("median", "", "Mean"):
        compare.raises(ValueError, submission.impute_numeric, with_gaps(draw, 4, 2), how)
        compare.raises(ValueError, submission.impute_numeric, draw.randn(4, 2), how, draw.randn(2))


@check(
    "impute.input_unchanged",
    hint="x belongs to the caller: x[x.isnan()] = ... writes into it. Fill a copy.",
    zh="x 是调用者的：x[x.isnan()] = ... 会改写它。请在副本上填补。",
)
def test_imputing_leaves_x_alone(submission: Any, draw: Draw) -> None:
    for number in range(6):
        x = draw.layout(with_gaps(draw, 5, 3), number % 3)
        stats = draw.randn(3) if number >= 3 else None
        seen = submission.observe("impute_numeric", x, ("mean", "drop")[number % 2], stats)
        compare.tensor(seen.result, shape=(None, 3), dtype=F64)
        compare.unchanged(x, seen.args[0], "x")
        if stats is not None:
            compare.unchanged(stats, seen.args[2], "stats")


# one_hot_with_nan ---------------------------------------------------------------------------------------------------


def hot(col: list[str | None], levels: list[str]) -> Tensor:
    rows = [[float(field == level) for level in levels] for field in col]
    return torch.tensor([[*row, float(not any(row))] for row in rows]).reshape(len(col), len(levels) + 1)


def column(draw: Draw, levels: list[str], n: int) -> list[str | None]:
    """n fields: the levels, None, and words that are no level."""
    return [draw.random.choice([*levels, None, "unseen", ""]) for _ in range(n)]


@check(
    "one_hot_with_nan.value",
    hint="Column j is 1 where the field is levels[j]; the last column is 1 where no other is.",
    zh="字段等于 levels[j] 时第 j 列为 1；其他列都不为 1 时，最后一列为 1。",
)
def test_each_field_in_its_column(submission: Any, draw: Draw) -> None:
    for _ in range(20):
        count, n = draw.sizes(2, 1, 9)
        levels = words(draw, count)
        col = column(draw, levels, n)
        compare.same(submission.one_hot_with_nan(col, levels), hot(col, levels), what="the columns", zh="各列")


@check(
    "one_hot_with_nan.level_order",
    hint="The columns stand in the order of `levels`, neither sorted nor as they first occur in the column.",
    zh="各列按 levels 给出的次序排列，既不排序，也不按首次出现的次序。",
)
def test_columns_follow_the_given_levels(submission: Any, draw: Draw) -> None:
    for _ in range(6):
        levels = words(draw, draw.size(3, 7))
        col: list[str | None] = [*reversed(levels), *sorted(levels)]
        compare.same(submission.one_hot_with_nan(col, levels), hot(col, levels), what="the columns", zh="各列")
    levels = ["b", "a", "c"]
    compare.same(submission.one_hot_with_nan(["c"], levels), hot(["c"], levels), what="the columns", zh="各列")


@check(
    "one_hot_with_nan.one_per_row",
    hint="Every row has exactly one 1, a missing field as well: it has a column of its own.",
    zh="每行恰好有一个 1，缺失的字段也不例外：它有自己的一列。",
)
def test_rows_sum_to_one(submission: Any, draw: Draw) -> None:
    for _ in range(6):
        levels = words(draw, draw.size(1, 6))
        col = [*column(draw, levels, draw.size(3, 9)), None]
        got = compare.tensor(submission.one_hot_with_nan(col, levels), shape=(len(col), len(levels) + 1))
        compare.same(got.double().sum(1), torch.ones(len(col), dtype=F64), what="the sum of each row", zh="每行之和")


@check(
    "one_hot_with_nan.unseen_level_at_test",
    hint="The width is that of training. A category that was unknown then goes where missing ones go.",
    zh="列数以训练时为准。当时没见过的类别，与缺失的字段归入同一列。",
)
def test_unknown_categories_count_as_missing(submission: Any, draw: Draw) -> None:
    for _ in range(6):
        levels = words(draw, draw.size(2, 5))
        col: list[str | None] = ["unseen", levels[0], levels[0] + " ", levels[0].upper() + "!", "", None, levels[-1]]
        draw.random.shuffle(col)
        compare.same(submission.one_hot_with_nan(col, levels), hot(col, levels), what="the columns", zh="各列")


@check(
    "one_hot_with_nan.none_is_no_text",
    hint="None is not the text 'None', and a level may be called 'nan': compare fields as they are, don't print them.",
    zh="None 不是文本 'None'，类别也可以叫 'nan'：请按原样比较字段，不要先转成字符串。",
)
def test_levels_that_look_missing(submission: Any, draw: Draw) -> None:
    for levels in (["None", "x"], ["nan", "NaN", "None"], ["", "NA"], ["0", "False"]):
        col: list[str | None] = [None, *levels, None]
        draw.random.shuffle(col)
        compare.same(submission.one_hot_with_nan(col, levels), hot(col, levels), what="the columns", zh="各列")


@check(
    "one_hot_with_nan.empty",
    hint="No fields give no rows, and no levels still leave the column for missing ones: the shape is (n, L + 1).",
    zh="没有字段就没有行；没有类别也仍有缺失那一列：形状是 (n, L + 1)。",
)
def test_no_fields_and_no_levels(submission: Any, draw: Draw) -> None:
    levels = words(draw, draw.size(1, 6))
    empty = torch.zeros(0, len(levels) + 1)
    compare.same(submission.one_hot_with_nan([], levels), empty, what="the columns", zh="各列")
    compare.same(submission.one_hot_with_nan([None, "a"], []), torch.ones(2, 1), what="the columns", zh="各列")
    compare.same(submission.one_hot_with_nan([], []), torch.zeros(0, 1), what="the columns", zh="各列")


@check(
    "one_hot_with_nan.dtype_float",
    hint="Models multiply: they need float32, not booleans or integers.",
    zh="模型要做乘法：需要 float32，而不是布尔值或整数。",
)
def test_columns_are_float32(submission: Any, draw: Draw) -> None:
    levels = words(draw, draw.size(1, 6))
    col = column(draw, levels, draw.size(1, 6))
    compare.tensor(submission.one_hot_with_nan(col, levels), dtype=F32, what="the columns", zh="各列")


@check(
    "one_hot_with_nan.input_unchanged",
    hint="Both lists belong to the caller: don't add a level to one, nor fill gaps in the other.",
    zh="两个列表都是调用者的：不要往一个里添加类别，也不要在另一个里填补缺失。",
)
def test_lists_are_left_alone(submission: Any, draw: Draw) -> None:
    levels = words(draw, draw.size(2, 6))
    col = [*column(draw, levels, 7), None, "unseen"]
    seen = submission.observe("one_hot_with_nan", list(col), list(levels))
    compare.tensor(seen.result, shape=(9, len(levels) + 1))
    compare.unchanged(col, seen.args[0], "col")
    compare.unchanged(levels, seen.args[1], "levels")
