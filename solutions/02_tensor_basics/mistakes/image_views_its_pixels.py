"""The pixels of a batch of images always lie one behind the other, so view can join height and width."""

TRIPS = ["image_to_vector.noncontiguous"]

from torch import Tensor


def image_to_vector(img: Tensor) -> Tensor:
    n, height, width, colours = img.shape
    return img.view(n, height * width, colours).transpose(1, 2).reshape(n, colours * height * width)
