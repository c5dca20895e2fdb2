"""All samples of all epochs in one row."""

TRIPS = ["batch_effect.updates"]


def updates_per_run(n, batch, epochs):
    return math.ceil(n * epochs / batch)
