"""Keeps the gradient of the step that was visited last."""

TRIPS = ["bptt.sums_over_time", "bptt.vs_autograd"]

import torch


def rnn_bptt(x, y, w):
    B, T, _ = x.shape
    states = [x.new_zeros(B, len(w["b_h"]))]
    for t in range(T):
        states.append(torch.tanh(x[:, t] @ w["W_ih"].T + states[t] @ w["W_hh"].T + w["b_h"]))
    grads = {name: torch.zeros_like(value) for name, value in w.items()}
    later = torch.zeros_like(states[0])
    for t in range(T - 1, -1, -1):
        before, h = states[t], states[t + 1]
        d_out = 2 * (h @ w["W_hy"].T + w["b_y"] - y[:, t]) / y.numel()
        d_sum = (d_out @ w["W_hy"] + later) * (1 - h * h)
        grads["W_hy"] = d_out.T @ h
        grads["b_y"] = d_out.sum(dim=0)
        grads["W_ih"] = d_sum.T @ x[:, t]
        grads["W_hh"] = d_sum.T @ before
        grads["b_h"] = d_sum.sum(dim=0)
        later = d_sum @ w["W_hh"]
    return grads
