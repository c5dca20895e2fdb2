"""na, NA and Na all mean the same."""

TRIPS = ["read_table.na_tokens"]


def read_table(text, na=frozenset({"", "NA", "NaN"})):
    names, *rows = [fields for fields in csv.reader(io.StringIO(text, newline="")) if fields]
    if any(len(row) != len(names) for row in rows):
        raise ValueError("ragged")
    return names, [[None if field.upper() in {word.upper() for word in na} else field for field in row] for row in rows]
