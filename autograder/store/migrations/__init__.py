"""How an older database becomes a newer one. Run by `store.database` when it opens one."""
