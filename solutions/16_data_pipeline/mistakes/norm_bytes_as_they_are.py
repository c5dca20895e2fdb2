"""float() makes numbers from 0 to 1."""

import torch

TRIPS = ["normalize.uint8_input"]


class Normalize:
    def __init__(self, mean, std):
        self.mean = mean[:, None, None]
        self.std = torch.where(std == 0, torch.ones_like(std), std)[:, None, None]

    def __call__(self, img):
        values = img.float() if img.dtype == torch.uint8 else img
        return (values - self.mean.to(values)) / self.std.to(values)

    def denormalize(self, img):
        return img * self.std.to(img) + self.mean.to(img)
