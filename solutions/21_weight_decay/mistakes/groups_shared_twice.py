"""Each layer brings its parameters."""

TRIPS = ["param_groups.every_param_once"]


def make_param_groups(model, wd):
    params = [p for layer in model for p in layer.parameters()] if isinstance(model, nn.Sequential) else list(model.parameters())
    decayed = [param for param in params if param.dim() >= 2]
    others = [param for param in params if param.dim() < 2]
    return [{"params": decayed, "weight_decay": wd}, {"params": others, "weight_decay": 0.0}]
