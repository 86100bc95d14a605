"""The same months with decisions made by Mesa agents, which can be overridden."""

import warnings

with warnings.catch_warnings():  # in a notebook tqdm, which Mesa loads, asks for ipywidgets
    warnings.filterwarnings("ignore", message="IProgress not found")
    import mesa as mesa
