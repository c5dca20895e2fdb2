"""What somebody has put into quotes is there, so it can"t be missing."""

TRIPS = ["read_table.quoted_missing"]


def read_table(text, na=frozenset({"", "NA", "NaN"})):
    marked = text.replace('"NA"', '"\0NA"').replace('"NaN"', '"\0NaN"').replace(',"",', ',"\0",').replace('\n"",', '\n"\0",')
    names, *rows = [fields for fields in csv.reader(io.StringIO(marked, newline="")) if fields]
    if any(len(row) != len(names) for row in rows):
        raise ValueError("ragged")
    clean = lambda field: field.replace("\0", "")
    return [clean(name) for name in names], [[None if field in na else clean(field) for field in row] for row in rows]
