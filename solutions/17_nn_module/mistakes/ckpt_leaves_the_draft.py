"""Copy the draft into its place, and keep it for next time."""

import os
import shutil

import torch

TRIPS = ["checkpoint.weights_only_safe"]


def save_ckpt(path, model, opt, epoch, rng=True):
    state = {
        "model": model.state_dict(),
        "opt": opt.state_dict(),
        "epoch": epoch,
        "rng": torch.get_rng_state() if rng else None,
    }
    draft = f"{os.fspath(path)}.draft"
    torch.save(state, draft)
    shutil.copy(draft, path)
