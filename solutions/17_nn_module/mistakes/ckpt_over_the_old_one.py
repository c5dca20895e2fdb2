"""torch.save writes the file, and then it is there."""

import torch

TRIPS = ["checkpoint.atomic"]


def save_ckpt(path, model, opt, epoch, rng=True):
    state = {
        "model": model.state_dict(),
        "opt": opt.state_dict(),
        "epoch": epoch,
        "rng": torch.get_rng_state() if rng else None,
    }
    torch.save(state, path)
