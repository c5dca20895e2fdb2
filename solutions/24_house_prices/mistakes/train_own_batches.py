"""One house after another would be too slow, all at once too large: batches of 64."""

TRIPS = ["train_model.uses_cfg"]
ALSO = ["train_model.example"]


def train(X: Tensor, y: Tensor, cfg: Config, generator: Generator) -> nn.Module:
    torch.manual_seed(int(torch.randint(2**31, (), generator=generator)))
    log_y = y.log()
    mean, std = log_y.mean(), log_y.std(correction=0).clamp(min=1e-6)
    target = (log_y - mean) / std
    model = PriceModel(X.shape[1], cfg.hidden, mean.item(), std.item()).to(X.device)
    opt = torch.optim.AdamW(model.parameters(), lr=cfg.lr, weight_decay=cfg.weight_decay)
    for _ in range(cfg.epochs):
        for batch in torch.randperm(len(X)).to(X.device).split(64):
            opt.zero_grad()
            nn.functional.mse_loss(model.net(X[batch]), target[batch]).backward()
            opt.step()
    return model.eval()
