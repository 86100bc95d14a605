"""The same months with decisions made by Mesa agents, which can be overridden."""
