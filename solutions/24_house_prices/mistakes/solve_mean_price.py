"""Without knowing more, the mean price is the best guess."""

TRIPS = ["final_score.simple_baseline"]


def solve(train_csv, test_csv, out_csv):
    known, unknown = read_csv(train_csv), read_csv(test_csv)
    y = preprocess(known, unknown)[2]
    write_submission(out_csv, [int(row[0]) for row in unknown[1]], y.mean().expand(len(unknown[1])))
