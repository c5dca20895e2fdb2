"""Computes with the numbers of the biases, which never learn that way."""

TRIPS = ["train_xor_engine.gradient"]


def mlp(params, x):
    output = Value(params[32].data)
    for j in range(8):
        u, v, bias = params[3 * j : 3 * j + 3]
        output = output + params[24 + j] * (u * x[0] + v * x[1] + bias.data).tanh()
    return output
