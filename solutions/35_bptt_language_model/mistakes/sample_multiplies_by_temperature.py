"""Multiplies where one has to divide."""

TRIPS = ["char_lm.sample_distribution"]

import torch


def sample(model, prefix, n, temperature, generator):
    written, state, given = [], None, prefix[None]
    with torch.no_grad():
        for _ in range(n):
            logits, state = model(given, state)
            scores = logits[0, -1]
            if temperature == 0:
                given = scores.argmax().view(1, 1)
            else:
                given = torch.multinomial(torch.softmax(scores * temperature, 0), 1, generator=generator)[None]
            written.append(given[0])
    return torch.cat(written) if written else prefix[:0].clone()
