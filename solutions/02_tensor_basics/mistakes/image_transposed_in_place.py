"""transpose_ is transpose, only faster."""

TRIPS = ["image_to_vector.inputs_unchanged"]

from torch import Tensor


def image_to_vector(img: Tensor) -> Tensor:
    img.transpose_(1, 3).transpose_(2, 3)
    return img.flatten(1)
