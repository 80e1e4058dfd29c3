"""The life of an instance as a state machine: what is done to runs is drawn, and each read is held against a model.

`life` is the model of one run and knows which reads it allows. `world` does the steps on a few runs at once. `search`
has Hypothesis draw the steps, and is the only module here that knows it; what it finds is made smaller by `shrink`.
"""
