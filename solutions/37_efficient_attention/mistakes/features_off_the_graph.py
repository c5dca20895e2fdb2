"""Random features are not learned."""

TRIPS = ["clustering_synth.gradient"]

import math

import torch


def performer_features(x, W):
    x = x.detach()
    half = x.square().sum(dim=-1, keepdim=True) / 2
    return (x @ W.T - half).exp() / math.sqrt(len(W))
