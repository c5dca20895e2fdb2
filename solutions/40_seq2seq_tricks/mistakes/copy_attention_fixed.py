"""Attention has learned elsewhere."""

TRIPS = ["copy_distribution.gradient"]

import math
from collections import Counter

import torch
from torch import nn


def copy_dist(p_vocab, attn, src_ids, p_gen, V_ext):
    generated = torch.nn.functional.pad(p_gen * p_vocab, (0, V_ext - p_vocab.shape[1]))
    return generated.scatter_add(1, src_ids, (1 - p_gen) * attn.detach())
