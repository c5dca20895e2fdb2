"""Everything in the file is a row."""

TRIPS = ["read_table.header_rows", "read_table.header_only", "read_table.example"]


def read_table(text, na=frozenset({"", "NA", "NaN"})):
    names, *rows = [fields for fields in csv.reader(io.StringIO(text, newline="")) if fields]
    if any(len(row) != len(names) for row in rows):
        raise ValueError("ragged")
    rows = [names, *rows]
    return names, [[None if field in na else field for field in row] for row in rows]
