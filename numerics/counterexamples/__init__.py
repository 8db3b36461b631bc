"""Statements that are not true as they are often made, each with a witness, and the condition that saves it."""
