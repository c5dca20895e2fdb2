"""NumPy computes the same numbers. (And forgets where they came from.)"""

TRIPS = ["softmax.gradcheck"]

import numpy as np
import torch


def softmax(x, dim=-1):
    values = x.detach().numpy()
    powers = np.exp(values - values.max(axis=dim, keepdims=True))
    return torch.from_numpy(powers / powers.sum(axis=dim, keepdims=True))
