"""Broadcasting puts the numbers where they belong."""

import torch

TRIPS = ["normalize.value"]


class Normalize:
    def __init__(self, mean, std):
        self.mean = mean
        self.std = torch.where(std == 0, torch.ones_like(std), std)

    def __call__(self, img):
        values = img.float() / 255 if img.dtype == torch.uint8 else img
        return (values - self.mean.to(values)) / self.std.to(values)

    def denormalize(self, img):
        return img * self.std.to(img) + self.mean.to(img)
