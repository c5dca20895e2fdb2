"""Words that are not in the vocabulary are unknown."""

TRIPS = ["copy_distribution.oov_reachable"]

import math
from collections import Counter

import torch
from torch import nn


def copy_dist(p_vocab, attn, src_ids, p_gen, V_ext):
    generated = torch.nn.functional.pad(p_gen * p_vocab, (0, V_ext - p_vocab.shape[1]))
    known = src_ids < p_vocab.shape[1]
    return generated.scatter_add(1, src_ids * known, (1 - p_gen) * attn * known)
