"""The rules about the source see every file of a submission, read as the interpreter reads it."""

import pytest

from autograder.checks import source_rules
from autograder.checks.feedback import CheckFailure
from autograder.checks.source_text import source_text

SOFTMAX = "import torch\ndef go(x): return torch.softmax(x, -1)\ndef mine(x): return x\n"
CAUGHT = {
    "from a file": ("from ops import go\ndef f(x): return go(x)", {"ops.py": SOFTMAX}),
    "a file by name": ("import ops\ndef f(x): return ops.go(x)", {"ops.py": SOFTMAX}),
    "a file by another name": ("import ops as o\ndef f(x): return o.go(x)", {"ops.py": SOFTMAX}),
    "everything from a file": ("from ops import *\ndef f(x): return go(x)", {"ops.py": SOFTMAX}),
    "an import inside": ("def f(x):\n    import ops\n    return ops.go(x)", {"ops.py": SOFTMAX}),
    "import_module": ("import importlib as i\ndef f(x): return i.import_module('ops').go(x)", {"ops.py": SOFTMAX}),
    "a folder": ("from my.ops import go\ndef f(x): return go(x)", {"my/ops.py": SOFTMAX}),
    "a package": (
        "from my import go\ndef f(x): return go(x)",
        {"my/__init__.py": "from .ops import go\n", "my/ops.py": SOFTMAX},
    ),
    "a file of a file": (
        "from a import g\ndef f(x): return g(x)",
        {"a.py": "from b import go\ndef g(x): return go(x)\n", "b.py": SOFTMAX},
    ),
    "a file beside, from the package": (
        "from my.a import g\ndef f(x): return g(x)",
        {"my/a.py": "from . import ops\ndef g(x): return ops.go(x)\n", "my/ops.py": SOFTMAX},
    ),
    "a file's own alias": ("from ops import s\ndef f(x): return s(x)", {"ops.py": SOFTMAX + "s = torch.softmax\n"}),
    "a base class": (
        "from ops import M\nclass N(M): pass\ndef f(x): return N().go(x)",
        {"ops.py": "import torch\nclass M:\n    def go(self, x): return torch.softmax(x, 0)\n"},
    ),
    "compiled": ("from ops import go\ndef f(x): return go(x)", {"ops.pyc": ""}),
    "an extension": ("import ops\ndef f(x): return ops.go(x)", {"ops.cpython-312-x86_64-linux-gnu.so": ""}),
    "files that import each other": (
        "from a import g\ndef f(x): return g(x)",
        {"a.py": "import b\ndef g(x): return b.h(x)\n", "b.py": "import a, torch\nh = torch.softmax\n"},
    ),
}
FREE = {
    "what it does not use": ("from ops import mine\ndef f(x): return mine(x)", {"ops.py": SOFTMAX}),
    "by name": ("import ops\ndef f(x): return ops.mine(x)", {"ops.py": SOFTMAX}),
    "a file nobody imports": ("def f(x): return x", {"ops.py": SOFTMAX, "old.py": "def broken(:"}),
    "a compiled file nobody imports": ("import torch\ndef f(x): return x", {"ops.pyc": ""}),
}


def text(entry, others):
    return source_text({"main.py": entry.encode()} | {name: data.encode() for name, data in others.items()}, "main.py")


@pytest.mark.parametrize("case", CAUGHT)
def test_a_forbidden_name_is_found_in_another_file(case):
    with pytest.raises(CheckFailure) as caught:
        source_rules.forbid_names(text(*CAUGHT[case]), {"F.softmax", "torch.softmax"}, within="f")
    assert caught.value.reason == "forbidden"


@pytest.mark.parametrize("case", FREE)
def test_what_a_function_does_not_reach_is_free(case):
    source_rules.forbid_names(text(*FREE[case]), {"torch.softmax"}, within="f")


