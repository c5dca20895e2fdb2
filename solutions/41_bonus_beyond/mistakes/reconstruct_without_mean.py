"""The shadow already stands where it should."""

TRIPS = ["pca.sign_free", "pca.example"]


def reconstruct(X, components, mean):
    return (X - mean) @ components.T @ components
