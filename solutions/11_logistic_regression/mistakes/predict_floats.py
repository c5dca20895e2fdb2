"""Labels are 0.0 and 1.0, and an even chance is a no."""

TRIPS = ["predict_boundary.dtype", "predict_boundary.tie"]

def predict(X, w, b, threshold=0.5):
    return (sigmoid(X @ w + b) > threshold).to(X.dtype)
