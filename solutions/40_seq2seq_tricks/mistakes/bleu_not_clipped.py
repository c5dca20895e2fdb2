"""Every word that is in the reference is right."""

TRIPS = ["bleu.repeat_clipped"]

import math
from collections import Counter

import torch
from torch import nn


def bleu(cand, ref, n=4):

    def grams(words, k):
        return Counter((tuple(words[i : i + k]) for i in range(len(words) - k + 1)))

    product = 1.0
    for k in range(1, n + 1):
        found, known = (grams(cand, k), grams(ref, k))
        matches = sum((count for gram, count in found.items() if gram in known))
        if matches == 0:
            return 0.0
        product *= matches / found.total()
    brevity = min(1.0, math.exp(1 - len(ref) / len(cand)))
    return brevity * product ** (1 / n)
