"""Vectors are columns, so each image becomes a column."""

TRIPS = ["image_to_vector.shape", "image_to_vector.example"]

from torch import Tensor


def image_to_vector(img: Tensor) -> Tensor:
    return img.permute(0, 3, 1, 2).flatten(1).T
