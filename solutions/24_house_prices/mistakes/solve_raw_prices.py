"""Prices are numbers like the six others: least squares on the prices themselves."""

TRIPS = ["final_score.medium_baseline"]


def solve(train_csv, test_csv, out_csv):
    known, unknown = read_csv(train_csv), read_csv(test_csv)
    X, X_test, y = preprocess(known, unknown)
    X, X_test = X[:, :6], X_test[:, :6]
    w = torch.linalg.lstsq(X.double(), y.double() - y.double().mean(), driver="gelsd").solution
    prices = X_test.double() @ w + y.double().mean()
    write_submission(out_csv, [int(row[0]) for row in unknown[1]], prices)
