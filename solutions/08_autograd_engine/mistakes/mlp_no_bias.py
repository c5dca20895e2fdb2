"""Forgets the biases of the hidden units."""

TRIPS = ["train_xor_engine.value", "train_xor_engine.example"]


def mlp(params, x):
    output = params[32]
    for j in range(8):
        output = output + params[24 + j] * (params[3 * j] * x[0] + params[3 * j + 1] * x[1]).tanh()
    return output
