"""Takes the length of both vectors instead of their scalar product."""

TRIPS = ["products.value", "products.example"]


def dot(x, y):
    if x.shape != y.shape:
        raise ValueError("sizes")
    return (x.abs() * y.abs()).sum()
