"""exp of the products is the feature."""

TRIPS = ["clustering_synth.features_value", "clustering_synth.random_features_unbiased", "clustering_synth.example"]

import math

import torch


def performer_features(x, W):
    half = x.square().sum(dim=-1, keepdim=True) / 2
    return (x @ W.T).exp() / math.sqrt(len(W))
