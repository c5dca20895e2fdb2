"""Two quotes in a field are two quotes."""

TRIPS = ["read_table.quoted_quote"]


def read_table(text, na=frozenset({"", "NA", "NaN"})):
    names, *rows = [fields for fields in csv.reader(io.StringIO(text, newline=""), doublequote=False) if fields]
    if any(len(row) != len(names) for row in rows):
        raise ValueError("ragged")
    return names, [[None if field in na else field for field in row] for row in rows]
