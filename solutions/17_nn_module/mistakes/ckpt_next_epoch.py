"""The caller goes on with the next epoch, so that is what it gets."""

import torch

TRIPS = ["checkpoint.example", "checkpoint.resume_bit_identical"]


def load_ckpt(path, model, opt):
    state = torch.load(path, map_location="cpu", weights_only=True)
    model.load_state_dict(state["model"])
    opt.load_state_dict(state["opt"])
    if state["rng"] is not None:
        torch.set_rng_state(state["rng"])
    return state["epoch"] + 1
