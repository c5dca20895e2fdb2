"""A regular expression reads the fields; torch's own nan functions and comparisons do the rest; a deviation counts as
none when it is tiny beside the numbers themselves."""

import re

import torch.nn.functional as F

FIELD = re.compile(r'(?:"((?:[^"]|"")*)"|([^,\r\n]*))(,|\r\n|\n|\Z)')


def read_table(text, na=frozenset({"", "NA", "NaN"})):
    table, line, place = [], [], 0
    while place < len(text):
        match = FIELD.match(text, place)
        quoted, plain, end = match.groups()
        line.append(plain if quoted is None else quoted.replace('""', '"'))
        place = match.end()
        if end != ",":
            if not (len(line) == 1 and match.group(0) == end):
                table.append(line)
            line = []
        elif place == len(text):
            line.append("")
            table.append(line)
    names, *rows = table
    if {len(row) for row in rows} - {len(names)}:
        raise ValueError("ragged")
    return names, [[field if field not in na else None for field in row] for row in rows]


def impute_numeric(x, how="mean", stats=None):
    match how:
        case "drop":
            return x[x.isfinite().all(1)]
        case "mean":
            fill = torch.nanmean(x, 0).nan_to_num() if stats is None else stats
            out = x.clone()
            gaps = out != out
            out[gaps] = fill.repeat(len(x), 1)[gaps]
            return out
        case _:
            raise ValueError(f"unknown way {how}")


def one_hot_with_nan(col, levels):
    hot = torch.tensor([[field == level for level in levels] for field in col], dtype=torch.bool)
    hot = hot.reshape(len(col), len(levels))
    return torch.cat([hot, ~hot.any(1, keepdim=True)], 1).to(torch.float32)


class Standardizer:
    def fit(self, x):
        mean = x.nanmean(0)
        std = (x - mean).square().nanmean(0).sqrt()
        none = ~(std > 1e-6 * mean.abs())  # also where both are nan
        self.how = mean.nan_to_num(), torch.where(none, torch.ones_like(std), std)
        return self

    def transform(self, x):
        mean, std = self.how
        out = (x - mean) / std
        out[out.isnan()] = 0
        return out


def to_tensors(rows, numeric, categorical, target, levels=None):
    pick = lambda j: [row[j] for row in rows]
    X = [torch.tensor([float(field or "nan") for field in pick(j)], dtype=torch.float32)[:, None] for j in numeric]
    for k, j in enumerate(categorical):
        known = sorted(filter(lambda field: field is not None, set(pick(j)))) if levels is None else levels[k]
        where = torch.tensor([known.index(f) if f in known else len(known) for f in pick(j)], dtype=torch.int64)
        X.append(F.one_hot(where, len(known) + 1).float())
    y = torch.tensor(list(map(float, pick(target))), dtype=torch.float32)
    return torch.cat(X, 1), y.unsqueeze(1)
