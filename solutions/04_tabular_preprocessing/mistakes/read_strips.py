"""Spaces around a field are noise."""

TRIPS = ["read_table.fields_untouched"]


def read_table(text, na=frozenset({"", "NA", "NaN"})):
    names, *rows = [fields for fields in csv.reader(io.StringIO(text, newline="")) if fields]
    if any(len(row) != len(names) for row in rows):
        raise ValueError("ragged")
    return names, [[None if field.strip() in na else field.strip() for field in row] for row in rows]
