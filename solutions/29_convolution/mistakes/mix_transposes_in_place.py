"""t_ is t without a copy."""

TRIPS = ["conv1x1_matmul.input_unchanged"]


def conv1x1(x, w):
    n, c, height, width = x.shape
    turned = w.detach().t_() if w.requires_grad else w.t_()
    return (x.movedim(1, 3).reshape(n * height * width, c) @ turned).reshape(n, height, width, -1).movedim(3, 1) if n else x.new_zeros(0, turned.shape[1], height, width)