@pytest.mark.parametrize("within", [None, "f"])
@pytest.mark.parametrize("case", ["ops.py", "ops/__init__.py", "ops.pyc"])
def test_a_forbidden_import_is_found_in_another_file(case, within):
    source = text("import ops\ndef f(x): return ops.go(x)", {case: "def go(x):\n    from torch.optim import SGD\n"})
    with pytest.raises(CheckFailure) as caught:
        source_rules.forbid_imports(source, {"torch.optim"}, within=within)
    assert caught.value.outcome == "forbidden"


def test_an_inherited_method_counts_where_a_method_calls_it():
    base = "import torch\nclass M:\n    def go(self, x): return torch.softmax(x, 0)\n    def no(self): return 0\n"
    middle = "import ops\nclass K(ops.M): pass\n"
    entry = "from middle import K\nclass N(K):\n    def f(self, x): return self.{}(x)\n"
    others = {"ops.py": base, "middle.py": middle}
    source_rules.forbid_names(text(entry.format("no"), others), {"torch.softmax"}, within="N.f")
    with pytest.raises(CheckFailure, match="module ops"):
        source_rules.forbid_names(text(entry.format("go"), others), {"torch.softmax"}, within="N.f")


def test_the_message_names_the_other_file():
    source = text("from ops import go\ndef f(x): return go(x)", {"ops.py": SOFTMAX})
    with pytest.raises(CheckFailure) as caught:
        source_rules.forbid_names(source, {"torch.softmax"})
    begin, end = "uses torch.softmax, which this task asks you to do without: write that step yourself.", "用了"
    assert caught.value.summary.en == f"line 2 of your module ops {begin}"
    assert caught.value.summary.zh.startswith(f"你的模块 ops 的第 2 行{end} torch.softmax")


def test_another_file_that_is_no_python_is_named():
    with pytest.raises(CheckFailure) as caught:
        source_rules.forbid_names(text("import ops", {"ops.py": "x = (\n"}), {"torch.softmax"})
    assert caught.value.summary.en == "your module ops can't be read: it is not valid Python (line 1)."


def test_many_large_files_are_not_all_read():
    others = {f"m{n}.py": f"import m{n + 1}\nx = '{'a' * 90_000}'\n" for n in range(50)}
    with pytest.raises(CheckFailure, match="too large"):
        source_rules.forbid_names(text("import m0", others), {"torch.softmax"})


# The same bytes say one thing to whoever reads them as UTF-8 and another to Python.
HIDDEN = {
    "a line in a comment (UTF-7)": b"# coding: utf-7\n# nothing here +AAo-import ctypes\n",
    "escapes": b"# coding: unicode_escape\n# nothing here \\x0aimport ctypes\n",
    "raw escapes": b"# -*- coding: raw_unicode_escape -*-\n# nothing here \\u000aimport ctypes\n",
    "in the second line": b"#!/usr/bin/python\n# vim: set fileencoding=utf_7 :\n# +AAo-import ctypes\n",
    "two of them": b"# coding: latin-1\n# coding: utf-7\n# +AAo-import ctypes\n",
    "after a lone carriage return": b"#\r# coding: utf-7\r# +AAo-import ctypes\n",
}


@pytest.mark.parametrize("case", HIDDEN)
def test_an_encoding_that_hides_code_is_refused(case):
    with pytest.raises(CheckFailure, match="save it as UTF-8") as caught:
        source_rules.forbid_imports(source_text({"main.py": HIDDEN[case]}, "main.py"), {"ctypes"})
    assert caught.value.reason == "source"


@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "gbk", "gb18030", "big5"])
def test_what_editors_write_is_read(codec):
    named = "utf-8" if codec == "utf-8-sig" else codec
    data = f"# coding: {named}\nimport ctypes  # 數據\n".encode(codec)
    read = source_text({"main.py": data}, "main.py")
    assert "數據" in read
    with pytest.raises(CheckFailure, match="line 2 uses ctypes"):
        source_rules.forbid_imports(read, {"ctypes"})


def test_the_word_coding_in_a_docstring_is_no_encoding():
    source_rules.forbid_imports(source_text({"main.py": b'"""one-hot coding: the story"""\n'}, "main.py"), {"ctypes"})
