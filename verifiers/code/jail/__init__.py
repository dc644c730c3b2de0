"""The jail: warm workers that shut themselves in, and run each program in a fork that nothing outlives."""
