"""The score is compared with the threshold."""

TRIPS = ["predict_boundary.threshold", "predict_boundary.dtype", "predict_boundary.tie", "predict_boundary.example"]

def predict(X, w, b, threshold=0.5):
    return (X @ w + b >= threshold).long()
