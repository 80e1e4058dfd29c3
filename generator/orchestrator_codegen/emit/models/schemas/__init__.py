"""Prepares schemas for datamodel-code-generator. Each module takes schemas and returns changed copies."""
