"""A checkpoint is data, so it can be loaded from anywhere."""

import torch

TRIPS = ["checkpoint.refuses_code"]


def load_ckpt(path, model, opt):
    state = torch.load(path, map_location="cpu", weights_only=False)
    model.load_state_dict(state["model"])
    opt.load_state_dict(state["opt"])
    if state["rng"] is not None:
        torch.set_rng_state(state["rng"])
    return state["epoch"]
