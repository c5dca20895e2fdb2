"""Copying comes on top."""

TRIPS = ["copy_distribution.sums_to_1", "copy_distribution.value_repeated_source"]

import math
from collections import Counter

import torch
from torch import nn


def copy_dist(p_vocab, attn, src_ids, p_gen, V_ext):
    generated = torch.nn.functional.pad(p_gen * p_vocab, (0, V_ext - p_vocab.shape[1]))
    return generated.scatter_add(1, src_ids, attn)
