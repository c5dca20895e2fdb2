"""The picture is not needed any more as it was."""

import torch

TRIPS = ["normalize.value"]


class Normalize:
    def __init__(self, mean, std):
        self.mean = mean[:, None, None]
        self.std = torch.where(std == 0, torch.ones_like(std), std)[:, None, None]

    def __call__(self, img):
        values = img.float() / 255 if img.dtype == torch.uint8 else img
        return values.sub_(self.mean.to(values)).div_(self.std.to(values))

    def denormalize(self, img):
        return img * self.std.to(img) + self.mean.to(img)
