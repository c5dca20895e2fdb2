"""Puts the output through tanh, too."""

TRIPS = ["train_xor_engine.value", "train_xor_engine.example"]


def mlp(params, x):
    output = params[32]
    for j in range(8):
        u, v, bias = params[3 * j : 3 * j + 3]
        output = output + params[24 + j] * (u * x[0] + v * x[1] + bias).tanh()
    return output.tanh()
