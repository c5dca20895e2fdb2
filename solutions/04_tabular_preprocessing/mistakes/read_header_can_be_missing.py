"""Missing is missing, also in the line of names."""

TRIPS = ["read_table.na_tokens"]


def read_table(text, na=frozenset({"", "NA", "NaN"})):
    names, *rows = [fields for fields in csv.reader(io.StringIO(text, newline="")) if fields]
    if any(len(row) != len(names) for row in rows):
        raise ValueError("ragged")
    return [None if name in na else name for name in names], [[None if field in na else field for field in row] for row in rows]
