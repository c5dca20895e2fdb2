"""Returns values that lack what the check does with them next, so that it ends in an exception of its own.

catalogue: own
outcome: failed
checks: {layer.output: failed, layer.gradients: failed}
flag: layer.gradients broke on what came back
prints: made nothing of it
"""

kinds = iter([5, None, "text", [], {}, (), 1j, b"", float("nan"), torch.ones(3), range(3), slice(None), ...] * 9)


def Layer(*args):
    print("made nothing of it")
    return next(kinds)


value = slope = twice = fit = noise = Layer
