"""Mixtures are small enough."""

TRIPS = ["low_rank_keys.identity_projection_is_full", "low_rank_keys.shape_r"]

import math

import torch


def linformer(q, k, v, E, Fm):
    scores = q @ (E @ k).mT
    return scores.softmax(dim=-1) @ (Fm @ v)
