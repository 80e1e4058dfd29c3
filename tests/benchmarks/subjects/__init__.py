"""The subjects that can be measured, one module each."""
