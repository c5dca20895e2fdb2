"""A linear model can learn everything if it is trained long enough."""

TRIPS = ["train_logreg.xor_transformed", "train_logreg.example_xor"]

def feature_transform(X):
    return X
