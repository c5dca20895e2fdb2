"""The mean is still an image, of 1 x 1."""

TRIPS = ["max_pool2d.global_average", "max_pool2d.example_average"]


def global_avg_pool(x):
    return x.mean((2, 3), keepdim=True)
