"""Who acts and learns: agents, rollouts, trainers and adapters to external agents."""
