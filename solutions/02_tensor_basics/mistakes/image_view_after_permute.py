"""view and reshape are the same thing."""

TRIPS = ["image_to_vector.shape", "image_to_vector.example"]

from torch import Tensor


def image_to_vector(img: Tensor) -> Tensor:
    n, height, width, _ = img.shape
    return img.permute(0, 3, 1, 2).view(n, 3 * height * width)
