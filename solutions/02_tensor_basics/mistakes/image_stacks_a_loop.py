"""A loop over the images covers every batch. (With no image there is nothing to stack.)"""

TRIPS = ["image_to_vector.empty_batch"]

import torch
from torch import Tensor


def image_to_vector(img: Tensor) -> Tensor:
    return torch.stack([torch.cat([one[:, :, colour].reshape(-1) for colour in range(3)]) for one in img])
