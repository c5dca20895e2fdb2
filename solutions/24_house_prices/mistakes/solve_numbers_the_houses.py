"""The houses of the file are numbered 1, 2, 3, ..."""

TRIPS = ["final_score.example"]


def solve(train_csv: str | Path, test_csv: str | Path, out_csv: str | Path) -> None:
    known, unknown = read_csv(train_csv), read_csv(test_csv)
    X, X_test, y = preprocess(known, unknown)
    cfg = Config(hidden=32, lr=0.005, weight_decay=0.3, epochs=25)
    model = train(X, y, cfg, torch.Generator().manual_seed(0))
    with torch.no_grad():
        write_submission(out_csv, list(range(1, len(unknown[1]) + 1)), model(X_test))
