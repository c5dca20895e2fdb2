"""Scores of all keys are mixed."""

TRIPS = ["low_rank_keys.no_NxN_tensor"]

import math

import torch


def linformer(q, k, v, E, Fm):
    scores = q @ k.mT @ E.mT / math.sqrt(q.shape[-1])
    return scores.softmax(dim=-1) @ (Fm @ v)
