"""Keys and values are mixed alike."""

TRIPS = ["low_rank_keys.shape_r", "low_rank_keys.example"]

import math

import torch


def linformer(q, k, v, E, Fm):
    scores = q @ (E @ k).mT / math.sqrt(q.shape[-1])
    return scores.softmax(dim=-1) @ (E @ v)
