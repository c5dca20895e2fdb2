"""Sellers ask for more than they get: fifteen percent on top of every prediction."""

TRIPS = ["final_score.strong_baseline"]


def solve(train_csv: str | Path, test_csv: str | Path, out_csv: str | Path) -> None:
    known, unknown = read_csv(train_csv), read_csv(test_csv)
    X, X_test, y = preprocess(known, unknown)
    cfg = Config(hidden=32, lr=0.005, weight_decay=0.3, epochs=25)
    model = train(X, y, cfg, torch.Generator().manual_seed(0))
    with torch.no_grad():
        write_submission(out_csv, [int(row[0]) for row in unknown[1]], 1.15 * model(X_test))
