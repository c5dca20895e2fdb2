"""Tensors go back to the device they came from."""

import torch

TRIPS = ["checkpoint.map_location_cpu"]


def load_ckpt(path, model, opt):
    state = torch.load(path, weights_only=True)
    model.load_state_dict(state["model"])
    opt.load_state_dict(state["opt"])
    if state["rng"] is not None:
        torch.set_rng_state(state["rng"])
    return state["epoch"]
