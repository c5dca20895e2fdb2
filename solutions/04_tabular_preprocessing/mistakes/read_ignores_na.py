"""The usual three words mean missing in every table."""

TRIPS = ["read_table.own_na"]


def read_table(text, na=frozenset({"", "NA", "NaN"})):
    names, *rows = [fields for fields in csv.reader(io.StringIO(text, newline="")) if fields]
    if any(len(row) != len(names) for row in rows):
        raise ValueError("ragged")
    return names, [[None if field in {"", "NA", "NaN"} else field for field in row] for row in rows]
