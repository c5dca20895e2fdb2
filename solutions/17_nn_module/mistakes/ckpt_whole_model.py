"""Save the model itself: then its code need not be at hand."""

import os

import torch

TRIPS = ["checkpoint.weights_only_safe", "checkpoint.example"]


def save_ckpt(path, model, opt, epoch, rng=True):
    state = {
        "model": model,
        "opt": opt.state_dict(),
        "epoch": epoch,
        "rng": torch.get_rng_state() if rng else None,
    }
    draft = f"{os.fspath(path)}.draft"
    torch.save(state, draft)
    os.replace(draft, path)


def load_ckpt(path, model, opt):
    state = torch.load(path, map_location="cpu", weights_only=False)
    model.load_state_dict(state["model"].state_dict())
    opt.load_state_dict(state["opt"])
    if state["rng"] is not None:
        torch.set_rng_state(state["rng"])
    return state["epoch"]
