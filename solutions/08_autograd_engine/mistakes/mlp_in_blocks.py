"""Takes the parameters in blocks: eight weights, eight weights, eight biases."""

TRIPS = ["train_xor_engine.value", "train_xor_engine.example"]


def mlp(params, x):
    output = params[32]
    for j in range(8):
        output = output + params[24 + j] * (params[j] * x[0] + params[8 + j] * x[1] + params[16 + j]).tanh()
    return output
