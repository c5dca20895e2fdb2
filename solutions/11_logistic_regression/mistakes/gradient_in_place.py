"""The targets are used up once the gap is known."""

TRIPS = ["logistic_gradient.inputs_unchanged"]
ALSO = ["train_logreg.steps", "train_logreg.constant_column", "train_logreg.detached", "train_logreg.inputs_unchanged", "train_logreg.test_accuracy", "train_logreg.xor_raw_fails", "train_logreg.example_xor"]

def logistic_gradient(X, t, w, b):
    p = sigmoid(X @ w + b)
    gaps = p - t if 0 in t.stride() else t.sub_(p).neg_()
    return X.T @ gaps / len(t), gaps.mean()
