"""Random numbers are random: there is nothing to save."""

import os

import torch

TRIPS = ["checkpoint.resume_bit_identical", "checkpoint.rng_optional"]


def save_ckpt(path, model, opt, epoch, rng=True):
    state = {
        "model": model.state_dict(),
        "opt": opt.state_dict(),
        "epoch": epoch,
        "rng": None,
    }
    draft = f"{os.fspath(path)}.draft"
    torch.save(state, draft)
    os.replace(draft, path)
