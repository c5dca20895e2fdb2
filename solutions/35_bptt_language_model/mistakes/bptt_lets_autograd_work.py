"""Builds the graph and asks for the gradients."""

TRIPS = ["bptt.no_autograd"]

import torch


def rnn_bptt(x, y, w):
    with torch.enable_grad():
        leaves = {name: value.detach().clone().requires_grad_() for name, value in w.items()}
        h, loss = x.new_zeros(len(x), len(w["b_h"])), 0.0
        for t in range(x.shape[1]):
            h = torch.tanh(x[:, t] @ leaves["W_ih"].T + h @ leaves["W_hh"].T + leaves["b_h"])
            loss = loss + (h @ leaves["W_hy"].T + leaves["b_y"] - y[:, t]).square().sum() / y.numel()
        return dict(zip(leaves, torch.autograd.grad(loss, list(leaves.values()))))
