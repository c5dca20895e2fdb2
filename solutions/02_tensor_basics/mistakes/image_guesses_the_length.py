"""reshape(N, -1) always finds the length by itself."""

TRIPS = ["image_to_vector.empty_batch"]

from torch import Tensor


def image_to_vector(img: Tensor) -> Tensor:
    return img.permute(0, 3, 1, 2).reshape(len(img), -1)
