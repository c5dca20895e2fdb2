"""The bias will find its way to 12 by itself."""

TRIPS = ["train_model.reduces_loss"]
ALSO = ["final_score.simple_baseline", "final_score.medium_baseline", "final_score.strong_baseline"]


def train(X: Tensor, y: Tensor, cfg: Config, generator: Generator) -> nn.Module:
    torch.manual_seed(int(torch.randint(2**31, (), generator=generator)))
    log_y = y.log()
    mean, std = torch.tensor(0.0), torch.tensor(1.0)
    target = (log_y - mean) / std
    model = PriceModel(X.shape[1], cfg.hidden, mean.item(), std.item()).to(X.device)
    opt = torch.optim.AdamW(model.parameters(), lr=cfg.lr, weight_decay=cfg.weight_decay)
    for _ in range(cfg.epochs):
        for batch in torch.randperm(len(X)).to(X.device).split(cfg.batch_size):
            opt.zero_grad()
            nn.functional.mse_loss(model.net(X[batch]), target[batch]).backward()
            opt.step()
    return model.eval()
