"""From a report to text in one of five formats: pure functions, one file for each."""
