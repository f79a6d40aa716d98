"""How two actors stand to each other, by their deeds: how warm, how hostile, since when, who reacts to whom."""
