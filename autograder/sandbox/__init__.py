"""The wall: the only room, beside the engine, that starts processes."""
