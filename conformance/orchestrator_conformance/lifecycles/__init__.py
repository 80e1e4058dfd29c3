"""Stateful tests of instances: random steps are performed on runs, and every read is compared with a model.

`run_model` is the model of one run and decides which reads it allows. `run_group` performs steps on a few runs and
reads all of them after each step. `search` lets Hypothesis generate the steps and is the only module here that imports
it. `steps` has the steps as data, and shrinks a failing sequence.
"""
