"""What several tests of the generator use: documents, packages and comparisons."""
