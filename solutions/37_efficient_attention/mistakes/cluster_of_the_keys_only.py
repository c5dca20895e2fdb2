"""The cluster of the keys decides."""

TRIPS = ["clustering_synth.same_cluster_only", "clustering_synth.example"]

import math

import torch


def cluster_mask(q, k, centroids):
    own = [(x[:, None] - centroids).square().sum(dim=-1).argmin(dim=-1) for x in (q, k)]
    return own[1][:, None] == own[1]
