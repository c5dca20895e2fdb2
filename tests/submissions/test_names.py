import pytest

from autograder.errors import UsageError
from autograder.submissions.names import clean_student, key, nearest


@pytest.mark.parametrize(
    "name", ["ada", "王小明", "Zoë", "jean-luc.p_2", "Ада", "محمد", "Ada Lovelace", "ß", "4242", "Nguyễn", "नेहा", "ปู่"]
)
def test_names_of_any_script_are_accepted(name):
    assert clean_student(name) == name


def test_accents_typed_in_two_ways_are_one_name():
    assert clean_student("Zoe\u0308") == clean_student("Zo\u00eb") == "Zo\u00eb"


def test_spaces_around_a_name_are_dropped():
    assert clean_student("  ada\n") == "ada"


@pytest.mark.parametrize(
    "name",
    [
        *(
            "",
            "   ",
            ".",
            "..",
            "../bob",
            "a/b",
            "a\\b",
            ".hidden",
            "-rf",
            "ends.",
            "CON",
            "lpt1.x",
            "two  spaces",
            "___",
        ),
        *("a\0b", "a\x1b[2J", "a\nb", "ada\u202ebob", "ada\u200bbob", "\ufeffada", "a\u2028b", "ada\ufe0f", "\u3164x"),
        *("ada;rm", "ada<script>", "a:b", "a*b", 'a"b', "$(id)", "a\ud800b", "😀", "z" + "\u0301\u0489" * 9),
    ],
)
def test_names_that_trick_paths_terminals_or_eyes_are_refused(name):
    with pytest.raises(UsageError, match="student name"):
        clean_student(name)


def test_a_name_may_have_eighty_characters_and_no_more():
    assert clean_student("王" * 80) == "王" * 80
    with pytest.raises(UsageError, match="longer than 80"):
        clean_student("a" * 81)


def test_a_name_too_long_for_a_file_system_is_refused_even_if_it_has_few_characters():
    with pytest.raises(UsageError, match="longer"):
        clean_student("\U00020000" * 61)


def test_a_refusal_shows_the_name_without_its_control_characters():
    with pytest.raises(UsageError) as refused:
        clean_student("ada\x1b[2J")
    assert "\x1b" not in str(refused.value)
    assert "use letters" in str(refused.value)


def test_case_and_width_make_no_second_person():
    assert key("Ada") == key("ADA") == key("\uff21da")
    assert key("ada") != key("bob")


def test_the_nearest_known_name_is_found():
    assert nearest("Ada Lovelac", ["Grace Hopper", "Ada Lovelace"]) == "Ada Lovelace"
    assert nearest("Аdа Lоvеlасе", ["Grace Hopper", "Ada Lovelace"]) == "Ada Lovelace"  # five Cyrillic letters
    assert nearest("xyz", ["Grace Hopper"]) == ""
