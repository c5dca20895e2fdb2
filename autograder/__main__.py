"""`python -m autograder` is the same as the console script."""

from autograder.cli.main import main

if __name__ == "__main__":
    main()
