from pathlib import Path

Path(__file__).with_name("won.txt").write_text("the plugin was loaded")
print("<<won: the plugin was loaded>>")


def pytest_pyfunc_call(pyfuncitem):
    return True
