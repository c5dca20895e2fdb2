"""Every row adds its part."""

TRIPS = ["logistic_gradient.mean_not_sum", "logistic_gradient.vs_autograd", "logistic_gradient.example"]
ALSO = ["train_logreg.example", "train_logreg.steps", "train_logreg.constant_column", "train_logreg.detached", "train_logreg.inputs_unchanged"]

def logistic_gradient(X, t, w, b):
    gaps = sigmoid(X @ w + b) - t
    return X.T @ gaps, gaps.sum()
