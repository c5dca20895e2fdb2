import pytest
import torch
from real_formats import TEST_CSV, TRAIN_CSV, write

from autograder.checks.feedback import CheckFailure
from autograder.checks.real.files import data_folder
from autograder.checks.real.house_prices import house_prices
from autograder.errors import DataError


def load(folder, train=TRAIN_CSV, test=TEST_CSV):
    return house_prices(write(folder, {"train.csv": train, "test.csv": test}), rows=(3, 2))


def test_both_files_are_read(tmp_path):
    data = load(tmp_path)
    assert data.columns == ("LotArea", "Street", "Alley")
    assert data.train_rows == (("8450", "Pave", None), ("9600", "Pave", "Grvl"), ("11250", "Pave, new", None))
    assert torch.equal(data.train_price, torch.tensor([208500, 181500, 223500], dtype=torch.float64))
    assert (data.test_rows, data.test_ids) == ((("11622", "Pave", None), (None, "Grvl", None)), (1461, 1462))


def test_windows_line_ends_and_a_byte_order_mark_change_nothing(tmp_path):
    assert (
        load(tmp_path / "a", "\ufeff" + TRAIN_CSV.replace("\n", "\r\n")).train_rows == load(tmp_path / "b").train_rows
    )


def test_the_real_sizes_are_expected_unless_others_are_named(tmp_path):
    load(tmp_path)
    with pytest.raises(DataError, match=r"train\.csv: 3 houses of 1,460"):
        house_prices(tmp_path)


@pytest.mark.parametrize(
    ("train", "said"),
    [
        (TRAIN_CSV.replace("181500\n", "181500\n4,1,Pave,NA\n"), "train.csv:4: 4 fields for 5 columns"),
        (TRAIN_CSV.replace("208500", "cheap"), "train.csv:2: the price 'cheap' is not a number above 0"),
        (TRAIN_CSV.replace("208500", "-1"), "the price '-1'"),
        (TRAIN_CSV.replace("208500", "nan"), "the price 'nan'"),
        (TRAIN_CSV.replace("SalePrice", "Price"), "train.csv:1: the first line does not name the columns"),
        (TRAIN_CSV.replace("Alley", "Street"), "does not name the columns"),
        (TRAIN_CSV.replace('new"', "new"), "not a CSV file"),
        (TRAIN_CSV[:-1], "the last line has no end"),
        (TRAIN_CSV[: TRAIN_CSV.index("3,11250")], "2 houses of 3"),
        ("", "the last line has no end"),
        ("\n", "does not name the columns"),
        (b"\xff\xfe\n", "not a text in UTF-8"),
        (TEST_CSV, "does not name the columns"),
    ],
)
def test_a_wrong_file_to_train_on_says_what_is_wrong(tmp_path, train, said):
    with pytest.raises(DataError, match=said) as caught:
        load(tmp_path, train)
    assert caught.value.now.startswith("put the competition's")


@pytest.mark.parametrize(
    ("test", "said"),
    [
        (TEST_CSV.replace("Street", "Road"), "test.csv: its columns are not those of train.csv"),
        (TEST_CSV.replace("1461", "first"), "test.csv:2: the Id 'first' is not a whole number"),
        (TRAIN_CSV, "3 houses of 2"),
    ],
)
def test_a_wrong_file_to_predict_says_what_is_wrong(tmp_path, test, said):
    with pytest.raises(DataError, match=said):
        load(tmp_path, test=test)


def test_a_missing_file_is_named(tmp_path):
    write(tmp_path, {"train.csv": TRAIN_CSV})
    with pytest.raises(DataError, match=r"there is no file test.csv"):
        house_prices(tmp_path)
    with pytest.raises(DataError, match=r"there is no such folder"):
        house_prices(tmp_path / "nowhere")


def test_a_file_that_is_a_folder_is_no_file(tmp_path):
    write(tmp_path, {"train.csv": TRAIN_CSV})
    (tmp_path / "test.csv").mkdir()
    with pytest.raises(DataError, match=r"there is no file test.csv"):
        house_prices(tmp_path)


@pytest.mark.parametrize("side", ["exercises", "solutions"])
def test_a_course_keeps_its_data_beside_grading_yml(tmp_path, side):
    check_file = write(tmp_path / side / "24_house_prices", {"test_house_prices.py": ""}) / "test_house_prices.py"
    (tmp_path / "grading.yml").touch()
    with pytest.raises(CheckFailure, match="no folder data/house-prices") as caught:
        data_folder(check_file, "house-prices")
    assert (caught.value.outcome, caught.value.reason) == ("skipped", "not-here")
    assert "data/house-prices" in caught.value.summary.zh
    (tmp_path / "data" / "house-prices").mkdir(parents=True)
    assert data_folder(str(check_file), "house-prices") == tmp_path.resolve() / "data" / "house-prices"


def test_outside_of_a_course_there_is_no_data(tmp_path):
    with pytest.raises(CheckFailure, match="no folder data/mnist"):
        data_folder(tmp_path / "test_loose.py", "mnist")
