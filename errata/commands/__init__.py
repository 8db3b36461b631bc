"""One file for each command. At the top they import click alone, so that help is instant."""
