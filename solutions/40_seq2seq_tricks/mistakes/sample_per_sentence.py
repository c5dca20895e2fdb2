"""One coin for a sentence."""

TRIPS = ["scheduled_sampling.per_token"]

import math
from collections import Counter

import torch
from torch import nn


def choose_inputs(y_true, y_model, p_truth, generator):
    truth = torch.rand(len(y_true), 1, generator=generator) < p_truth
    return torch.where(truth, y_true, y_model)
