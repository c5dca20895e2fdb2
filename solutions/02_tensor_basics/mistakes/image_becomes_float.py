"""Networks calculate with floats, so the bytes are converted on the way."""

TRIPS = ["image_to_vector.dtype_kept"]

from torch import Tensor


def image_to_vector(img: Tensor) -> Tensor:
    vectors = img.permute(0, 3, 1, 2).flatten(1)
    return vectors if vectors.is_floating_point() else vectors.float()
