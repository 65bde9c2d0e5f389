"""The analyst's desk: queue, one alert, and what a person does with it."""
