"""The centroid with the greatest product is the nearest."""

TRIPS = ["clustering_synth.same_cluster_only"]

import math

import torch


def cluster_mask(q, k, centroids):
    own = [(x @ centroids.T).argmax(dim=-1) for x in (q, k)]
    return own[0][:, None] == own[1]
