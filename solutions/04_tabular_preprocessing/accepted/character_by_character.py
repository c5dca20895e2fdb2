"""No modules at all: an own parser with a state, plain loops over numbers, n - 1 in the deviation."""


def read_table(text, na=frozenset({"", "NA", "NaN"})):
    lines, fields, field, quoted, touched = [], [], "", False, False
    place = 0
    while place < len(text):
        character = text[place]
        if quoted:
            if character == '"' and text[place + 1 : place + 2] == '"':
                field, place = field + '"', place + 1
            elif character == '"':
                quoted = False
            else:
                field += character
        elif character == '"' and field == "":
            quoted = touched = True
        elif character == ",":
            fields.append(field)
            field, touched = "", True
        elif character == "\n" or text[place : place + 2] == "\r\n":
            place += character == "\r"
            if touched or field:
                lines.append(fields + [field])
            fields, field, touched = [], "", False
        else:
            field += character
        place += 1
    if touched or field:
        lines.append(fields + [field])
    names, rows = lines[0], lines[1:]
    if any(len(row) != len(names) for row in rows):
        raise ValueError("a row has another number of fields than there are names")
    return names, [[None if one in na else one for one in row] for row in rows]


def impute_numeric(x, how="mean", stats=None):
    if how == "mean":
        out = x.clone()
        for j in range(x.shape[1]):
            seen = [value for value in x[:, j].tolist() if value == value]
            fill = stats[j].item() if stats is not None else sum(seen) / len(seen) if seen else 0.0
            for i in range(x.shape[0]):
                if x[i, j] != x[i, j]:
                    out[i, j] = fill
        return out
    elif how == "drop":
        kept = [i for i in range(x.shape[0]) if all(value == value for value in x[i].tolist())]
        return x[torch.tensor(kept, dtype=torch.int64)]
    raise ValueError("mean or drop")


def one_hot_with_nan(col, levels):
    out = torch.zeros((len(col), len(levels) + 1), dtype=torch.float32)
    for i in range(len(col)):
        j = 0
        while j < len(levels) and col[i] != levels[j]:
            j += 1
        out[i, j] = 1
    return out


class Standardizer:
    def fit(self, x):
        self.scales = []
        for j in range(x.shape[1]):
            seen = [value for value in x[:, j].tolist() if value == value]
            mean = sum(seen) / len(seen) if seen else 0.0
            if len(set(seen)) < 2:
                self.scales.append((mean, 1.0))
            else:
                self.scales.append((mean, (sum((value - mean) ** 2 for value in seen) / (len(seen) - 1)) ** 0.5))
        return self

    def transform(self, x):
        columns = []
        for j, (mean, std) in enumerate(self.scales):
            values = [(value - mean) / std if value == value else 0.0 for value in x[:, j].tolist()]
            columns.append(torch.tensor(values, dtype=x.dtype))
        return torch.stack(columns, dim=1)


def to_tensors(rows, numeric, categorical, target, levels=None):
    if levels is None:
        levels = []
        for j in categorical:
            found = []
            for row in rows:
                if row[j] is not None and row[j] not in found:
                    found.append(row[j])
            levels.append(sorted(found))
    width = len(numeric) + sum(len(known) + 1 for known in levels)
    X, y = torch.zeros(len(rows), width), torch.zeros(len(rows), 1)
    for i, row in enumerate(rows):
        for k, j in enumerate(numeric):
            X[i, k] = float("nan") if row[j] is None else float(row[j])
        start = len(numeric)
        for j, known in zip(categorical, levels):
            X[i, start + (known.index(row[j]) if row[j] in known else len(known))] = 1
            start += len(known) + 1
        y[i, 0] = float(row[target])
    return X, y
