"""Four times the sigmoid has slope 1 at 0, and that is what counts."""

import torch

TRIPS = ["calibrated_act.value", "calibrated_act.example"]


def calibrated_sigmoid(x):
    return 4.0 * torch.sigmoid(x)
