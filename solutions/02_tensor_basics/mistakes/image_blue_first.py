"""Cameras deliver blue, green, red."""

TRIPS = ["image_to_vector.channel_major", "image_to_vector.example"]

from torch import Tensor


def image_to_vector(img: Tensor) -> Tensor:
    return img.flip(-1).permute(0, 3, 1, 2).flatten(1)
