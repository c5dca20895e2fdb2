"""From files on disk to a Course: configuration, discovery, stubs, release, scaffolding."""
