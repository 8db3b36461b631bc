"""``python -m errata``."""

from errata.start import main

if __name__ == "__main__":
    main()
