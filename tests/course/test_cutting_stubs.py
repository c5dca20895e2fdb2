"""The stub is the solution without its answers, and never more."""

from __future__ import annotations

from textwrap import dedent

import pytest

from autograder.course.stubs import cut, stub_faults, write_stubs
from autograder.errors import ConfigError


def stub(source: str) -> str:
    return cut(dedent(source), "solution.py")


def faults_of(source: str) -> str:
    with pytest.raises(ConfigError) as caught:
        stub(source)
    return "\n".join(map(str, caught.value.faults))


def test_every_kind_of_answer_is_cut_as_it_should_be():
    assert stub(
        '''\
        """Doc."""

        import torch

        # answer
        import math

        TABLE = {"# answer": 1}
        # end answer

        KEPT = "# answer"  # a text, no marker


        @torch.no_grad()
        def plain(x):
            """Doc."""
            # answer
            y = math.exp(x)

            # a thought
            return y
            # end answer


        # answer
        def private(x):
            return x


        # end answer
        class Model(torch.nn.Module):
            """Doc."""

            # answer
            hidden = 3

            def extra(self):
                return 1

            # end answer
            def forward(self, x):
                if x is None:
                    # answer
                    return 0
                    # end answer
                y = x
                # answer
                def inner():
                    return y

                return inner()
                # end answer
        '''
    ) == dedent(
        '''\
        """Doc."""

        import torch

        KEPT = "# answer"  # a text, no marker


        @torch.no_grad()
        def plain(x):
            """Doc."""
            raise NotImplementedError


        class Model(torch.nn.Module):
            """Doc."""

            def forward(self, x):
                if x is None:
                    raise NotImplementedError
                y = x
                raise NotImplementedError
        '''
    )


def test_an_answer_at_the_end_of_the_file_leaves_no_blank_lines():
    assert stub("A = 1\n\n\n# answer\nB = 2\n# end answer\n") == "A = 1\n"


@pytest.mark.parametrize(
    ("source", "fault"),
    [
        ("def f():\n    return 1\n", "solution.py:1:1: no `# answer` here: the stub would be the solution"),
        ("def f():\n    # answer\n    return 1\n", "solution.py:2:5: `# answer` without `# end answer`"),
        ("def f():\n    return 1\n    # end answer\n", "solution.py:3:5: `# end answer` without `# answer`"),
        (
            "def f():\n    # answer\n    # answer\n    return 1\n    # end answer\n",
            "solution.py:3:5: a second `# answer` before `# end answer` (the first is in line 2)",
        ),
        ("def f():\n    #answer\n    return 1\n", "solution.py:2:5: `#answer` is no marker (write `# answer`)"),
        ("def f():\n    return 1  # End Answer:\n", "solution.py:2:15: `# end answer` must stand on a line of its own"),
        (
            "def f():\n    # answer\n    # end answer\n    return 1\n",
            "solution.py:2:5: there is no code in this answer",
        ),
        (
            "def f():\n    # answer\n    return 1\n\n\ndef g():\n    return 2\n    # end answer\n",
            'solution.py:2:5: this answer goes beyond "f" (move the `# end answer`)',
        ),
        (
            "def f():\n# answer\n    return 1\n# end answer\n",
            "solution.py:2:1: `# answer` is not indented like the code below it",
        ),
        (
            "def f():\n    # answer\n    return 1\n# end answer\n",
            "solution.py:4:1: `# end answer` is indented differently from its `# answer` in line 2",
        ),
        (
            "class A:\n    # answer\n    x = 1\n    # end answer\n\n\nB = 1\n",
            "solution.py:1:1: the stub cut from this file is not Python: expected an indented block after class "
            "definition on line 1, at `B = 1`",
        ),
        ("def f(:\n", "solution.py:1:7: not Python: invalid syntax"),
    ],
)
def test_markers_that_do_not_fit_are_faults_with_their_line(source, fault):
    assert faults_of(source) == fault


def test_all_markers_that_do_not_fit_are_named_at_once():
    assert faults_of("# end answer\n#answer\nA = 1\n# answer\n").count("solution.py:") == 3


def test_a_stub_out_of_step_is_found_and_written_anew(course):
    path = "exercises/01_first_steps/first_steps.py"
    assert stub_faults(course.root) == []
    assert write_stubs(course.root) == []
    course.replace("solutions/01_first_steps/first_steps.py", "Half of x.", "One half of x.")
    assert [str(fault) for fault in stub_faults(course.root)] == [
        f"{path}:12:1: the stub is out of step with its solution (run `autograder stubs`)"
    ]
    assert write_stubs(course.root) == [course.root / path]
    assert "One half of x." in course.read(path)
    assert stub_faults(course.root) == []


def test_a_missing_stub_is_written_for_a_topic_that_grading_yml_does_not_list_yet(course):
    course.write("exercises/03_third_steps/topic.yml", "")
    course.write("solutions/03_third_steps/third_steps.py", course.read("solutions/01_first_steps/first_steps.py"))
    assert [fault.what for fault in stub_faults(course.root)] == ["the stub is missing"]
    assert write_stubs(course.root) == [course.root / "exercises/03_third_steps/third_steps.py"]


def test_no_stub_is_written_while_any_solution_cannot_be_cut(course):
    before = course.tree("exercises")
    course.replace("solutions/01_first_steps/first_steps.py", "Half of x.", "One half of x.")
    course.append("solutions/02_second_steps/second_steps.py", "# answer\n")
    with pytest.raises(ConfigError, match=r"solutions/02_second_steps/second_steps.py:19:1: `# answer` without"):
        write_stubs(course.root)
    assert course.tree("exercises") == before
