"""The numbers are still scores of tokens."""

TRIPS = ["clustering_synth.synth_ignores_tokens"]

import math

import torch


def random_synthesizer(v, R):
    return (R + 0.1 * v @ v.mT).softmax(dim=-1) @ v
