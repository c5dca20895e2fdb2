"""If the bytes are complete in memory, writing them can't go wrong."""

import io

import torch

TRIPS = ["checkpoint.atomic"]


def save_ckpt(path, model, opt, epoch, rng=True):
    state = {
        "model": model.state_dict(),
        "opt": opt.state_dict(),
        "epoch": epoch,
        "rng": torch.get_rng_state() if rng else None,
    }
    draft = io.BytesIO()
    torch.save(state, draft)
    with open(path, "wb") as file:
        file.write(draft.getvalue())
