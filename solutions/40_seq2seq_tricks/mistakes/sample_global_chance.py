"""Chance is chance."""

TRIPS = ["scheduled_sampling.generator_only"]

import math
from collections import Counter

import torch
from torch import nn


def choose_inputs(y_true, y_model, p_truth, generator):
    truth = torch.rand(y_true.shape) < p_truth
    return torch.where(truth, y_true, y_model)
