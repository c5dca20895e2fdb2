"""What counts is whether a coordinate is above the mean of the batch."""

TRIPS = ["train_logreg.transform_rows"]

def feature_transform(X):
    high = X > X.mean(dim=0)
    return (high[:, :1] != high[:, 1:]).to(X.dtype)
