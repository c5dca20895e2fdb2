"""A small number in the divisor saves from zeros."""

import torch

TRIPS = ["normalize.value", "normalize.nothing_to_divide_by"]


class Normalize:
    def __init__(self, mean, std):
        self.mean = mean[:, None, None]
        self.std = (std + 1e-5)[:, None, None]

    def __call__(self, img):
        values = img.float() / 255 if img.dtype == torch.uint8 else img
        return (values - self.mean.to(values)) / self.std.to(values)

    def denormalize(self, img):
        return img * self.std.to(img) + self.mean.to(img)
