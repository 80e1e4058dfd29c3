"""One run against a target: what checks use to send requests, start runs and read what they return."""
