"""p is the share of the model."""

TRIPS = ["scheduled_sampling.rate", "scheduled_sampling.p1_p0", "scheduled_sampling.example"]

import math
from collections import Counter

import torch
from torch import nn


def choose_inputs(y_true, y_model, p_truth, generator):
    truth = torch.rand(y_true.shape, generator=generator) < p_truth
    return torch.where(truth, y_model, y_true)
