"""The images only need another shape: reshape puts every number in its place."""

TRIPS = ["image_to_vector.channel_major", "image_to_vector.example"]

from torch import Tensor


def image_to_vector(img: Tensor) -> Tensor:
    return img.reshape(img.shape[0], -1)
