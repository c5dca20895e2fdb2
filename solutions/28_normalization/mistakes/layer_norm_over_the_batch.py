"""Normalises every feature over the batch, as batch norm does."""

TRIPS = ["layer_norm.square", "layer_norm.value", "layer_norm.batch1", "layer_norm.example"]


def layer_norm(x, g, b, eps=1e-5):
    centred = x - x.mean(0, keepdim=True)
    var = centred.square().mean(0, keepdim=True)
    return g * centred / (var + eps).sqrt() + b
