"""What there is to set: parameters, levers, settings and presets, each declared once."""
