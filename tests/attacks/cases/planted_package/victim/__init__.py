print("<<won: a package ran in the entry's place>>")
