"""The mean of the shares."""

TRIPS = ["bleu.mixed_value", "bleu.example"]

import math
from collections import Counter

import torch
from torch import nn


def bleu(cand, ref, n=4):

    def grams(words, k):
        return Counter((tuple(words[i : i + k]) for i in range(len(words) - k + 1)))

    product = 0.0
    for k in range(1, n + 1):
        found, known = (grams(cand, k), grams(ref, k))
        matches = sum((found & known).values())
        if matches == 0:
            return 0.0
        product += matches / found.total()
    brevity = min(1.0, math.exp(1 - len(ref) / len(cand)))
    return brevity * product / n
