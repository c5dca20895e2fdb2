"""A reshape to (N, 3, H, W) moves the colours to the front."""

TRIPS = ["image_to_vector.channel_major", "image_to_vector.example"]

from torch import Tensor


def image_to_vector(img: Tensor) -> Tensor:
    n, height, width, _ = img.shape
    return img.reshape(n, 3, height, width).flatten(1)
