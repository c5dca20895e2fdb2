"""All states at once in the backward pass, an LSTM with a pair as state, clipping with a small constant as PyTorch does,
sampling by the distribution function, the whole text read again for each character."""

import torch
import torch.nn.functional as F
from torch import nn


def rnn_bptt(x, y, w):
    B, T, _ = x.shape
    H = w["W_hh"].shape[0]
    h = torch.zeros(B, T + 1, H, dtype=x.dtype)
    for t in range(T):
        h[:, t + 1] = torch.tanh(F.linear(x[:, t], w["W_ih"]) + F.linear(h[:, t], w["W_hh"]) + w["b_h"])
    error = 2.0 / (B * T * y.shape[2]) * (h[:, 1:] @ w["W_hy"].T + w["b_y"] - y)
    own, inside = error @ w["W_hy"], torch.zeros(B, T, H, dtype=x.dtype)
    for t in reversed(range(T)):
        flow = own[:, t] + (inside[:, t + 1] @ w["W_hh"] if t + 1 < T else 0)
        inside[:, t] = flow * (1 - h[:, t + 1] ** 2)
    return {
        "b_y": error.sum((0, 1)),
        "W_hy": torch.einsum("bto,bth->oh", error, h[:, 1:]),
        "b_h": inside.sum((0, 1)),
        "W_ih": torch.einsum("bth,btd->hd", inside, x),
        "W_hh": torch.einsum("bth,btg->hg", inside, h[:, :-1]),
    }


def truncated_steps(model, x, y, k, opt):
    def cut(state):
        return state.detach() if torch.is_tensor(state) else [*map(cut, state)] if type(state) is list else tuple(map(cut, state))

    found, state = [], None
    for part, target in zip(x.split(k, dim=1), y.split(k, dim=1)):
        logits, state = model(part, state)
        loss = nn.CrossEntropyLoss()(logits.transpose(1, 2), target)
        for group in opt.param_groups:
            for p in group["params"]:
                p.grad = None
        loss.backward()
        opt.step()
        state = cut(state)
        found.append(float(loss))
    return found


def clip_grad_norm_(grads, max_norm):
    total = sum(((g.detach() ** 2).sum() for g in grads if g is not None), torch.zeros(()))
    norm = total.sqrt()
    if norm > max_norm:
        factor = max_norm / (norm + 1e-6)
        [g.copy_(g * factor) for g in grads if g is not None]
    return norm


def perplexity(logits, y):
    log_p = torch.log_softmax(logits, dim=-1).gather(2, y[..., None])
    return float((-log_p.mean()).exp())


class CharLM(nn.Module):
    def __init__(self, V, E, H):
        super().__init__()
        self.table = nn.Embedding(V, E)
        self.lstm = nn.LSTM(E, H)
        self.head = nn.Linear(H, V)

    def forward(self, x, state=None):
        out, state = self.lstm(self.table(x.T), state)
        return self.head(out).transpose(0, 1), state


def batches(ids, B, k):
    L = (ids.numel() - 1) // B
    rows = [ids[b * L : b * L + L + 1] for b in range(B)]
    for n in range(L // k):
        yield (
            torch.stack([row[n * k : n * k + k] for row in rows]),
            torch.stack([row[n * k + 1 : n * k + k + 1] for row in rows]),
        )


def sample(model, prefix, n, temperature, generator):
    text = prefix.clone()
    for _ in range(n):
        logits = model(text[None], None)[0][0, -1].detach()
        if temperature == 0:
            new = torch.argmax(logits)
        else:
            p = (logits / temperature).double().softmax(0)
            new = (torch.rand((), generator=generator, dtype=torch.float64) > p.cumsum(0)).sum().clamp(max=len(p) - 1)
        text = torch.cat([text, new.view(1)])
    return text[len(prefix) :]


def train_char_lm(ids, V, epochs, generator):
    model = CharLM(V, 24, 64)
    for name, p in model.named_parameters():
        if p.dim() == 2:
            nn.init.normal_(p, std=0.2, generator=generator)
        else:
            nn.init.zeros_(p)
    opt = torch.optim.Adam(model.parameters(), lr=0.02)
    for _ in range(epochs):
        pairs = list(batches(ids, 16, 20))
        truncated_steps(model, torch.cat([x for x, _ in pairs], 1), torch.cat([y for _, y in pairs], 1), 20, opt)
    return model
